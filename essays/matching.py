"""What two long sequences have in common, in order, in a time that grows with their length.

Comparing all with all takes time as the product of the lengths. Here both are cut first at what
each has but once; only what lies between is compared piece by piece, and only where it is short.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Longer stretches without a cut have nothing in common that is worth the time.
PAIRS_COMPARED = 60_000
# Of like pieces difflib looks at each pair; so many in one stretch are no prose.
LIKES_COMPARED = 20_000
# The work in all, by the length of both sequences: nobody's text makes it endless.
WORK_A_PIECE = 60


class Match(NamedTuple):
    """`size` pieces from `old` in the one sequence are like those from `new` in the other."""

    old: int
    new: int
    size: int


def matches(
    old: Sequence[Hashable], new: Sequence[Hashable], *, rare: int, from_ends: bool
) -> list[Match]:
    """In order. A cut is a run of `rare` pieces that either side has once.

    `from_ends`: what both begin and end with is the same in both. Otherwise it may be chance, and
    what is alike for longer tells more.
    """
    if not from_ends and _is_short(old, new):
        return list(_compared(old, new))
    return joined(sorted(_found(old, new, rare)))


def joined(found: list[Match]) -> list[Match]:
    """Those that touch on both sides are one."""
    whole: list[Match] = []
    for match in found:
        last = whole[-1] if whole else None
        if last and last.old + last.size == match.old and last.new + last.size == match.new:
            whole[-1] = Match(last.old, last.new, last.size + match.size)
        elif match.size:
            whole.append(match)
    return whole


def _found(old: Sequence[Hashable], new: Sequence[Hashable], rare: int) -> Iterator[Match]:
    work = WORK_A_PIECE * (len(old) + len(new))
    stretches = [(0, len(old), 0, len(new))]
    while stretches and work > 0:
        a, b, c, d = stretches.pop()
        head = _common(old, new, a, b, c, d)
        yield Match(a, c, head)
        a, c = a + head, c + head
        tail = _common_at_end(old, new, a, b, c, d)
        b, d = b - tail, d - tail
        yield Match(b, d, tail)
        one, other = old[a:b], new[c:d]
        work -= len(one) + len(other)
        if _is_short(one, other):
            work -= _likes(one, other)
            for match in _compared(one, other):
                yield Match(a + match.old, c + match.new, match.size)
        else:
            cuts = _cuts(one, other, rare)
            yield from (Match(a + cut.old, c + cut.new, cut.size) for cut in cuts)
            stretches += [
                (a + first.old + first.size, a + last.old, c + first.new + first.size, c + last.new)
                for first, last in _between(cuts, len(one), len(other))
            ]


def _common(
    old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int
) -> int:
    size = 0
    while a + size < b and c + size < d and old[a + size] == new[c + size]:
        size += 1
    return size


def _common_at_end(
    old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int
) -> int:
    size = 0
    while a < b - size and c < d - size and old[b - size - 1] == new[d - size - 1]:
        size += 1
    return size


def _is_short(one: Sequence[Hashable], other: Sequence[Hashable]) -> bool:
    return len(one) * len(other) <= PAIRS_COMPARED and _likes(one, other) <= LIKES_COMPARED


def _likes(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    known = Counter(other)
    return sum(known[piece] for piece in one)


def _compared(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[Match]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (Match(*block) for block in matcher.get_matching_blocks() if block.size)


def _cuts(one: Sequence[Hashable], other: Sequence[Hashable], rare: int) -> list[Match]:
    there = _once(other, rare)
    pairs = [(at, there[run]) for run, at in _once(one, rare).items() if run in there]
    cuts: list[Match] = []
    for at, place in _rising(sorted(pairs)):
        last = cuts[-1] if cuts else Match(0, 0, 0)
        if at - last.old == place - last.new and at <= last.old + last.size and cuts:
            cuts[-1] = Match(last.old, last.new, at - last.old + rare)
        elif at >= last.old + last.size and place >= last.new + last.size:
            cuts.append(Match(at, place, rare))
    return cuts


def _once(pieces: Sequence[Hashable], rare: int) -> dict[tuple[Hashable, ...], int]:
    """Where each run of so many pieces begins that is there but once."""
    runs = list(zip(*(pieces[at:] for at in range(rare)), strict=False))
    counted = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counted[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose places rise on both sides."""
    tops: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        before.append(rows[at - 1] if at else -1)
        tops[at : at + 1], rows[at : at + 1] = [place], [index]
    row, index = [], rows[-1] if rows else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1]


def _between(cuts: list[Match], length: int, other: int) -> Iterator[tuple[Match, Match]]:
    if cuts:
        yield from zip([Match(0, 0, 0), *cuts], [*cuts, Match(length, other, 0)], strict=True)
