"""Where in a text a passage may stand: it never reaches from one paragraph into another."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

Stretch = tuple[int, int]

_BLANK_LINE = re.compile(r"\n\s*\n")


class Grounds:
    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self.stretches = list(stretches)
        self._starts = [start for start, _ in self.stretches]

    @classmethod
    def of_blocks(cls, blocks: Sequence[dict[str, Any]]) -> "Grounds":
        """Those that can be argued with: neither headings nor code."""
        return cls((block["start"], block["end"]) for block in blocks if block["number"])

    @classmethod
    def of_text(cls, text: str) -> "Grounds":
        """What lies between blank lines."""
        gaps = [match.span() for match in _BLANK_LINE.finditer(text)]
        starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
        return cls(zip(starts, ends, strict=True))

    def at(self, place: int) -> Stretch | None:
        found = bisect_right(self._starts, place) - 1
        return self.stretches[found] if found >= 0 and place < self.stretches[found][1] else None

    def hold(self, start: int, end: int) -> bool:
        ground = self.at(start)
        return ground is not None and start < end <= ground[1]
