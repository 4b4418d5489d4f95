"""Where a passage may stand of which three words in a row are found anywhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from essays.grounds import Stretch
from essays.text_diff import TextDiff
from essays.tracing import Trace
from essays.words import Words, is_word

# Of the places where most of it is found so many are looked at.
SPOTS_TRIED = 3
# A seed that stands oftener tells nothing.
PLACES_OF_A_SEED = 50

Seeds = dict[tuple[str, ...], list[int]]


class Hit(NamedTuple):
    """A seed that begins at `place` in the new text and so many pieces into the passage."""

    place: int
    into: int

    @property
    def shift(self) -> int:
        return self.place - self.into


def seeds_of(diff: TextDiff) -> Seeds:
    """The seeds of the new text that did not stand so in the old: there a passage may have gone.

    What stood so is what it was, and no other passage's words.
    """
    found: Seeds = defaultdict(list)
    for row in _rows(diff.new, 0, len(diff.new)):
        if not diff.stood(row[0], row[2] + 1):
            found[tuple(diff.new.pieces[at] for at in row)].append(row[0])
    return found


def _rows(words: Words, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    there = [at for at in range(first, last) if is_word(words.pieces[at])]
    return zip(there, there[1:], there[2:], strict=False)


def has_a_seed(exact: str, seeds: Seeds) -> bool:
    words = Words(exact)
    rows = _rows(words, 0, len(words))
    return any(tuple(words.pieces[at] for at in row) in seeds for row in rows)


def seeded_spans(trace: Trace, seeds: Seeds) -> set[Stretch]:
    spots = sorted(_spots(trace, seeds), key=lambda spot: -len({hit.into for hit in spot}))
    return {span for spot in spots[:SPOTS_TRIED] for span in _around(trace, spot)}


def _spots(trace: Trace, seeds: Seeds) -> list[list[Hit]]:
    """The hits, those together that lie no further apart than the passage is long."""
    hits = []
    for row in _rows(trace.old, trace.first, trace.last):
        places = seeds.get(tuple(trace.old.pieces[at] for at in row), [])
        if len(places) <= PLACES_OF_A_SEED:
            hits += [Hit(place, row[0] - trace.first) for place in places]
    spots: list[list[Hit]] = []
    for hit in sorted(hits):
        if spots and hit.place - spots[-1][-1].place <= trace.last - trace.first:
            spots[-1].append(hit)
        else:
            spots.append([hit])
    return spots


def _around(trace: Trace, spot: Sequence[Hit]) -> Iterator[Stretch]:
    """As far as the passage would reach there, and to the ends of the sentences."""
    length = trace.last - trace.first
    shifts = [hit.shift for hit in spot]
    usual = max(sorted(set(shifts)), key=shifts.count)
    near = [hit for hit in spot if abs(hit.shift - usual) <= length // 3 + 1]
    ground = trace.grounds.at(trace.new.starts[near[0].place])
    if ground is None:
        return
    low, high = trace.new.within(*ground)
    ending = min(near[-1].place, high - 1)
    firsts = {near[0].shift, trace.new.sentence_of(near[0].place)[0]}
    lasts = {near[-1].shift + length, trace.new.sentence_of(ending)[1]}
    for first in {max(low, at) for at in firsts}:
        for last in {min(high, at) for at in lasts}:
            if first < last:
                yield trace.new.starts[first], trace.new.ends[last - 1]
