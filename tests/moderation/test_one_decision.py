from functools import partial
from unittest.mock import patch

from django.db import IntegrityError, transaction
from django.test import TestCase, TransactionTestCase

from forum.counterpoints import actions as counterpoints
from forum.lib.verdict import Refused
from forum.moderation import actions, log
from forum.moderation.models import Case, Decision, LogEntry, Report, ReportReason, Rule
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_moderator,
    make_user,
)
from tests.moderation.builders import REASON, decide, make_case, make_report, rule
from tests.together import together


def raised_by(*deeds):
    """The errors of deeds that are done in the same instant."""

    def tried(deed):
        try:
            deed()
        except Exception as error:
            return error

    return [error for error in together(*[partial(tried, deed) for deed in deeds]) if error]


class OneDecisionTests(TestCase):
    """However many press at once, each case is decided once."""

    def test_who_read_the_case_before_it_was_decided_is_refused(self):
        first, second = make_moderator(), make_moderator()
        case = make_case(held_by=first)
        # The second came in while the hold was theirs for all they know.
        stale = Case.objects.get(pk=case.pk)
        stale.claimed_by = second
        decide(case, "keep", moderator=first)
        with self.assertRaisesMessage(Refused, "decided already"):
            actions.decide(
                moderator=second, case=stale, outcome="remove", rule=rule(), reason=REASON
            )
        self.assertEqual(Decision.objects.get().outcome, "keep")
        case.post.refresh_from_db()
        self.assertEqual(case.post.status, "visible")

    def test_the_database_refuses_a_second_decision(self):
        decision = decide(outcome="keep")
        decision.pk = None
        with self.assertRaises(IntegrityError), transaction.atomic():
            decision.save(force_insert=True)

    def test_what_fails_halfway_leaves_nothing(self):
        moderator = make_moderator()
        case = make_case(held_by=moderator)
        with (
            patch("forum.moderation.telling.notify_each", side_effect=OSError),
            self.assertRaises(OSError),
        ):
            decide(case, "hide", moderator=moderator)
        self.assertFalse(Decision.objects.exists() or LogEntry.objects.exists())
        case.refresh_from_db()
        self.assertTrue(case.is_open)


class ManyAtOnceTests(TransactionTestCase):
    def setUp(self):
        rule, _ = Rule.objects.get_or_create(number=2, defaults={"title": "Leave the person alone"})
        ReportReason.objects.get_or_create(
            key="attack", defaults={"name": "Personal attack", "rule": rule, "gravity": 3}
        )

    def test_one_of_many_presses_decides(self):
        moderator = make_moderator()
        case = make_case(held_by=moderator)
        terms = {"moderator": moderator, "case": case, "rule": rule(), "reason": REASON}
        raised = raised_by(
            *[
                lambda outcome=outcome: actions.decide(outcome=outcome, **terms)
                for outcome in ("hide", "remove", "keep") * 2
            ]
        )
        self.assertEqual([type(error) for error in raised], [Refused] * 5)
        self.assertEqual(Decision.objects.count(), 1)
        self.assertEqual(LogEntry.objects.count(), 1)

    def test_of_ten_moderators_who_take_and_decide_one_case_one_decides(self):
        case = make_case()
        moderators = [make_moderator() for _ in range(10)]

        def take_and_decide(moderator, outcome):
            held = actions.claim_case(moderator=moderator, case=case)
            actions.decide(
                moderator=moderator, case=held, outcome=outcome, rule=rule(), reason=REASON
            )

        outcomes = ("hide", "remove", "keep", "note", "amend") * 2
        raised = raised_by(
            *[partial(take_and_decide, *each) for each in zip(moderators, outcomes, strict=True)]
        )
        self.assertEqual([type(error) for error in raised], [Refused] * 9)
        self.assert_decided_once()

    def test_of_ten_who_all_believe_that_they_hold_it_one_decides(self):
        holder, *others = moderators = [make_moderator() for _ in range(10)]
        case = make_case(held_by=holder)

        def decide_for(moderator):
            believed = Case.objects.get(pk=case.pk)
            believed.claimed_by = moderator
            actions.decide(
                moderator=moderator, case=believed, outcome="hide", rule=rule(), reason=REASON
            )

        raised = raised_by(*[partial(decide_for, each) for each in moderators])
        self.assertEqual([type(error) for error in raised], [Refused] * len(others))
        self.assert_decided_once()
        self.assertEqual(Decision.objects.get().moderator, holder)

    def assert_decided_once(self):
        decision = Decision.objects.select_related("case__post").get()
        self.assertEqual(LogEntry.objects.get().decision, decision)
        self.assertEqual(decision.moderator_id, decision.case.claimed_by_id)
        self.assertIsNone(log.first_broken())
        is_shown = decision.outcome in {"keep", "note"}
        self.assertEqual(decision.case.post.is_visible, is_shown)

    def test_one_of_many_takes_the_case(self):
        case = make_case()
        moderators = [make_moderator() for _ in range(5)]
        raised = raised_by(
            *[lambda m=m: actions.claim_case(moderator=m, case=case) for m in moderators]
        )
        self.assertEqual([type(error) for error in raised], [Refused] * 4)

    def test_many_first_reports_make_one_case(self):
        post, members = make_comment(), [make_user() for _ in range(5)]
        raised = raised_by(*[lambda m=m: make_report(post, reporter=m) for m in members])
        self.assertEqual(raised, [])
        self.assertEqual(Case.objects.get().report_count, 5)
        self.assertEqual(Report.objects.count(), 5)

    def test_decisions_on_different_cases_make_one_chain(self):
        claim = make_claim()
        pairs = []
        for _ in range(4):
            moderator = make_moderator()
            objection = make_counterpoint(claim)
            pairs.append((moderator, make_case(objection.post, held_by=moderator)))
        answering = [lambda: counterpoints.answer(
            author=make_user(), claim=claim, target=None, relation="supports", restatement="",
            source="It is so.",
        )]  # fmt: skip
        raised = raised_by(
            *[lambda m=m, c=c: decide(c, "hide", moderator=m) for m, c in pairs], *answering
        )
        self.assertEqual(raised, [])
        self.assertEqual(LogEntry.objects.count(), 4)
        self.assertIsNone(log.first_broken())
