"""Where a passage stands after a revision. Plain Python: no tables.

The rule: the whole passage in one unchanged run is exact; else the very words elsewhere are moved;
else what survived of it in its place, or what is much like it, is changed; else it is orphaned. The
measure is always the quotation as first made, so that small changes never add up and a revert heals
it. Words that stood in the old text beside the passage, and stand there still, are never taken for
it, however like it they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from essays.grounds import Grounds, Stretch
from essays.seeds import Seeds, has_a_seed, seeded_spans, seeds_of
from essays.survivors import surviving_spans
from essays.text_diff import TextDiff
from essays.tracing import LIKE_IN_PLACE, Quotation, Trace, at_most, similarity
from essays.very_words import best_place, is_in_place, place_beside, unchanged_place

__all__ = [
    "CHANGED", "EXACT", "LOST", "MOVED", "ORPHANED", "Blocks", "Carrier", "Outcome", "Quotation",
    "lies_in_a_paragraph", "similarity",
]  # fmt: skip

EXACT, MOVED, CHANGED, ORPHANED = "exact", "moved", "changed", "orphaned"
# Of what stands anywhere.
LIKE_ELSEWHERE = 0.75

Blocks = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where it stands in the new text, and how like its words there are to it, 0 to 1."""

    state: str
    start: int | None = None
    end: int | None = None
    similarity: float | None = None


LOST = Outcome(ORPHANED)


def lies_in_a_paragraph(blocks: Blocks, start: int, end: int) -> bool:
    """Whether a passage may stand there: within one block, and one that can be argued with."""
    return Grounds.of_blocks(blocks).hold(start, end)


class Carrier:
    """Carries passages from one text to another over one shared comparison of the two."""

    def __init__(
        self, old: str, new: str, blocks: Blocks | None = None, old_blocks: Blocks | None = None
    ) -> None:
        """`blocks` are those of the new text. Without any, what lies between blank lines is one.

        A quotation from outside the paragraphs of `old_blocks` may stand outside of them again.
        """
        self.old, self.new = old, new
        self.diff = TextDiff(old, new)
        self.grounds = Grounds.of_text(new) if blocks is None else Grounds.of_blocks(blocks)
        self._anywhere = Grounds([(0, len(new))])
        self._old_grounds = Grounds([(0, len(old))])
        if old_blocks is not None:
            self._old_grounds = Grounds.of_blocks(old_blocks)
        elif blocks is None:
            self._old_grounds = Grounds.of_text(old)

    def carry_all(self, quotations: Iterable[Quotation]) -> list[Outcome]:
        return [self.carry(quotation) for quotation in quotations]

    def carry(self, quotation: Quotation) -> Outcome:
        is_argued = self._old_grounds.hold(quotation.start, quotation.end)
        trace = Trace(quotation, self.diff, self.grounds if is_argued else self._anywhere)
        return (
            _unchanged(trace)
            or _moved(trace)
            or _surviving(trace)
            or _alike(trace, self._seeds)
            or LOST
        )

    def brings(self, exact: str) -> bool:
        """Whether three words of it in a row came with the new text."""
        return has_a_seed(exact, self._seeds)

    @cached_property
    def _seeds(self) -> Seeds:
        return seeds_of(self.diff)


def _unchanged(trace: Trace) -> Outcome | None:
    stretch = unchanged_place(trace)
    if stretch is None or not trace.grounds.hold(*stretch):
        return None
    exact, words = trace.quotation.exact, trace.new.text[slice(*stretch)]
    if words == exact:
        return Outcome(EXACT, *stretch, 1.0)
    place = place_beside(trace, *stretch)
    if place is not None and trace.grounds.hold(place, place + len(exact)):
        return Outcome(EXACT, place, place + len(exact), 1.0)
    return Outcome(CHANGED, *stretch, similarity(exact, words))


def _moved(trace: Trace) -> Outcome | None:
    place = best_place(trace)
    if place is None:
        return None
    state = EXACT if is_in_place(trace, place) else MOVED
    return Outcome(state, place, place + len(trace.quotation.exact), 1.0)


def _surviving(trace: Trace) -> Outcome | None:
    whole, bare = surviving_spans(trace)
    return _likest(trace, whole, LIKE_IN_PLACE) or _likest(trace, bare, LIKE_IN_PLACE)


def _alike(trace: Trace, seeds: Seeds) -> Outcome | None:
    if trace.has_few_words:
        return None
    return _likest(trace, seeded_spans(trace, seeds), LIKE_ELSEWHERE)


def _likest(trace: Trace, spans: Iterable[Stretch], least: float) -> Outcome | None:
    exact, text = trace.quotation.exact, trace.new.text
    ranked = sorted((-at_most(exact, text[start:end]), start, end) for start, end in spans)
    for bound, start, end in ranked:
        if -bound < least:
            break
        # The very words would have been found before, had they been the ones that were quoted.
        if text[start:end] == exact or not trace.grounds.hold(start, end):
            continue
        found = similarity(exact, text[start:end])
        if found >= least:
            return Outcome(CHANGED, start, end, found)
    return None
