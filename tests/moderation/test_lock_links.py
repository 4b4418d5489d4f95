"""A moderator finds the lock where the debate is."""

from django.test import TestCase
from django.urls import reverse

from tests.factories import make_claim, make_comment, make_essay, make_user


class LockLinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.comment = make_comment()
        cls.claim = make_claim()

    def pages(self):
        thread = self.comment.thread
        yield reverse("discussion:thread", args=[thread.essay.slug]), thread.pk
        yield self.claim.get_absolute_url(), self.claim.pk

    def test_moderators_are_led_to_the_lock(self):
        self.client.force_login(make_user(is_moderator=True))
        for url, thread in self.pages():
            self.assertContains(self.client.get(url), reverse("moderation:lock", args=[thread]))

    def test_others_are_not(self):
        for login in (False, True):
            if login:
                self.client.force_login(make_user())
            for url, thread in self.pages():
                lock = reverse("moderation:lock", args=[thread])
                self.assertNotContains(self.client.get(url), lock)

    def test_where_nobody_has_said_anything_yet_there_is_nothing_to_lock(self):
        silent = reverse("discussion:thread", args=[make_essay().slug])
        for is_moderator in (True, False):
            self.client.force_login(make_user(is_moderator=is_moderator))
            page = self.client.get(silent)
            self.assertContains(page, "Nobody has said anything yet.")
            self.assertNotContains(page, "Lock this discussion")
