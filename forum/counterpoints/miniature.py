"""An essay's text in miniature: a column of lines, its passages among them. Plain Python."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

WIDTH = 118.0
# Characters on a line, where the picture is high enough for so few.
CHARACTERS = 50
# From line to line: as loose as a text is set, and as tight as lines can be told apart.
LOOSE, TIGHT = 17.0, 6.0
HEADING_HEIGHT = 4.0
# A passage of two words is seen, too.
LEAST = 4.0
# Passages that share words are drawn beside each other, up to so many.
ASIDE, MOST_ASIDE = 4.0, 2
# Between a passage and the words around it.
APART = 3.0

Stroke = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands, as its essay counts, and the strokes that are its words here."""

    key: Any
    label: str
    strokes: list[Stroke]

    @property
    def y(self) -> float:
        return self.strokes[0][2]


@dataclass(slots=True)
class Miniature:
    """Strokes are from x to x at a height."""

    height: float
    headings: list[Stroke] = field(default_factory=list)
    lines: list[Stroke] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """Text that is set together, from its first line on."""

    start: int
    end: int
    is_heading: bool
    line: int


def miniature(
    blocks: Sequence[Mapping[str, Any]], claims: Sequence[Any], span: tuple[int, int], height: float
) -> Miniature:
    """The text between two positions, no higher than that.

    A block has start, end and kind; a claim, in text order, pk, label, start and end.
    """
    height = max(height, 2 * LOOSE)
    runs, characters = _set(blocks, span, int(height / TIGHT))
    last = runs[-1] if runs else _Run(0, 0, False, 0)  # noqa: FBT003
    count = last.line + _lines(last, characters)
    pitch = min(LOOSE, height / max(count, 1))
    made = Miniature(height=count * pitch)
    taken: list[tuple[int, int]] = []
    for claim in claims:
        if claim.start is None or claim.start < span[0] or claim.start >= span[1]:
            continue
        aside = sum(start < claim.end and claim.start < end for start, end in taken)
        taken.append((claim.start, claim.end))
        shift = ASIDE * min(aside, MOST_ASIDE)
        strokes = [
            (x, max(end, min(x + LEAST, WIDTH)), y + shift)
            for x, end, y in _strokes(runs, claim.start, claim.end, characters, pitch)
        ]
        if strokes:
            made.passages.append(Passage(claim.pk, claim.label, strokes))
    for run in runs:
        if run.is_heading:
            share = min((run.end - run.start) / CHARACTERS, 1)
            made.headings.append((0, WIDTH * share, (run.line + 0.5) * pitch))
        else:
            for start, end in _free(run, sorted(taken)):
                made.lines += _strokes([run], start, end, characters, pitch, apart=APART)
    return made


def _set(
    blocks: Sequence[Mapping[str, Any]], span: tuple[int, int], most: int
) -> tuple[list[_Run], int]:
    """On at most so many lines: longer ones where there is more; at the last without a gap."""
    inside = [
        (max(block["start"], span[0]), min(block["end"], span[1]), block["kind"] == "heading")
        for block in blocks
        if block["end"] > span[0] and block["start"] < span[1] and block["end"] > block["start"]
    ]
    for times in (1, 2, 4):
        runs, line = [], 0
        for start, end, is_heading in inside:
            run = _Run(start, end, is_heading, line)
            runs.append(run)
            line += _lines(run, CHARACTERS * times) + 1
        if line - 1 <= most:
            return runs, CHARACTERS * times
    start, end = inside[0][0], inside[-1][1]
    return [_Run(start, end, is_heading=False, line=0)], ceil((end - start) / most)


def _lines(run: _Run, characters: int) -> int:
    return 1 if run.is_heading else ceil((run.end - run.start) / characters)


def _strokes(
    runs: Sequence[_Run], start: int, end: int, characters: int, pitch: float, apart: float = 0
) -> list[Stroke]:
    """The lines of these characters; `apart` is left free at either end, but not at a margin."""
    found = []
    for run in runs:
        first, last = max(start, run.start) - run.start, min(end, run.end) - run.start
        if run.is_heading and first < last:
            # A heading is one line, however long.
            found.append((0.0, WIDTH, (run.line + 0.5) * pitch))
            continue
        for line in range(first // characters, ceil(last / characters)) if first < last else ():
            begins = max(first - line * characters, 0)
            ends = min(last - line * characters, characters)
            x = WIDTH * begins / characters + (apart if begins else 0)
            stop = WIDTH * ends / characters - (
                apart if ends < characters and last < _all(run) else 0
            )
            if x < stop:
                found.append((x, stop, (run.line + line + 0.5) * pitch))
    return found


def _all(run: _Run) -> int:
    return run.end - run.start


def _free(run: _Run, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of it is no claim's passage."""
    place = run.start
    for start, end in taken:
        if end <= place or start >= run.end:
            continue
        if start > place:
            yield place, start
        place = end
    if place < run.end:
        yield place, run.end
