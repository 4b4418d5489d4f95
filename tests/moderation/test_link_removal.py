"""A moderator removes a link between claims: with a rule and a reason, in the public log."""

from django.test import TestCase
from django.urls import reverse

from forum.lib.verdict import Refused
from forum.moderation import claim_actions
from forum.moderation.models import LogEntry
from forum.notifications.models import Notice
from tests.counterpoints.test_linking import confirmed, linked
from tests.factories import make_claim, make_moderator, make_user, sent
from tests.moderation.builders import rule

WHY = "These two have nothing to do with each other."


class LinkRemovalTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.member = make_moderator(), make_user()
        cls.one, cls.other = make_claim(), make_claim()

    def remove(self, link, moderator=None):
        return claim_actions.remove_link(
            moderator=moderator or self.moderator, link=link, rule=rule(), reason=WHY
        )

    def test_it_is_gone_from_both_claims_for_good(self):
        link = confirmed(self.one, self.other, by=self.member)
        self.remove(link)
        link.refresh_from_db()
        self.assertEqual((link.state, link.settled_by), ("removed", self.moderator))
        with self.assertRaisesRegex(Refused, "A moderator has removed this link"):
            linked(self.other, self.one)
        with self.assertRaisesRegex(Refused, "gone already"):
            self.remove(link)

    def test_the_log_says_what_and_why_and_the_proposer_is_told(self):
        entry = self.remove(linked(self.one, self.other, by=self.member))
        self.assertEqual((entry.kind, entry.reason), ("unlink", WHY))
        self.assertIn("claim 1 of", entry.subject)
        notice = Notice.objects.get(recipient=self.member)
        self.assertIn("The link that you proposed was removed", notice.sentence)
        self.assertEqual(notice.url, entry.get_absolute_url())
        self.assertContains(self.client.get(reverse("moderation:log")), "Unlinked")

    def test_only_moderators_and_not_those_who_proposed_it(self):
        link = linked(self.one, self.other, by=self.moderator)
        for who, words in ((self.member, "Only moderators"), (self.moderator, "another moder")):
            with self.subTest(words), self.assertRaisesRegex(Refused, words):
                self.remove(link, who)

    def test_the_page_asks_for_a_reason_and_removes_once(self):
        link = confirmed(self.one, self.other)
        url = reverse("moderation:link-removal", args=[link.pk])
        self.client.force_login(self.moderator)
        self.assertContains(self.client.get(self.one.get_absolute_url()), url)
        self.assertContains(self.client.get(url), "makes the same point as")
        page = self.client.post(url, sent(rule="2", reason="Short"))
        self.assertContains(page, "Say in a sentence why", status_code=422)
        data = sent(rule="2", reason=WHY)
        for _ in range(2):
            response = self.client.post(url, data)
            self.assertRedirects(response, f"{self.one.get_absolute_url()}#links")
        self.assertEqual(LogEntry.objects.count(), 1)
        self.client.force_login(self.member)
        self.assertEqual(self.client.get(url).status_code, 403)

    def test_a_moderator_is_shown_no_form_to_remove_what_they_proposed(self):
        link = linked(self.one, self.other, by=self.moderator)
        self.client.force_login(self.moderator)
        page = self.client.get(reverse("moderation:link-removal", args=[link.pk]))
        self.assertContains(page, "judged by another moderator", status_code=403)
