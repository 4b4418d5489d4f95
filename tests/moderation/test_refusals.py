"""What the actions and permissions themselves refuse, whatever the pages before them have asked."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import TestCase

from forum.counterpoints.models import Claim
from forum.lib.verdict import Refused
from forum.moderation import claim_actions, legal, outcome_permissions, permissions, slowing
from forum.moderation.conversing import write_note
from forum.moderation.many import decide_many
from forum.moderation.member_permissions import can_write_to_moderators
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_moderator, make_user
from tests.moderation.builders import REASON, decide, make_case, rule

STRANGER = AnonymousUser()


class RefusedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member, cls.moderator = make_user(), make_moderator()
        cls.remark = make_comment()
        cls.grounds = {"rule": rule(), "reason": REASON}

    def test_no_notice_of_what_was_taken_down_already(self):
        posts.set_status(post=self.remark, status=PostStatus.REMOVED)
        self.remark.refresh_from_db()
        with pytest.raises(Refused, match="taken down already"):
            legal.give_notice(post=self.remark, name="Nan", email="n@example.org", explanation="x")

    def test_a_member_writes_no_note_on_another(self):
        with pytest.raises(Refused):
            write_note(moderator=self.member, member=make_user(), text="Hm.")

    def test_a_member_decides_nothing_many_at_once_or_few(self):
        case = make_case(self.remark)
        with pytest.raises(Refused):
            decide_many(
                moderator=self.member, cases=[case], seen={}, outcome="hide", **self.grounds
            )

    def test_a_member_slows_no_thread_and_lets_none_go(self):
        thread = self.remark.thread
        with pytest.raises(Refused):
            slowing.slow_thread(moderator=self.member, thread=thread, minutes=9, **self.grounds)
        slowing.slow_thread(moderator=self.moderator, thread=thread, minutes=9, **self.grounds)
        with pytest.raises(Refused):
            slowing.unslow_thread(moderator=self.member, thread=thread, **self.grounds)

    def test_a_member_merges_no_claims(self):
        claim = make_claim()
        into = make_claim(claim.essay, "Everybody blamed the horse.")
        with pytest.raises(Refused, match="Only moderators"):
            claim_actions.merge_claims(
                moderator=self.member, claim=claim, into=into, **self.grounds
            )

    def test_strangers_read_appeal_amend_and_ask_nothing(self):
        decision = decide(make_case(self.remark))
        for verdict in (
            permissions.can_read_statement(STRANGER, decision),
            permissions.can_appeal(STRANGER, decision),
            outcome_permissions.can_amend(STRANGER, self.remark),
            can_write_to_moderators(STRANGER, None),
        ):
            assert not verdict
            assert verdict.reason.startswith("Log in")

    def test_a_claim_without_text_or_place_is_put_on_no_other_words(self):
        claim = make_claim()
        assert permissions.can_reattach(self.moderator, self.fresh(claim))
        into = make_claim(claim.essay, "Everybody blamed the horse.")
        Claim.objects.filter(pk=claim.pk).update(merged_into=into)
        assert "another one" in permissions.can_reattach(self.moderator, self.fresh(claim)).reason
        essay = into.essay
        essay.current_revision = None
        essay.save()
        assert "no text" in permissions.can_reattach(self.moderator, self.fresh(into)).reason

    def fresh(self, claim):
        return Claim.objects.select_related("opening", "essay").get(pk=claim.pk)
