"""A member answers for what is not one post: in a case about them."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.house import House, keep
from forum.moderation import actions, fairness, log, many, permissions
from forum.moderation.member_cases import open_member_case
from forum.moderation.models import Case, LogEntry, Outcome, Sanction
from forum.moderation.statement_page import context as statement
from forum.moderation.undoing import undo
from forum.notifications.models import Notice
from tests.factories import make_comment, make_user
from tests.moderation.builders import decide, make_report, rule
from tests.moderation.member_cases import REASON, MemberCase


class OpeningTests(MemberCase):
    def test_whoever_opens_it_holds_it_and_there_is_one_at_a_time(self):
        case = self.opened()
        self.assertEqual((case.member, case.post, case.claimed_by), (
            self.member, None, self.moderator))  # fmt: skip
        again = open_member_case(moderator=self.other, member=self.member)
        self.assertEqual((again, again.claimed_by), (case, self.moderator))

    def test_members_open_none(self):
        self.refused("Only moderators", open_member_case, moderator=make_user(), member=self.member)

    def test_nobody_opens_one_about_themselves(self):
        self.refused(
            "read by the other moderators", open_member_case, moderator=self.moderator,
            member=self.moderator,
        )  # fmt: skip

    def test_none_is_opened_about_who_cannot_be_sanctioned(self):
        for member in (self.other, make_user(is_superuser=True)):
            self.refused(
                "not sanctioned by another", open_member_case, moderator=self.moderator,
                member=member,
            )  # fmt: skip

    def test_none_is_opened_about_who_has_left(self):
        self.member.erased_at = timezone.now()
        self.refused("was erased", self.opened)

    def test_the_database_keeps_a_case_to_one_post_or_one_member(self):
        post = make_comment()
        for about in ({"post": post, "member": self.member}, {}):
            with self.assertRaises(IntegrityError), transaction.atomic():
                Case.objects.create(**about, opened_at=timezone.now())

    def test_the_database_keeps_a_member_to_one_open_case(self):
        self.opened()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Case.objects.create(member=self.member, opened_at=timezone.now())


class DecidingTests(MemberCase):
    def test_each_sanction_is_in_force_and_on_record(self):
        for sanction, column in (
            ("warn", None), ("hold", "held_until"), ("silence", "silenced_until"),
            ("suspend", "suspended_until"), ("ban", "banned_at"),
        ):  # fmt: skip
            with self.subTest(sanction=sanction):
                decision = self.decided(sanction=sanction)
                self.assertEqual(decision.sanction.kind, sanction)
                self.assertEqual((decision.member, decision.locks), (self.member, False))
                if column:
                    self.assertIsNotNone(getattr(self.fresh(), column))

    def test_nothing_may_be_done(self):
        decision = self.decided("acquit", None)
        self.assertFalse(Sanction.objects.exists())
        self.assertEqual(decision.outcome_words, "Nothing done")

    def test_nothing_that_is_done_to_posts_is_decided_of_a_member(self):
        case = self.opened()
        for outcome in set(Outcome) - {"acquit", "censure"}:
            self.refused("cannot be decided of a member", self.decided, outcome, case=case)

    def test_what_is_decided_of_members_is_not_decided_of_a_post(self):
        for outcome in ("acquit", "censure"):
            self.refused("of a post that is visible", decide, outcome=outcome)

    def test_a_sanction_and_its_outcome_belong_together(self):
        case = self.opened()
        self.refused("Say what follows", self.decided, "censure", None, case=case)
        self.refused("Say what follows", self.decided, "acquit", "warn", case=case)

    def test_it_is_decided_once(self):
        case = self.opened()
        self.decided(case=case)
        self.refused("decided already", self.decided, case=case)

    def test_nobody_judges_themselves(self):
        case = self.opened()
        User.objects.filter(pk=self.member.pk).update(is_moderator=True)
        judged = self.fresh()
        self.refused("What is about you", actions.claim_case, moderator=judged, case=case)
        self.assertNotIn(case, Case.objects.visible_to(judged))
        self.assertIn(case, Case.objects.visible_to(self.moderator))

    def test_who_became_a_moderator_since_is_not_sanctioned(self):
        case = self.opened()
        User.objects.filter(pk=self.member.pk).update(is_moderator=True)
        self.refused("not sanctioned by another", self.decided, case=case)

    def test_what_was_not_read_is_not_judged(self):
        case, seen = self.opened(), actions.digest(self.member)
        User.objects.filter(pk=self.member.pk).update(about="Sells collars.")
        self.refused("has changed their profile", self.decided, case=case, seen=seen)
        self.decided(case=case, seen=actions.digest(self.fresh()))

    def test_it_is_left_out_where_many_are_decided_at_once(self):
        case = self.opened()
        self.assertNotIn(case, Case.objects.for_many(self.moderator, [case.pk]))
        done = many.decide_many(
            moderator=self.moderator, cases=[case], seen={}, outcome="keep", rule=rule(2),
            reason=REASON,
        )  # fmt: skip
        self.assertEqual(done.skipped, [(case, "What is about a member is decided by itself.")])


class TellingTests(MemberCase):
    def test_the_member_is_told_and_nobody_else(self):
        make_report(make_comment(), reporter=self.member)
        self.decided(sanction="warn")
        told = Notice.objects.get()
        self.assertEqual(told.recipient, self.member)
        self.assertIn("Your conduct was found to break a rule. Rule 2.", told.sentence)
        self.assertIn("This counts as a warning.", told.sentence)

    def test_the_log_names_nobody_and_leads_to_nobody(self):
        self.decided()
        entry = LogEntry.objects.get()
        self.assertEqual((entry.kind, entry.subject, entry.subject_url), (
            "censure", "A member", ""))  # fmt: skip
        said = " ".join(str(value) for value in entry.public().values()).lower()
        for private in ("ottoline", "collars", "silence"):
            self.assertNotIn(private, said)

    def test_the_statement_says_what_was_done_for_how_long_and_what_was_read(self):
        decision = self.decided()
        said = statement(self.member, decision)
        self.assertEqual(said["subject"], "your conduct")
        self.assertEqual(said["measure"], "The member was sanctioned.")
        self.assertTrue(said["duration"].startswith("Until "))
        self.assertIn("Buys collars.", said["frozen"].text)
        self.assertIn("unasked", said["origin"].words)
        self.assertIn("No machine", said["origin"].machine)
        self.assertTrue(said["can_appeal"])
        self.assertEqual(statement(self.other, decision)["subject"], "the conduct of a member")

    def test_only_the_member_and_moderators_read_the_statement(self):
        decision = self.decided()
        make_report(make_comment(author=self.member), reporter=(stranger := make_user()))
        self.assertTrue(permissions.can_read_statement(self.member, decision))
        self.assertFalse(permissions.can_read_statement(stranger, decision))

    def test_what_is_decided_of_others_since_is_not_what_holds_instead(self):
        decision = self.decided()
        case = open_member_case(moderator=self.moderator, member=make_user())
        self.decided(case=case)
        self.assertIsNone(statement(self.other, decision)["later"])

    def test_the_figures_count_it(self):
        self.decided()
        self.decided("acquit", None)
        found = fairness.figures()
        self.assertEqual([found.decided[kind][-1] for kind in ("censure", "acquit")], [1, 1])
        self.assertEqual(log.outcome_count(log.counts()), 2)


class TakingBackTests(MemberCase):
    def setUp(self):
        keep(House(undo_minutes=10))
        self.addCleanup(keep, House())

    def test_nothing_of_it_stays_but_in_the_log(self):
        decision = self.decided()
        case = undo(moderator=self.moderator, decision=decision)
        self.assertEqual((case.member, case.claimed_by, case.continues), (
            self.member, self.moderator, decision.case))  # fmt: skip
        self.assertFalse(Sanction.objects.exists())
        self.assertIsNone(self.fresh().silenced_until)
        self.assertFalse(Notice.objects.exists())
        self.assertEqual(LogEntry.objects.first().subject, "A member")
        self.assertIsNone(log.first_broken())

    def test_a_decision_about_another_member_is_no_hindrance(self):
        decision = self.decided()
        case = open_member_case(moderator=self.other, member=make_user())
        self.decided("acquit", None, case=case, moderator=self.other)
        undo(moderator=self.moderator, decision=decision)
