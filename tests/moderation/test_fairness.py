"""Fairness in figures: counted from the log, the same for everybody."""

from datetime import UTC, date, datetime, timedelta

from django.test import TestCase
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from forum.moderation import appeals, fairness
from forum.moderation import fairness_drawing as drawing
from forum.moderation.models import Case, Decision
from tests.factories import make_comment, make_essay, make_moderator
from tests.moderation.builders import decide, make_case

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


class FairnessTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.url = reverse("moderation:fairness")
        cls.essay = make_essay("The Collar")
        cls.first, cls.second = make_moderator("mags"), make_moderator("mo")

    def decided(self, outcome="hide", at=NOW, hours=2, number=2):
        case = make_case(make_comment(self.essay))
        Case.objects.filter(pk=case.pk).update(opened_at=at - timedelta(hours=hours))
        return decide(case, outcome, moderator=self.first, now=at, number=number)

    def appealed(self, outcome, at=NOW):
        decision = self.decided(at=at)
        decision = Decision.objects.for_statement().get(pk=decision.pk)
        made = appeals.appeal(
            appellant=decision.member, decision=decision, text="It was no attack.", now=at
        )
        decide(made.case, outcome, moderator=self.second, now=at)

    def test_where_nothing_was_decided_that_is_said(self):
        page = self.client.get(self.url)
        self.assertContains(page, "No appeal has been decided yet")
        self.assertContains(page, "No decisions in six months")
        self.assertNotContains(page, "Hours to a decision")

    def test_decisions_are_counted_by_month_and_kind(self):
        self.decided(at=NOW)
        self.decided(at=NOW - timedelta(days=40))
        self.decided("keep", at=NOW)
        self.decided(at=NOW - timedelta(days=400))
        found = fairness.figures(NOW)
        self.assertEqual(found.months[0], date(2025, 10, 1))
        self.assertEqual(found.decided["hide"], [0, 0, 0, 0, 1, 1])
        self.assertEqual(found.decided["keep"], [0, 0, 0, 0, 0, 1])

    def test_appeals_are_counted_with_those_that_reversed(self):
        self.appealed("restore")
        self.appealed("keep")
        found = fairness.figures(NOW)
        self.assertEqual((found.appealed, found.reversed), (2, 1))
        self.assertEqual([one.is_reversed for one in found.rulings], [True, False])
        page = self.client.get(self.url)
        self.assertContains(page, "One appeal of two reversed us")
        self.assertContains(page, "the decision held")

    def test_it_says_by_which_rule_the_moderators_were_wrong(self):
        self.appealed("restore")
        self.appealed("keep")
        shares = [(one.rule, one.all, one.wrong) for one in fairness.figures(NOW).appealed_by]
        self.assertEqual(shares, [("2. Leave the person alone", 2, 1)])
        self.assertContains(self.client.get(self.url), "Appeals by rule")

    def test_it_says_which_rule_holds_back_for_nothing_that_one_first(self):
        for rule, outcome in (
            ("First posts", "hide"), ("First posts", "keep"), ("Links", "keep"),
            ("Links", "keep"), ("Links", "hide"),
        ):  # fmt: skip
            decision = self.decided(outcome)
            Case.objects.filter(decision=decision).update(held_by_rule=rule)
        found = fairness.figures(NOW)
        shares = [(one.rule, one.all, one.wrong) for one in found.held_by]
        self.assertEqual(shares, [("Links", 3, 2), ("First posts", 2, 1)])
        self.assertEqual((found.held, found.held_falsely), (5, 3))
        page = self.client.get(self.url)
        self.assertContains(page, "Held back, by which rule")
        self.assertContains(page, '<th scope="row" class="full">Links</th>')

    def test_waits_are_told_by_rule_with_the_middle_one(self):
        for hours in (1, 3, 30):
            self.decided(hours=hours)
        self.decided(hours=0.5, number=5)
        waits = {one.rule: (one.middle, len(one.hours)) for one in fairness.figures(NOW).waits}
        self.assertEqual(waits["2. Leave the person alone"], (3, 3))
        page = self.client.get(self.url)
        self.assertContains(page, "3.0 h, of three cases")
        self.assertContains(page, "30 min, of one case")

    def test_no_name_is_in_it(self):
        self.appealed("restore")
        self.assertNotContains(self.client.get(self.url), "mags")

    def test_what_waits_is_counted_at_once(self):
        self.assertContains(self.client.get(self.url), "<dt>Cases waiting</dt><dd>0</dd>")
        make_case()
        self.assertContains(self.client.get(self.url), "<dt>Cases waiting</dt><dd>1</dd>")

    def test_it_costs_the_same_however_long_the_log_is(self):
        for size in (1, 12):
            for _ in range(size):
                self.decided()
            with self.subTest(size=size), self.assertNumQueries(9):
                self.client.get(self.url)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_months_follow_each_other_and_end_with_this_one(today):
    months = fairness.last_months(today)
    assert len(set(months)) == fairness.MONTHS
    assert months == sorted(months)
    assert (months[-1].year, months[-1].month) == (today.year, today.month)
    assert all(27 < (b - a).days < 32 for a, b in zip(months, months[1:], strict=False))


@given(st.lists(st.floats(0, 10_000), min_size=2))
def test_whoever_waited_longer_stands_further_right_and_inside(hours):
    places = [drawing.wait_x(each) for each in sorted(hours)]
    assert places == sorted(places)
    assert drawing.LEFT <= places[0] <= places[-1] <= drawing.RIGHT


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=6, max_size=6), min_size=1, max_size=5))
def test_bars_stand_on_their_line_and_in_proportion(rows):
    series = drawing.bars([(str(at), numbers) for at, numbers in enumerate(rows)])
    most = max(map(max, rows))
    for one, numbers in zip(series, rows, strict=True):
        assert one.total == sum(numbers)
        for bar, number in zip(one.bars, numbers, strict=True):
            assert bar.y + bar.height == one.base
            assert (bar.height > 0) == (number > 0)
            assert bar.height <= drawing.TALLEST
            assert number < most or bar.height in {0, drawing.TALLEST}
