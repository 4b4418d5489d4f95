"""What two sequences have in common, however long they are."""

from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays import matching
from essays.matching import Match, matches

pieces = st.lists(st.sampled_from("abcdefgh"), max_size=40)
ways = st.fixed_dictionaries({"rare": st.integers(1, 3), "from_ends": st.booleans()})


def check(old, new, found):
    for match in found:
        assert match.size > 0
        assert old[match.old : match.old + match.size] == new[match.new : match.new + match.size]
    for one, other in pairwise(found):
        assert one.old + one.size <= other.old
        assert one.new + one.size <= other.new
        # Those that touch on both sides would be one.
        assert (one.old + one.size, one.new + one.size) != (other.old, other.new)


@pytest.mark.parametrize("most", [0, 10, 60_000])
@given(old=pieces, new=pieces, way=ways)
def test_what_is_found_is_the_same_on_both_sides_and_in_order(most, old, new, way):
    with mock.patch.object(matching, "PAIRS_COMPARED", most):
        check(old, new, matches(old, new, **way))


@pytest.mark.parametrize("most", [0, 60_000])
@given(same=pieces.filter(bool), way=ways)
def test_a_sequence_and_itself_are_one_run(most, same, way):
    with mock.patch.object(matching, "PAIRS_COMPARED", most):
        assert matches(same, same, **way) == [Match(0, 0, len(same))]


def test_long_sequences_are_cut_at_what_each_has_but_once():
    old = [*range(1000), "a", *range(2000, 3000), "b", *range(4000, 5000)]
    new = [*range(1000), *range(2000, 2500), "c", *range(2500, 3000), "b", *range(6000, 7000)]
    for rare in (1, 3):
        found = matches(old, new, rare=rare, from_ends=False)
        assert found == [(0, 0, 1000), (1001, 1000, 500), (1501, 1501, 501)]


def test_of_short_ones_what_is_alike_for_longer_tells_more_than_the_beginning():
    old, new = "abxabcde", "abcde"
    assert matches(old, new, rare=3, from_ends=False) == [(3, 0, 5)]


def test_work_ends():
    """Whatever the pieces are: without an end to it, this would take minutes."""
    old, new = list("ab" * 40_000), list("baab" * 20_000)
    check(old, new, matches(old, new, rare=3, from_ends=True))
