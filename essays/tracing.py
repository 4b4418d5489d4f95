"""A quotation on its way from an old text to a new one: what both texts tell about it."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from essays.grounds import Grounds
from essays.text_diff import NOWHERE, TextDiff
from essays.words import number_of_words

# A quotation of fewer words may stand anywhere by chance.
FEW_WORDS = 4
# Of what stands in its place.
LIKE_IN_PLACE = 0.50


@dataclass(frozen=True, slots=True)
class Quotation:
    """W3C's TextQuoteSelector as first made, and where it stood in the old text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def similarity(quotation: str, words: str) -> float:
    if quotation == words:
        return 1.0
    return SequenceMatcher(None, quotation, words, autojunk=False).ratio()


def at_most(quotation: str, words: str) -> float:
    """Never less than their similarity, and found far more quickly.

    It counts the longest row of letters that stands in both. What difflib finds is such a row too,
    if not always the longest.
    """
    return fuzz.ratio(quotation, words) / 100


def is_like(quotation: str, words: str, least: float) -> bool:
    return at_most(quotation, words) >= least and similarity(quotation, words) >= least


class Trace:
    """The pieces of the old text from `first` to before `last` are the passage."""

    def __init__(self, quotation: Quotation, diff: TextDiff, grounds: Grounds) -> None:
        self.quotation, self.diff, self.grounds = quotation, diff, grounds
        self.old, self.new = diff.old, diff.new
        self.first, self.last = self.old.within(quotation.start, quotation.end)

    @cached_property
    def has_few_words(self) -> bool:
        return number_of_words(self.quotation.exact) < FEW_WORDS

    @cached_property
    def is_small_part(self) -> bool:
        """Of its sentence: what stands around it tells then whether it is itself."""
        sentence = self.old.sentence_of(self.first)
        part = self.old.letters(self.first, self.last)
        return 2 * part < self.old.letters(*sentence)

    @cached_property
    def gap(self) -> tuple[int, int]:
        """The pieces of the new text between what stood nearest before it and nearest after it."""
        before, after = self.diff.before[self.first], self.diff.after[self.last]
        return (
            0 if before == NOWHERE else self.diff.to_new[before] + 1,
            self.diff.to_new[after] if after < len(self.old) else len(self.new),
        )

    def start_of(self, piece: int) -> int:
        """Where a piece of the passage that stayed begins now; it may have only a part of it."""
        cut = max(0, self.quotation.start - self.old.starts[piece])
        return self.new.starts[self.diff.to_new[piece]] + cut

    def end_of(self, piece: int) -> int:
        cut = max(0, self.old.ends[piece] - self.quotation.end)
        return self.new.ends[self.diff.to_new[piece]] - cut

    def is_in_a_like_sentence(self, piece: int) -> bool:
        """Whether the sentence around that piece of the new text is like the one it was in."""
        before = self.old.said(*self.old.sentence_of(self.first))
        now = self.new.said(*self.new.sentence_of(piece))
        return is_like(before, now, LIKE_IN_PLACE)
