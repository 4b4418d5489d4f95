"""What stands unchanged between two plain texts: sentences first, then words in what differs.

A flat comparison of words takes time as the product of their numbers. Here it never does: a long
stretch that differs is cut first at runs of words that each side has but once.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import NamedTuple

from forum.lib.sentences import sentence_spans

# Words and marks. Each holds its trailing white space, so that the pieces of a text are all of it.
_WORD = re.compile(r"\s*(?:[\w’'-]+|[^\w\s’'-]+)\s*")
# Comparing pieces of the one with those of the other: so many pairs at the most are looked at.
PAIRS_COMPARED = 60_000
# A run of so many words that a text has once is taken for the same run in the other.
RARE_RUN = 4


class Run(NamedTuple):
    """`length` code points from `old` in the old text stand unchanged from `new` in the new."""

    old: int
    new: int
    length: int


class TextDiff:
    """The runs of two texts, in order and without overlap."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.runs = list(_joined(_runs(old, new)))
        self._starts = [run.old for run in self.runs]

    def run_at(self, place: int) -> Run | None:
        """The run that holds the code point at this place of the old text."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or place >= self.runs[at].old + self.runs[at].length:
            return None
        return self.runs[at]

    def map(self, place: int) -> int | None:
        """Where that code point stands now, if it is in a run."""
        run = self.run_at(place)
        return None if run is None else place - run.old + run.new

    def after(self, place: int) -> int | None:
        """The place in the new text right after what stood right before this one, space apart."""
        at = len(self.old[:place].rstrip()) - 1
        mapped = self.map(at) if at >= 0 else None
        if mapped is None:
            return None
        rest = self.new[mapped + 1 :]
        return len(self.new) - len(rest.lstrip())

    def before(self, place: int) -> int | None:
        """The place in the new text right before what stood right after this one."""
        at = len(self.old) - len(self.old[place:].lstrip())
        mapped = self.map(at) if at < len(self.old) else None
        return None if mapped is None else len(self.new[:mapped].rstrip())

    def within(self, start: int, end: int) -> Iterator[Run]:
        """The parts of runs that lie between two places of the old text."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        for run in self.runs[at:]:
            if run.old >= end:
                return
            first, last = max(run.old, start), min(run.old + run.length, end)
            if first < last:
                yield Run(first, run.new + first - run.old, last - first)


def _runs(old: str, new: str) -> Iterator[Run]:
    if old == new:
        yield Run(0, 0, len(old))
        return
    before, after = _sentences(old), _sentences(new)
    a = b = 0
    for run in [*_joined(_matching(before, after)), Run(len(old), len(new), 0)]:
        yield from _word_runs(old[a : run.old], new[b : run.new], a, b)
        yield run
        a, b = run.old + run.length, run.new + run.length


class _Pieces(list[str]):
    """Pieces of a text, that know where each begins."""

    def __init__(self, pieces: Sequence[str]) -> None:
        super().__init__(pieces)
        self.starts = [0]
        for piece in pieces:
            self.starts.append(self.starts[-1] + len(piece))


def _sentences(text: str) -> _Pieces:
    """All of the text, cut where a sentence begins."""
    cuts = [start for start, _ in sentence_spans(text)][1:]
    return _Pieces([text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)])


def _words(text: str) -> _Pieces:
    return _Pieces(_WORD.findall(text))


def _word_runs(old: str, new: str, old_start: int, new_start: int) -> Iterator[Run]:
    """The runs of a stretch that differs, by words."""
    if old and new:
        before, after = _words(old), _words(new)
        for run in _matching(before, after):
            yield Run(old_start + run.old, new_start + run.new, run.length)


def _matching(before: _Pieces, after: _Pieces) -> Iterator[Run]:
    """Where pieces of the one stand in the other, in order, whatever white space follows them."""
    a, b = [piece.strip() for piece in before], [piece.strip() for piece in after]
    for i, j, size in _matching_bare(a, b, 0, 0):
        for step in range(size):
            one, other = before[i + step], after[j + step]
            length = len(one) if one == other else len(commonprefix([one, other]))
            yield Run(before.starts[i + step], after.starts[j + step], length)


def _matching_bare(
    a: Sequence[str], b: Sequence[str], i: int, j: int
) -> Iterator[tuple[int, int, int]]:
    head = _common(a, b)
    if head:
        yield i, j, head
    a, b, i, j = a[head:], b[head:], i + head, j + head
    tail = _common(a[::-1], b[::-1])
    middle_a, middle_b = a[: len(a) - tail], b[: len(b) - tail]
    if _pairs(middle_a, middle_b) <= PAIRS_COMPARED:
        matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=False)
        for match in matcher.get_matching_blocks():
            if match.size:
                yield i + match.a, j + match.b, match.size
    else:
        yield from _around_rare_runs(middle_a, middle_b, i, j)
    if tail:
        yield i + len(middle_a), j + len(middle_b), tail


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    room = min(len(a), len(b))
    return next((at for at in range(room) if a[at] != b[at]), room)


def _pairs(a: Sequence[str], b: Sequence[str]) -> int:
    """So many times a piece of the one is like a piece of the other: what difflib walks through."""
    known = Counter(b)
    likes = sum(known[piece] for piece in a)
    # It looks for the longest match anew in each part that is left.
    return likes + len(a) + len(b) if min(len(a), len(b)) else 0


def _around_rare_runs(
    a: Sequence[str], b: Sequence[str], i: int, j: int
) -> Iterator[tuple[int, int, int]]:
    """Cut both at runs that each has once, in the same order; compare what lies between."""
    anchors = _anchors(a, b)
    if not anchors:
        return
    last_a = last_b = 0
    for at_a, at_b in [*anchors, (len(a), len(b))]:
        between_a, between_b = a[last_a:at_a], b[last_b:at_b]
        if _pairs(between_a, between_b) <= PAIRS_COMPARED:
            yield from _matching_bare(between_a, between_b, i + last_a, j + last_b)
        last_a, last_b = at_a, at_b


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    places_a, places_b = _once(a), _once(b)
    pairs = sorted((at, places_b[run]) for run, at in places_a.items() if run in places_b)
    return _rising(pairs)


def _once(pieces: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each run of words begins that stands here but once."""
    runs = [tuple(pieces[at : at + RARE_RUN]) for at in range(len(pieces) - RARE_RUN + 1)]
    counted = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counted[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs whose places rise on both sides."""
    piles: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_right(tops, place)
        before.append(piles[at - 1] if at else -1)
        if at == len(tops):
            tops.append(place)
            piles.append(index)
        else:
            tops[at], piles[at] = place, index
    chain, index = [], piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs that touch on both sides are one."""
    held: Run | None = None
    for run in runs:
        if not run.length:
            continue
        if held and held.old + held.length == run.old and held.new + held.length == run.new:
            held = Run(held.old, held.new, held.length + run.length)
        else:
            if held:
                yield held
            held = run
    if held:
        yield held
