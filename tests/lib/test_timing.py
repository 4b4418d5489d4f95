"""How long requests took is kept by view: a few numbers, whatever comes."""

import pytest
from django.test import RequestFactory, TestCase
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from forum.lib.timing import MOST_COUNTED, MOST_VIEWS, TALLY, Tally, TimingMiddleware


def told(*milliseconds):
    tally = Tally()
    for each in milliseconds:
        tally.add("essay", each / 1_000)
    (pace,) = tally.slowest(1)
    return pace


def test_half_and_nineteen_of_twenty_are_told_to_a_half():
    pace = told(*[10] * 90, *[400] * 10)
    assert pace.requests == 100
    assert 10 <= pace.middle <= 15
    assert 400 <= pace.slow <= 600


@given(st.lists(st.floats(min_value=1, max_value=20_000), min_size=1, max_size=60))
def test_neither_is_less_than_it_was_nor_half_as_much_again(milliseconds):
    pace, ordered = told(*milliseconds), sorted(milliseconds)
    for share, number in ((0.5, pace.middle), (0.95, pace.slow)):
        place = next(i for i in range(len(ordered)) if i + 1 >= share * len(ordered))
        assert ordered[place] - 1 <= number <= ordered[place] * 1.5 + 1


@pytest.mark.parametrize("milliseconds", [0, 0.001, 10**9])
def test_what_is_faster_or_slower_than_anything_is_counted_too(milliseconds):
    assert told(milliseconds).requests == 1


def test_the_slowest_views_come_first_and_no_more_than_asked_for():
    tally = Tally()
    for number in range(9):
        tally.add(f"view {number}", 3**number / 1_000)
    assert [pace.view for pace in tally.slowest(2)] == ["view 8", "view 7"]


def test_it_keeps_neither_more_views_nor_more_requests_than_it_says():
    tally = Tally()
    for number in range(MOST_VIEWS + 20):
        tally.add(f"view {number}", 0.01)
    assert len(tally.counts) == MOST_VIEWS
    for _ in range(2 * MOST_COUNTED):
        tally.add("view 1", 0.01)
    assert sum(tally.counts["view 1"]) <= MOST_COUNTED


def test_what_is_long_past_weighs_ever_less():
    tally = Tally()
    for _ in range(MOST_COUNTED):
        tally.add("essay", 5)
    for _ in range(MOST_COUNTED * 8):
        tally.add("essay", 0.005)
    assert tally.slowest(1)[0].slow < 20


class MiddlewareTests(TestCase):
    def setUp(self):
        TALLY.forget()
        self.addCleanup(TALLY.forget)

    def test_a_view_is_counted_by_its_name_whatever_it_answered(self):
        for _ in range(2):
            self.client.get(reverse("search:search"))
        self.client.get(reverse("essay", args=["none"]))
        counted = {pace.view: pace.requests for pace in TALLY.slowest(9)}
        self.assertEqual(counted, {"search:search": 2, "essay": 1})

    def test_what_no_view_answers_is_not(self):
        self.client.get("/nothing/of/ours/")
        TimingMiddleware(lambda _request: None)(RequestFactory().get("/"))
        self.assertEqual(TALLY.slowest(9), [])
