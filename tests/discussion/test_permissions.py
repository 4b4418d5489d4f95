from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from essays.notices import Part
from forum.discussion.permissions import can_reply
from forum.posts.permissions import can_add
from tests.factories import (
    make_claim,
    make_comment,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)


def can_comment(user, essay):
    return can_add(user, essay, Part.DISCUSSION)


class PermissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        until = timezone.now() + timedelta(days=1)
        cls.essay = make_essay()
        cls.remark = make_comment(cls.essay)
        cls.people = {
            "visitor": AnonymousUser(),
            "member": make_user(),
            "moderator": make_moderator(),
            "editor": make_editor(),
            "silenced": make_user(silenced_until=until),
            "suspended": make_user(suspended_until=until),
            "closed": make_user(is_active=False),
        }

    def allowed(self, ask, subject):
        return {name for name, person in self.people.items() if ask(person, subject)}

    def test_every_member_in_good_standing_comments_and_replies(self):
        everybody = {"member", "moderator", "editor"}
        self.assertEqual(self.allowed(can_comment, self.essay), everybody)
        self.assertEqual(self.allowed(can_reply, self.remark), everybody)

    def test_nobody_comments_on_a_draft_nor_before_its_hour(self):
        draft = make_essay(published=False)
        later = make_essay(published_at=timezone.now() + timedelta(hours=1))
        for essay in (draft, later):
            self.assertEqual(self.allowed(can_comment, essay), set())
            verdict = can_comment(self.people["member"], essay)
            self.assertEqual(verdict.reason, "This essay is not published yet.")

    def test_what_was_said_of_an_essay_is_not_read_after_it_was_taken_back(self):
        address = reverse("discussion:thread", args=[self.essay.slug])
        self.assertContains(self.client.get(address), self.remark.text)
        self.essay.published_at = None
        self.essay.save()
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_a_claim_is_not_answered_by_a_remark(self):
        self.assertEqual(self.allowed(can_reply, make_claim().opening), set())
