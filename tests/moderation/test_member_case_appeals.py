"""What was decided about a member is appealed, ended and proved as what is decided about a post."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from forum.accounts.models import User
from forum.moderation import actions, appeals, ending, log, permissions, words
from forum.moderation.erasing import forget_member
from forum.moderation.models import Case, Decision, LogEntry, Sanction
from tests.factories import make_comment
from tests.moderation.builders import make_report, rule
from tests.moderation.member_cases import REASON, MemberCase
from tests.moderation.tampering import change


class AppealTests(MemberCase):
    def appealed(self, decision):
        made = appeals.appeal(appellant=self.member, decision=decision, text="They were right.")
        case = Case.objects.with_appeals().get(pk=made.case_id)
        return actions.claim_case(moderator=self.other, case=case)

    def answered(self, decision, **fields):
        case = self.appealed(decision)
        return self.decided("acquit", None, case=case, moderator=self.other, **fields)

    def test_the_first_moderator_is_no_judge_of_it(self):
        case = self.appealed(self.decided())
        self.assertEqual(case.member, self.member)
        again = permissions.can_judge(self.moderator, case)
        self.assertIn("You decided this first", again.reason)

    def test_nor_do_they_take_it_by_opening_a_case(self):
        appeals.appeal(appellant=self.member, decision=self.decided(), text="They were right.")
        case = self.opened()
        self.assertTrue(case.waiting_appeals())
        self.assertIsNone(case.claimed_by)

    def test_reversed_it_is_as_if_it_had_not_been(self):
        decision = self.decided()
        answer = self.answered(decision, lift=True)
        decision = Decision.objects.get(pk=decision.pk)
        self.assertEqual(decision.reversed_by, answer)
        self.assertIsNone(self.fresh().silenced_until)
        entries = LogEntry.objects.order_by("number")
        self.assertEqual([one.kind for one in entries], ["censure", "appeal", "acquit", "end"])
        self.assertEqual({one.subject for one in entries}, {"A member"})
        self.assertEqual(answer.log_entry.ruling, "reversed")
        appeal = decision.appeals.get()
        self.assertEqual(appeal.result, "reversed")
        self.assertIn(
            "Your appeal against the decision on your conduct", words.to_appellant(appeal)
        )
        self.assertIsNone(log.first_broken())

    def test_held_it_goes_on(self):
        decision = self.decided()
        answer = self.answered(decision)
        self.assertEqual(answer.log_entry.ruling, "held")
        self.assertIsNone(Decision.objects.get(pk=decision.pk).reversed_by)
        self.assertIsNotNone(self.fresh().silenced_until)

    def test_what_is_over_by_itself_can_still_be_taken_off_the_record(self):
        decision = self.decided(until=timezone.now() + timedelta(seconds=1))
        Sanction.objects.update(until=timezone.now() - timedelta(days=1))
        case = self.appealed(Decision.objects.get(pk=decision.pk))
        self.decided("acquit", None, case=case, moderator=self.other, lift=True)
        self.assertIsNotNone(Decision.objects.get(pk=decision.pk).reversed_by)

    def test_what_was_ended_by_hand_holds_no_more(self):
        decision = self.decided()
        ending.end_sanction(
            moderator=self.other, sanction=decision.sanction, rule=rule(2), reason=REASON
        )
        self.assertEqual(LogEntry.objects.first().subject, "A member")
        self.refused(
            "its sanction was ended", appeals.appeal, appellant=self.member,
            decision=Decision.objects.get(pk=decision.pk), text="It was right.",
        )  # fmt: skip

    def test_nothing_done_is_nothing_to_appeal(self):
        decision = self.decided("acquit", None)
        self.refused(
            "took nothing from you", appeals.appeal, appellant=self.member, decision=decision,
            text="Do something.",
        )  # fmt: skip

    def test_a_later_case_leaves_the_first_decision_open_to_appeal(self):
        decision = self.decided()
        self.decided("acquit", None)
        self.assertTrue(self.appealed(Decision.objects.get(pk=decision.pk)))


class ProofTests(MemberCase):
    def test_the_log_vouches_for_the_profile_and_for_what_was_reported(self):
        make_report(make_comment(), reporter=self.member, text="Bad.")
        frozen = self.decided().frozen
        self.assertEqual(frozen.context["filed"][0]["text"], "Bad.")
        self.assertIsNone(log.first_broken())
        change("moderation_frozentext", "text", "Sells collars.", f"id = {frozen.pk}")
        self.assertEqual(log.first_broken(), 1)

    def test_it_proves_itself_when_the_member_has_left(self):
        self.decided()
        User.objects.filter(pk=self.member.pk).update(erased_at=timezone.now())
        forget_member(self.fresh())
        frozen = Decision.objects.get().frozen
        self.assertEqual((frozen.source, frozen.text, frozen.context), ("", "", {}))
        out = StringIO()
        call_command("verify_log", stdout=out)
        self.assertIsNone(log.first_broken())

    def test_a_case_about_who_has_left_is_closed_but_for_an_appeal(self):
        case = self.opened()
        forget_member(self.member)
        case.refresh_from_db()
        self.assertTrue(case.is_closed)
        self.refused("was erased", self.decided, case=case)

    def test_an_appeal_of_who_has_left_is_still_answered(self):
        decision = self.decided()
        appeals.appeal(appellant=self.member, decision=decision, text="They were right.")
        forget_member(self.member)
        self.assertTrue(Case.objects.open().filter(member=self.member).exists())
