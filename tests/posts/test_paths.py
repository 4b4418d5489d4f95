"""The order of paths is the order of the tree, whatever grows in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.posts import paths

numbers = st.integers(1, paths.STEP_LIMIT - 1)
# Small numbers meet more often; the others hold the widths to account.
branchings = st.lists(
    st.lists(st.one_of(st.integers(1, 40), numbers), min_size=1, max_size=paths.MAX_DEPTH),
    min_size=1, max_size=30,
)  # fmt: skip


def path_of(steps):
    path = ""
    for number in steps:
        path = paths.child(path, number)
    return path


@given(branchings)
def test_text_order_is_tree_order(trees):
    # Lists of numbers compare as a tree is read: each post before its replies, in their order.
    assert sorted(map(path_of, trees)) == [path_of(steps) for steps in sorted(trees)]


@given(st.lists(numbers, min_size=1, max_size=paths.MAX_DEPTH))
def test_a_path_tells_its_depth_and_what_is_above_it(steps):
    path = path_of(steps)
    assert paths.depth(path) == len(steps)
    assert paths.top(path) == path_of(steps[:1])
    assert paths.ancestors(path) == [path_of(steps[:end]) for end in range(1, len(steps))]


@given(branchings, st.data())
def test_the_range_below_holds_the_replies_and_nothing_else(trees, data):
    chosen = path_of(data.draw(st.sampled_from(trees)))
    after, before = paths.below(chosen)
    for path in map(path_of, trees):
        is_below = path != chosen and path.startswith(chosen)
        assert (after < path < before) == is_below


@given(numbers, numbers)
def test_no_two_replies_have_the_same_step(one, other):
    assert (paths.step(one) == paths.step(other)) == (one == other)
    assert len(paths.step(one)) == paths.STEP_WIDTH


def test_the_eleventh_reply_to_the_first_post_is_where_the_docstring_says():
    assert path_of([1, 11]) == "0001000b"


@pytest.mark.parametrize("number", [0, -1, paths.STEP_LIMIT])
def test_there_is_no_step_past_the_ends(number):
    with pytest.raises(ValueError, match=str(number)):
        paths.step(number)


def test_the_deepest_place_has_no_place_below_it():
    deepest = path_of([1] * paths.MAX_DEPTH)
    assert len(deepest) == paths.PATH_LENGTH
    with pytest.raises(ValueError, match="as deep as it gets"):
        paths.child(deepest, 1)
