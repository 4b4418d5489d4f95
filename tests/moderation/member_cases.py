"""A member, two moderators, and a case of theirs."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import Refused
from forum.moderation import actions
from forum.moderation.member_cases import open_member_case
from forum.moderation.models import Decision
from tests.factories import make_moderator, make_user
from tests.moderation.builders import rule

REASON = "One report after another, and nothing in any of them."


class MemberCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.member = make_user("ottoline", display_name="Ottoline", about="Buys collars.")

    def opened(self, **fields):
        return open_member_case(moderator=self.moderator, member=self.member, **fields)

    def decided(self, outcome="censure", sanction="silence", *, case=None, **fields):
        if sanction in {"hold", "silence", "suspend"}:
            fields.setdefault("until", timezone.now() + timedelta(days=3))
        fields = {"moderator": self.moderator, "rule": rule(2), "reason": REASON, **fields}
        made = actions.decide(
            case=case or self.opened(), outcome=outcome, sanction=sanction, **fields
        )
        return Decision.objects.for_statement().get(pk=made.pk)

    def refused(self, sentence, act, *args, **fields):
        with self.assertRaisesMessage(Refused, sentence):
            act(*args, **fields)

    def fresh(self):
        return User.objects.get(pk=self.member.pk)
