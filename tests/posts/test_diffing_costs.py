"""The page that compares versions is open to everybody: no two texts make it slow."""

from difflib import SequenceMatcher

import pytest

from forum.posts import diffing
from forum.posts.diffing import GONE, SAME, SENTENCES_COMPARED, WORDS_COMPARED_IN_ALL, difference

# Pairs of sentences, then of words: what difflib looks at takes time as their number.
MOST_PAIRS = SENTENCES_COMPARED**2 + WORDS_COMPARED_IN_ALL


def lines(number, kinds, step):
    return "".join(f"{chr(0x4E00 + place * step % kinds)}\n" for place in range(number))


@pytest.mark.parametrize("kinds", [3, 60, 101, 150, 300])
def test_thousands_of_short_sentences_are_compared_in_few_steps(kinds, monkeypatch):
    pairs = []

    class Counting(SequenceMatcher):
        def __init__(self, isjunk, a, b, **options):
            pairs.append(len(a) * len(b))
            super().__init__(isjunk, a, b, **options)

    monkeypatch.setattr(diffing, "SequenceMatcher", Counting)
    old, new = lines(4990, kinds, 1), lines(4990, kinds, 7)
    found = difference(old, new)
    assert 0 < sum(pairs) <= MOST_PAIRS
    shown = [part.text for paragraph in found for part in paragraph if part.kind != GONE]
    assert "".join(shown) == "".join(new.split())


def test_of_a_very_long_list_what_stayed_at_both_ends_is_shown_as_that():
    old = lines(500, 300, 1) + "Nobody knew.\n" + lines(500, 300, 1)
    new = old.replace("Nobody", "Everybody")
    changed = [part for paragraph in difference(old, new) for part in paragraph]
    assert [part.text.strip() for part in changed if part.kind != SAME] == ["Nobody", "Everybody"]
