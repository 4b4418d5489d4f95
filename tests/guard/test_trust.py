"""How far an account is trusted, by its facts and the thresholds."""

from dataclasses import dataclass, fields

from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from forum.guard.models import Threshold
from forum.guard.trust import MEASURES, Facts, level_of, steps
from tests.factories import make_editor, make_newcomer


@dataclass
class Asked:
    level: int
    days_member: int = 0
    days_read: int = 0
    posts: int = 0
    accurate_reports: int = 0
    quiet_days: int = 0


LADDER = [Asked(1, days_member=3, posts=1), Asked(2, posts=10), Asked(3, posts=10, days_read=5)]
FACTS = st.builds(
    Facts, **{each.name: st.integers(0, 20) for each in MEASURES}, is_sanctioned=st.booleans()
)


class LevelTests(SimpleTestCase):
    def test_a_level_takes_all_of_its_numbers_and_all_levels_below(self):
        told = [
            (Facts(), 0),
            (Facts(days_member=3), 0),
            (Facts(days_member=3, posts=1), 1),
            (Facts(days_member=3, posts=9, days_read=9), 1),
            (Facts(days_member=3, posts=10), 2),
            (Facts(days_member=3, posts=10, days_read=5), 3),
            # However much they wrote: not before the third day.
            (Facts(days_member=2, posts=99, days_read=99), 0),
        ]
        for facts, level in told:
            with self.subTest(facts=facts):
                self.assertEqual(level_of(facts, reversed(LADDER)), level)

    def test_quiet_days_are_waited_for_after_a_sanction_and_not_without_one(self):
        demand = [Asked(1, quiet_days=60)]
        self.assertEqual(level_of(Facts(quiet_days=2), demand), 1)
        self.assertEqual(level_of(Facts(quiet_days=59, is_sanctioned=True), demand), 0)
        self.assertEqual(level_of(Facts(quiet_days=60, is_sanctioned=True), demand), 1)

    def test_only_what_is_asked_for_is_shown(self):
        shown = steps(Facts(posts=12), Asked(1, posts=10, days_read=4))
        self.assertEqual(
            [(each.measure.name, each.shown, each.need, each.is_met) for each in shown],
            [("days_read", 0, 4, False), ("posts", 10, 10, True)],
        )

    def test_every_measure_is_a_fact_and_a_column(self):
        names = {each.name for each in MEASURES}
        self.assertEqual(names, {each.name for each in fields(Facts)} - {"is_sanctioned"})
        columns = {each.name for each in Threshold._meta.fields}
        self.assertEqual(names, columns - {"id", "level"})

    @given(FACTS, st.sampled_from([each.name for each in MEASURES]), st.integers(1, 9))
    def test_nobody_falls_by_doing_more(self, facts, name, more):
        values = {each.name: getattr(facts, each.name) for each in fields(Facts)}
        better = Facts(**values | {name: values[name] + more})
        self.assertGreaterEqual(level_of(better, LADDER), level_of(facts, LADDER))


class ThresholdTests(TestCase):
    def test_the_usual_ones_ask_for_more_with_each_level(self):
        rows = list(Threshold.objects.all())
        self.assertEqual([row.level for row in rows], [1, 2, 3])
        for below, above in zip(rows, rows[1:], strict=False):
            for each in MEASURES:
                self.assertLessEqual(getattr(below, each.name), getattr(above, each.name))

    def test_there_is_no_threshold_of_another_level(self):
        row = Threshold.objects.first()
        for level in (0, 4):
            with self.assertRaises(IntegrityError), transaction.atomic():
                Threshold.objects.filter(pk=row.pk).update(level=level)

    def test_keepers_change_them_and_nobody_else(self):
        row = Threshold.objects.first()
        url = reverse("admin:guard_threshold_change", args=[row.pk])
        values = {each.name: 7 for each in MEASURES} | {"level": 3}
        self.client.force_login(make_editor())
        self.assertEqual(self.client.post(url, values).status_code, 403)
        self.client.force_login(make_newcomer(is_staff=True, is_superuser=True))
        self.client.post(url, values)
        row.refresh_from_db()
        self.assertEqual((row.level, row.posts), (1, 7))
        refused = self.client.post(url, values | {"posts": "many"})
        self.assertIn("posts", refused.context["adminform"].form.errors)
        self.assertEqual(self.client.get(reverse("admin:guard_threshold_add")).status_code, 403)
