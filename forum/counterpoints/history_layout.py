"""The history of a claim's standing as a line: where each begins and ends. Plain Python."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 272.0, 50.0
# On a page of its own.
WIDE = 560.0
LINE = 16.0
GLYPH = 14.0
# A standing that lasted a minute is seen, too, if there are not too many.
LEAST = 20.0
# What it is now goes on: it has so much of the line, however long it has been so.
NOW = 1 / 6
# From its glyph to its line, and from its line to the next glyph.
AFTER, BEFORE = 4.0, 3.0


class Span(NamedTuple):
    label: str
    start: float
    end: float

    @property
    def has_glyph(self) -> bool:
        return self.end - self.start >= GLYPH + AFTER


def spans(changes: Sequence[tuple[str, float]], width: float = WIDTH) -> list[Span]:
    """Each standing by how long it lasted; a change is its label and when it came, in seconds."""
    if not changes:
        return []
    number = len(changes)
    least = min(LEAST, width / number)
    now = max(width * NOW, least) if number > 1 else width
    room = max(width - now - least * (number - 1), 0.0)
    now = width - room - least * (number - 1)
    lasted = [
        max(later - earlier, 0.0)
        for (_, earlier), (_, later) in zip(changes, changes[1:], strict=False)
    ]
    whole = sum(lasted)
    shares = [room * one / whole if whole else room / len(lasted) for one in lasted]
    found, x = [], 0.0
    for place, (label, _) in enumerate(changes):
        length = least + shares[place] if place < number - 1 else now
        found.append(Span(label, x, min(x + length, width)))
        x += length
    return found
