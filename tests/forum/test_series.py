"""Essays of a series lead to those before and after them, as far as strangers can read these."""

import re
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import travel

from essays.actions import refresh
from essays.models import Essay, Series
from tests.factories import make_editor, make_essay, make_user
from tests.kept import forget_what_is_kept

PART = re.compile(r'<a class="to-(previous|next)" rel="(?:prev|next)" href="([^"]+)"')


class SeriesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.series = Series.objects.create(title="On <tools>")
        cls.first, cls.middle, cls.last = (
            make_essay(f"Part & {place}", series=cls.series, series_place=place)
            for place in (1, 3, 7)
        )
        make_essay("Alone")
        make_essay("Elsewhere", series=Series.objects.create(title="Roofs"), series_place=4)

    def page(self, essay):
        return self.client.get(essay.get_absolute_url()).content.decode()

    def ways(self, essay):
        return dict(PART.findall(self.page(essay)))

    def assert_ways(self, essay, previous=None, following=None):
        expected = {"previous": previous, "next": following}
        self.assertEqual(
            self.ways(essay),
            {name: to.get_absolute_url() for name, to in expected.items() if to is not None},
        )

    def change(self, essay, **changes):
        Essay.objects.filter(pk=essay.pk).update(**changes)
        refresh(Essay.objects.get(pk=essay.pk))

    def test_first_middle_and_last(self):
        self.assert_ways(self.first, None, self.middle)
        self.assert_ways(self.middle, self.first, self.last)
        self.assert_ways(self.last, self.middle, None)

    def test_titles_are_said_and_are_words(self):
        page = self.page(self.middle)
        self.assertIn("Part &amp; 1", page)
        self.assertIn("Part &amp; 7", page)
        self.assertIn("Part 3 of <bdi>On &lt;tools&gt;</bdi>", page)

    def test_an_essay_of_no_series_says_nothing_of_one(self):
        for essay in (make_essay(), make_essay(series=self.series)):
            page = self.page(essay)
            self.assertNotIn('class="series"', page)
            self.assertNotIn("Part ", page)

    def test_one_without_a_place_is_nobodys_neighbour(self):
        make_essay(series=self.series)
        self.assert_ways(self.middle, self.first, self.last)

    def test_of_two_with_one_place_the_older_comes_first(self):
        twin = make_essay("Twin", series=self.series, series_place=3)
        self.assert_ways(self.middle, self.first, twin)
        self.assert_ways(twin, self.middle, self.last)

    def test_what_strangers_cannot_read_is_passed_over_for_everybody(self):
        later = timezone.now() + timedelta(days=1)
        changes = (
            {"published_at": None},
            {"published_at": later},
            {"retired_at": timezone.now(), "retired_reason": "It was wrong."},
        )
        for change in changes:
            made = make_essay("Between", series=self.series, series_place=2)
            self.assert_ways(self.first, None, made)
            Essay.objects.filter(pk=made.pk).update(**change)
            for reader in (None, make_user(), make_editor()):
                self.client.logout()
                if reader:
                    self.client.force_login(reader)
                with self.subTest(change=change, reader=str(reader)):
                    self.assert_ways(self.first, None, self.middle)
                    self.assertNotIn("Between", self.page(self.first))
            self.change(made, series=None)

    def test_a_draft_knows_its_neighbours_before_they_know_it(self):
        draft = make_essay("Draft", series=self.series, series_place=2, published=False)
        self.client.force_login(make_editor())
        self.assert_ways(draft, self.first, self.middle)

    def test_a_neighbours_new_name_and_place_are_said_at_once(self):
        self.assert_ways(self.first, None, self.middle)
        self.change(self.middle, title="Renamed")
        self.assertIn("Renamed", self.page(self.first))
        self.change(self.middle, series_place=9)
        self.assert_ways(self.first, None, self.last)
        self.change(self.middle, series=None)
        self.assert_ways(self.last, self.first, None)
        Series.objects.filter(pk=self.series.pk).update(title="On harness")
        self.assertIn("On harness", self.page(self.first))

    def test_a_neighbour_whose_hour_comes_is_there(self):
        hour = datetime(2030, 1, 1, 9, tzinfo=UTC)
        made = make_essay("Later", series=self.series, series_place=2, published_at=hour)
        with travel(hour - timedelta(minutes=1), tick=False):
            self.assert_ways(self.first, None, self.middle)
        with travel(hour, tick=False):
            self.assert_ways(self.first, None, made)

    def test_the_page_costs_no_more_for_it(self):
        costs = []
        for size in (0, 20):
            for place in range(size):
                make_essay(series=self.series, series_place=place)
            for essay in (make_essay(), self.middle):
                forget_what_is_kept()
                with CaptureQueriesContext(connection) as queries:
                    self.page(essay)
                costs.append(len(queries))
        self.assertEqual(len(set(costs)), 1, costs)
