"""Whoever publishes waits for it: no two texts make it slow."""

import time

import pytest

from essays.anchoring import Carrier, Quotation


def test_long_texts_that_share_nothing_are_compared_in_reasonable_steps():
    """A flat comparison of these would take hours."""
    old = " ".join(f"old{number}" for number in range(30_000))
    new = " ".join(f"new{number}" for number in range(30_000))
    assert Carrier(old, new).carry(Quotation(old[:30], "", old[30:62], 0, 30)).start is None
    same = "a. " * 20_000
    assert Carrier(same, f"{same}b. ").diff.runs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Yes. " * 20_000, "No. Yes. " * 10_000),
        ("a b " * 20_000, "b a a b " * 10_000),
        ("a b. b a. " * 10_000, "b a. a b. a. " * 8_000),
        ("!" * 50_000, "?!" * 25_000),
        ("x" * 100_000, "x" * 99_999),
        (" ".join(map(str, range(30_000))), " ".join(map(str, range(30_000, 0, -1)))),
        ("word\n\n" * 20_000, "\n\nword" * 10_000 + " word"),
    ],
)
def test_no_two_texts_take_an_age(old, new):
    start = time.process_time()
    middle = len(old) // 2
    found = Quotation(old[middle : middle + 900], old[:32], old[:32], middle, middle + 900)
    Carrier(old, new).carry(found)
    assert time.process_time() - start < 5
