"""What the actions and permissions themselves refuse, whatever the pages before them have asked."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints.models import Claim, ClaimLink, LinkState
from forum.lib.verdict import Refused
from forum.moderation import (
    actions,
    appeal_permissions,
    claim_actions,
    legal,
    outcome_permissions,
    permissions,
    slowing,
)
from forum.moderation.amending import amend
from forum.moderation.conversing import write_note
from forum.moderation.many import decide_many
from forum.moderation.member_permissions import (
    can_lock_conversation,
    can_unlock_conversation,
    can_write_to_moderators,
)
from forum.moderation.models import Conversation
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_moderator, make_user, sent
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

    def test_whoever_is_no_moderator_any_more_reads_judges_and_takes_back_nothing(self):
        decision = decide(make_case(self.remark), moderator=self.moderator)
        case = make_case()
        self.moderator.is_moderator = False
        for verdict in (
            permissions.can_read_case(self.moderator, case),
            permissions.can_judge(self.moderator, case),
            permissions.can_reattach(self.moderator, make_claim()),
            outcome_permissions.can_undo(self.moderator, decision),
            outcome_permissions.can_restore_amended(self.moderator, case),
            can_lock_conversation(self.moderator, Conversation(member=self.member)),
            can_unlock_conversation(
                self.moderator, Conversation(member=self.member, locked_at=timezone.now())
            ),
        ):
            assert verdict.reason == "Only moderators may do this."

    def test_an_amended_post_is_restored_by_whoever_holds_its_case(self):
        decide(make_case(self.remark), "amend", moderator=self.moderator)
        self.remark.refresh_from_db()
        case = amend(author=self.remark.author, post=self.remark, source="A kinder remark.")
        case = actions.claim_case(moderator=self.moderator, case=case)
        verdict = outcome_permissions.can_restore_amended(make_moderator(), case)
        assert verdict.reason == "Another moderator holds this case."
        case.post.status = PostStatus.VISIBLE
        verdict = outcome_permissions.can_restore_amended(self.moderator, case)
        assert verdict.reason == "That cannot be decided of a post that is visible."

    def test_who_guesses_the_words_of_a_hidden_post_hears_only_that_it_is_not_theirs(self):
        decide(make_case(self.remark), "amend")
        self.remark.refresh_from_db()
        with pytest.raises(Refused, match="Only its author"):
            amend(author=self.member, post=self.remark, source=self.remark.source)

    def test_a_link_that_is_gone_is_not_removed_once_more(self):
        link = ClaimLink(state=LinkState.WITHDRAWN)
        assert "gone already" in permissions.can_remove_link(self.moderator, link).reason

    def test_whose_account_is_closed_writes_to_no_moderator(self):
        closed = make_user(is_active=False)
        assert can_write_to_moderators(closed, None).reason == "This account is closed."

    def test_strangers_merge_nothing_whatever_claims_they_name(self):
        claim = make_claim()
        with pytest.raises(Refused, match="Log in as a moderator"):
            claim_actions.merge_claims(moderator=STRANGER, claim=claim, into=claim, **self.grounds)

    def test_strangers_read_appeal_amend_and_ask_nothing(self):
        decision = decide(make_case(self.remark))
        for verdict in (
            permissions.can_read_statement(STRANGER, decision),
            appeal_permissions.can_appeal(STRANGER, decision),
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

    def test_a_member_does_not_learn_which_links_cases_and_members_there_are(self):
        self.client.force_login(self.member)
        for name, absent in (
            ("link-removal", 999), ("merger", 999), ("parting", 999), ("reattachment", 999),
            ("member", "nobody"),
        ):  # fmt: skip
            response = self.client.get(reverse(f"moderation:{name}", args=[absent]))
            assert response.status_code == 403, name
        undoing = reverse("moderation:undoing", args=[999_999_999])
        assert self.client.post(undoing, sent()).status_code == 403

    def test_a_member_is_shown_no_form_to_lock_or_slow_a_thread(self):
        self.client.force_login(self.member)
        for name in ("lock", "unlock", "slow", "unslow"):
            response = self.client.get(reverse(f"moderation:{name}", args=[self.remark.thread_id]))
            assert response.status_code == 403, name
