"""The paragraphs of a plain text: what blank lines part, lines broken by hand joined again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

# A line that is longer was broken by nobody: each such line is a paragraph.
LONGEST_BROKEN_LINE = 100
# Shorter lines are verse, addresses, lists, whatever their ends look like.
SHORTEST_BROKEN_LINE = 40
# In text that was broken by hand, so many of the lines end where the next word had no room.
SHARE_OF_FULL_LINES = 0.8


@dataclass(slots=True)
class Paragraph:
    lines: list[str]
    first: int
    last: int
    # How many blank lines stand before it.
    gap: int
    was_joined: bool = False

    @property
    def words(self) -> str:
        return " ".join(self.lines)


@dataclass(slots=True)
class _Line:
    words: str
    number: int
    is_indented: bool


def paragraphs(text: str) -> list[Paragraph]:
    """White space inside a line becomes single, ordinary spaces."""
    groups = list(_groups(text))
    width = _usual_width([lines for lines, _ in groups])
    return [paragraph for lines, gap in groups for paragraph in _paragraphs(lines, gap, width)]


def usual_gap(found: list[Paragraph]) -> int:
    gaps = Counter(paragraph.gap for paragraph in found[1:])
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=0)


def _groups(text: str) -> Iterator[tuple[list[_Line], int]]:
    lines: list[_Line] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        words = " ".join(raw.split())
        if words:
            lines.append(_Line(words, number, raw.startswith(("  ", "\t", "\xa0"))))
            continue
        if lines:
            yield lines, gap
            lines, gap = [], 0
        gap += 1
    if lines:
        yield lines, gap


def _usual_width(groups: list[list[_Line]]) -> int:
    """Where lines were broken, as far as the file tells: two lines alone tell nothing."""
    widths = [_longest(lines) for lines in groups if len(lines) > 2]  # noqa: PLR2004
    return median_low(width for width in widths) if widths else 0


def _longest(lines: list[_Line]) -> int:
    return max(len(line.words) for line in lines)


def _paragraphs(lines: list[_Line], gap: int, width: int) -> Iterator[Paragraph]:
    for part in _parts(lines):
        number, last = part[0].number, part[-1].number
        if len(part) > 1 and _is_broken_by_hand(part, width):
            words = " ".join(line.words for line in part)
            yield Paragraph([words], number, last, gap, was_joined=True)
        else:
            yield Paragraph([line.words for line in part], number, last, gap)
        gap = 0


def _parts(lines: list[_Line]) -> Iterator[list[_Line]]:
    """A group of lines without a blank one may hold several paragraphs."""
    longest = _longest(lines)
    if longest > LONGEST_BROKEN_LINE:
        yield from ([line] for line in lines)
        return
    part = [lines[0]]
    for before, line in pairwise(lines):
        if line.is_indented and not before.is_indented and longest >= SHORTEST_BROKEN_LINE:
            yield part
            part = []
        part.append(line)
    yield part


def _is_broken_by_hand(lines: list[_Line], width: int) -> bool:
    longest = _longest(lines)
    if longest < SHORTEST_BROKEN_LINE:
        return False
    width = max(longest, min(width, LONGEST_BROKEN_LINE)) if len(lines) == 2 else longest  # noqa: PLR2004
    full = sum(
        len(line.words) + 1 + len(following.words.split(" ", 1)[0]) > width
        for line, following in pairwise(lines)
    )
    return full >= SHARE_OF_FULL_LINES * (len(lines) - 1)
