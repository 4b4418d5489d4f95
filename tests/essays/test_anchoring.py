"""Where a passage stands after a revision: nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essays.anchoring import place_again

OLD = """\
Straw

The horse choked. Nobody knew why.

Then a ring of straw came. It was cheap.

Oats

Towns grew."""


def again(exact, new, *, old=OLD, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = old.index(exact, start + 1)
    found = place_again(exact, start, old, new)
    if found is not None:
        state, begin, end = found
        assert new[begin:end] == exact
        return state, begin
    return None


@pytest.mark.parametrize(
    ("exact", "change", "state"),
    [
        # An unchanged text, and changes elsewhere.
        ("Nobody knew why.", [], "exact"),
        ("Nobody knew why.", [("Towns grew.", "Towns shrank.")], "exact"),
        ("Towns grew.", [("The horse choked.", "The poor horse choked.")], "exact"),
        ("Nobody knew why.", [("Straw\n\n", "Straw\n\nA new beginning.\n\n")], "exact"),
        ("Towns grew.", [("Then a ring of straw came. It was cheap.\n\n", "")], "exact"),
        # Its paragraph changed, its words did not.
        ("Nobody knew why.", [("The horse choked.", "It choked.")], "moved"),
        ("It was cheap.", [(" It was cheap.", ""), ("Towns grew.", "Towns grew. It was cheap.")],
         "moved"),
        # Its words changed, or went.
        ("Nobody knew why.", [("Nobody knew", "Few knew")], None),
        ("Nobody knew why.", [(" Nobody knew why.", "")], None),
        # Its words are there more than once now: which of them was meant?
        ("Nobody knew why.",
         [("The horse choked.", "It did."), ("Towns", "Nobody knew why. Towns")], None),
        # Its words are only part of another word.
        ("grew", [("Towns grew.", "Towns outgrew it.")], None),
        ("straw", [("Then a ring of straw came.", "Then strawberries came.")], None),
        ("grew", [("Towns grew.", "Towns outgrew what once grew.")], "moved"),
    ],
)  # fmt: skip
def test_a_passage_keeps_its_place_where_its_words_stand(exact, change, state):
    new = OLD
    for before, after in change:
        assert before in new
        new = new.replace(before, after)
    found = again(exact, new)
    assert (found and found[0]) == state


def test_of_the_same_words_twice_each_keeps_its_own_place():
    old = "It was so. Yes.\n\nIt was so. No."
    new = "Indeed.\n\n" + old
    for nth in (0, 1):
        assert again("It was so.", new, old=old, nth=nth) == ("exact", [9, 26][nth])


def test_of_two_paragraphs_alike_each_is_told_by_its_neighbour():
    old = "It was so.\n\nBut why?\n\nIt was so."
    new = f"New.\n\n{old}"
    for nth, place in ((0, 6), (1, 28)):
        assert again("It was so.", new, old=old, nth=nth) == ("exact", place)


def test_of_two_paragraphs_alike_without_neighbours_none_is_chosen():
    old = "It was so.\n\nBut why?\n\nIt was so."
    new = "One.\n\nIt was so.\n\nTwo.\n\nIt was so."
    for nth in (0, 1):
        assert again("It was so.", new, old=old, nth=nth) is None


def test_a_paragraph_that_is_doubled_is_not_chosen_from():
    old = "One.\n\nIt was so.\n\nTwo."
    new = "It was so.\n\nThree.\n\nIt was so.\n\nFour."
    assert again("It was so.", new, old=old) is None


words = st.sampled_from(["horse", "straw", "oats", "it", "so", "Why?"])
paragraphs = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6)


@given(paragraphs, paragraphs, st.data())
def test_wherever_it_is_placed_its_very_words_stand(before, after, data):
    old, new = "\n\n".join(before), "\n\n".join(after)
    index = data.draw(st.integers(0, len(before) - 1))
    offset = sum(len(paragraph) + 2 for paragraph in before[:index])
    length = len(before[index])
    begin = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(begin + 1, length))
    exact = old[offset + begin : offset + end].strip()
    if not exact:
        return
    start = old.index(exact, offset + begin)
    found = place_again(exact, start, old, new)
    if found is None:
        assert old != new
        return
    _, first, last = found
    assert new[first:last] == exact


@given(paragraphs, paragraphs)
def test_paragraphs_put_before_or_after_move_nothing(text, more):
    old = "\n\n".join([*text, "The very words."])
    for new in ("\n\n".join([*more, old]), "\n\n".join([old, *more])):
        state, start, _ = place_again("very", old.index("very"), old, new)
        assert (state, start) == ("exact", new.index("very"))
