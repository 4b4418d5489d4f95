"""Where a passage stands after a revision. Plain Python: no tables.

The rule: the whole passage in one unchanged run is exact; else the very words elsewhere are moved;
else what survived of it, or what is much like it, is changed; else it is orphaned. The measure is
always the quotation as first made, so that small changes never add up, and a revert heals it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from essays.text_diff import TextDiff
from essays.whole_words import WORD, common_length, is_whole, places_of, seeds_of

_SENTENCE_END = re.compile(r"([.!?…][\"'”’»)\]]*)\s")

EXACT, MOVED, CHANGED, ORPHANED = "exact", "moved", "changed", "orphaned"

# Of what survives in its place, and of what is only like it.
LIKE_IN_PLACE = 0.50
LIKE_ELSEWHERE = 0.75
# A quotation of fewer words may stand anywhere by chance.
FEW_WORDS = 4
# Of a seed so many places are looked at; a phrase that stands oftener tells nothing.
PLACES_OF_A_SEED = 20
# In percent: a stretch of a paragraph that is less like it is not looked at closer.
ALIGNED = 65
# So much of the quotation's words must have survived, before what stands around them is counted.
SURVIVING_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Quotation:
    """W3C's TextQuoteSelector as first made, and where it stood in the old text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where it stands in the new text, and how like its words there are to it, 0 to 1."""

    state: str
    start: int | None = None
    end: int | None = None
    similarity: float | None = None


LOST = Outcome(ORPHANED)


def lies_in_a_paragraph(blocks: Sequence[dict[str, Any]], start: int, end: int) -> bool:
    """Whether a passage may stand there: within one block, and one that can be argued with."""
    return any(
        block["number"] is not None and block["start"] <= start < end <= block["end"]
        for block in blocks
    )


def similarity(quotation: str, words: str) -> float:
    if quotation == words:
        return 1.0
    return SequenceMatcher(None, quotation, words, autojunk=False).ratio()


def _bound(quotation: str, words: str) -> float:
    """Never less than their similarity, and much cheaper to find.

    It counts the longest sequence of characters that both have in common; difflib's matching blocks
    are such a sequence, and not always the longest.
    """
    return fuzz.ratio(quotation, words) / 100


class Carrier:
    """Carries passages from one text to another over one shared comparison of the two."""

    def __init__(self, old: str, new: str, blocks: Sequence[dict[str, Any]] | None = None) -> None:
        """Without `blocks`, what lies between blank lines is a paragraph."""
        self.diff = TextDiff(old, new)
        self.old, self.new = old, new
        self.is_plain = blocks is None
        self.paragraphs = list(_of_blocks(blocks) if blocks is not None else _of_text(new))
        self._starts = [start for start, _ in self.paragraphs]

    def carry_all(self, quotations: Iterable[Quotation]) -> list[Outcome]:
        return [self.carry(quotation) for quotation in quotations]

    def carry(self, quotation: Quotation) -> Outcome:
        return (
            self._unchanged(quotation)
            or self._moved(quotation)
            or self._surviving(quotation)
            or self._alike(quotation)
            or LOST
        )

    def _unchanged(self, quotation: Quotation) -> Outcome | None:
        run = self.diff.run_at(quotation.start)
        if run is None or quotation.end > run.old + run.length:
            return None
        start = quotation.start - run.old + run.new
        end = start + quotation.end - quotation.start
        # In a plain text nobody argues with headings, and whoever quoted two paragraphs meant both.
        if not self.is_plain and not self._fits(start, end):
            return None
        words = self.new[start:end]
        if words == quotation.exact:
            return Outcome(EXACT, start, end, 1.0)
        return self._healed(quotation, start, end) or Outcome(
            CHANGED, start, end, similarity(quotation.exact, words)
        )

    def _healed(self, quotation: Quotation, start: int, end: int) -> Outcome | None:
        """What stood beside a changed passage may be what it had lost: then it is whole again."""
        length = len(quotation.exact)
        around = self.new[max(0, start - length) : end + length]
        for place in places_of(quotation.exact, around):
            first = max(0, start - length) + place
            if first < end and start < first + length and self._fits(first, first + length):
                return Outcome(EXACT, first, first + length, 1.0)
        return None

    def _moved(self, quotation: Quotation) -> Outcome | None:
        """The very words elsewhere; or again where they were first, as after a revert."""
        found = [
            (self._agreement(quotation, start), -self._distance(quotation, start), -start)
            for start in places_of(quotation.exact, self.new)
            if self._fits(start, start + len(quotation.exact))
        ]
        if len(quotation.exact.split()) < FEW_WORDS:
            found = [each for each in found if each[0] > 0]
        if not found:
            return None
        start = -max(found)[2]
        state = EXACT if self._is_in_place(quotation, start) else MOVED
        return Outcome(state, start, start + len(quotation.exact), 1.0)

    def _is_in_place(self, quotation: Quotation, start: int) -> bool:
        """Whether it still stands beside what it stood beside."""
        end = start + len(quotation.exact)
        return self.diff.after(quotation.start) == start or self.diff.before(quotation.end) == end

    def _agreement(self, quotation: Quotation, start: int) -> int:
        """So many code points around it are those that stood around it first, in whole words."""
        end = start + len(quotation.exact)
        before = self.new[max(0, start - len(quotation.prefix)) : start]
        after = self.new[end : end + len(quotation.suffix)]
        return common_length(quotation.prefix.split()[::-1], before.split()[::-1]) + common_length(
            quotation.suffix.split(), after.split()
        )

    def _distance(self, quotation: Quotation, start: int) -> int:
        return abs(start - self._expected(quotation.start))

    def _expected(self, place: int) -> int:
        """About where a place of the old text would stand now."""
        at = bisect_right([run.old for run in self.diff.runs], place) - 1
        if at < 0:
            return place
        run = self.diff.runs[at]
        return run.new + min(place - run.old, run.length)

    def _surviving(self, quotation: Quotation) -> Outcome | None:
        """From its first word that survived to its last, or to where its neighbours stand."""
        runs = list(self.diff.within(quotation.start, quotation.end))
        words = [words for run in runs if (words := self._whole_words(run.new, run.length))]
        if not words:
            return None
        first, last = words[0][0], words[-1][1]
        starts, ends = [first], [last]
        survived = sum(len(self.new[start:end].split()) for start, end in words)
        if survived >= SURVIVING_SHARE * len(quotation.exact.split()):
            # What was put in the place of its first and last words belongs to it, as far as the
            # sentence goes.
            starts += self._sentence_starts(self.diff.after(quotation.start), first)
            ends += self._sentence_ends(last, self.diff.before(quotation.end))
        whole = self._best(quotation, {(starts[-1], ends[-1])}, LIKE_IN_PLACE)
        spans = {(start, end) for start in starts for end in ends}
        return whole or self._best(quotation, spans, LIKE_IN_PLACE)

    def _sentence_starts(self, start: int | None, first: int) -> list[int]:
        if start is None or start > first:
            return []
        return [match.end() for match in _SENTENCE_END.finditer(self.new, start, first)][-1:] or [
            start
        ]

    def _sentence_ends(self, last: int, end: int | None) -> list[int]:
        if end is None or end < last:
            return []
        found = _SENTENCE_END.search(self.new, last - 1, end + 1)
        return [found.end(1) if found else end]

    def _whole_words(self, start: int, length: int) -> tuple[int, int] | None:
        """What is left of a run without the white space and the parts of words at its ends."""
        found = [
            (match.start(), match.end())
            for match in WORD.finditer(self.new, start, start + length)
            if is_whole(self.new, *match.span()) and any(map(str.isalnum, match[0]))
        ]
        return (found[0][0], found[-1][1]) if found else None

    def _alike(self, quotation: Quotation) -> Outcome | None:
        """Around any three words of it that stand anywhere."""
        blocks = {
            self._paragraph_at(place)
            for seed in seeds_of(quotation.exact)
            for place in self._places_of_seed(seed)
        }
        spans = {
            span
            for block in blocks
            if block is not None
            for span in self._aligned(quotation.exact, *block)
        }
        return self._best(quotation, spans, LIKE_ELSEWHERE)

    def _places_of_seed(self, seed: str) -> list[int]:
        found = []
        for place in places_of(seed, self.new):
            found.append(place)
            if len(found) > PLACES_OF_A_SEED:
                return []
        return found

    def _aligned(self, exact: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretch of a paragraph that is most like it, by whole words."""
        paragraph = self.new[start:end]
        if len(paragraph) <= len(exact):
            yield start, end
            return
        found = fuzz.partial_ratio_alignment(exact, paragraph, score_cutoff=ALIGNED)
        if found is None:
            return
        words = [(match.start(), match.end()) for match in WORD.finditer(paragraph)]
        inside = [word for word in words if word[1] > found.dest_start and word[0] < found.dest_end]
        for drop_first in (0, 1):
            for drop_last in (0, 1):
                kept = inside[drop_first : len(inside) - drop_last]
                if kept:
                    yield start + kept[0][0], start + kept[-1][1]

    def _best(
        self, quotation: Quotation, spans: Iterable[tuple[int, int]], least: float
    ) -> Outcome | None:
        bounds = sorted(
            (
                (_bound(quotation.exact, self.new[start:end]), start, end)
                for start, end in spans
                if self._fits(start, end)
            ),
            key=lambda each: (-each[0], each[1], each[2]),
        )
        best: Outcome | None = None
        for bound, start, end in bounds:
            if bound < max(least, (best and best.similarity) or 0):
                break
            like = similarity(quotation.exact, self.new[start:end])
            if like >= least and like > ((best and best.similarity) or 0):
                best = Outcome(CHANGED, start, end, like)
        return best

    def _fits(self, start: int, end: int) -> bool:
        block = self._paragraph_at(start)
        return block is not None and start < end <= block[1]

    def _paragraph_at(self, place: int) -> tuple[int, int] | None:
        at = bisect_right(self._starts, place) - 1
        if at < 0 or place >= self.paragraphs[at][1]:
            return None
        return self.paragraphs[at]


def _of_blocks(blocks: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    return ((block["start"], block["end"]) for block in blocks if block["number"] is not None)


def _of_text(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n\s*\n|\Z", text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
