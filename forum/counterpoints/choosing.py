"""Which words of a paragraph a reader has chosen. Plain Python: no tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

NOT_ADJACENT = _("Choose sentences that stand next to each other.")
NONE_CHOSEN = _("Choose at least one sentence.")
NOT_FOUND = _("These words do not stand in this paragraph any more. Choose again.")
NOT_ONCE = _("These words stand here more than once. Choose the sentences instead.")

NO_SUCH_WORDS = _(
    "Choose a first word of this paragraph, and a last one that does not come before it."
)

LONGEST_QUERY = 1_100
_WORD = re.compile(r"\S+")


class Unchosen(ValueError):  # noqa: N818 — it is an answer, not a fault
    """The choice is none; the text is fit to show."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Selected words with what stands around them, as a script sends them."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    def bounded(self) -> "Quotation":
        """What stands nearest to the words tells them apart; a book on either side only costs."""
        return Quotation(
            self.exact[:LONGEST_QUERY], self.prefix[-LONGEST_QUERY:], self.suffix[:LONGEST_QUERY]
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a revision: positions count in the whole text."""

    number: int
    start: int
    text: str
    sentences: Sequence[Sequence[int]]

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def words(self, start: int, end: int) -> str:
        return self.text[start - self.start : end - self.start]

    def of_sentences(self, numbers: Sequence[int]) -> tuple[int, int]:
        """From the first to the last of them, counted from 1."""
        chosen = sorted({number for number in numbers if 0 < number <= len(self.sentences)})
        if not chosen:
            raise Unchosen(NONE_CHOSEN)
        if chosen[-1] - chosen[0] + 1 != len(chosen):
            raise Unchosen(NOT_ADJACENT)
        return self.sentences[chosen[0] - 1][0], self.sentences[chosen[-1] - 1][1]

    def all_words(self) -> list[tuple[int, int]]:
        """Where each stands in the whole text, with the signs that touch it."""
        return [
            (self.start + found.start(), self.start + found.end())
            for found in _WORD.finditer(self.text)
        ]

    def of_words(self, first: int, last: int) -> Quotation:
        """From one word to another, counted from 1: as they would be selected."""
        places = self.all_words()
        if not 0 < first <= last <= len(places):
            raise Unchosen(NO_SUCH_WORDS)
        start, end = places[first - 1][0], places[last - 1][1]
        before, after = self.words(self.start, start), self.words(end, self.end)
        return Quotation(self.words(start, end), before, after).bounded()

    def of_quotation(self, quoted: Quotation) -> tuple[int, int]:
        """Where the words stand; of several places, the only one with the same surroundings."""
        quoted = quoted.bounded()
        words = quoted.exact.split()
        if not words:
            raise Unchosen(NONE_CHOSEN)
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        places = [match.span() for match in pattern.finditer(self.text)]
        if len(places) > 1:
            places = [place for place in places if self._is_between(place, quoted)]
            if len(places) != 1:
                raise Unchosen(NOT_ONCE)
        if not places:
            raise Unchosen(NOT_FOUND)
        start, end = places[0]
        return self.start + start, self.start + end

    def _is_between(self, place: tuple[int, int], quoted: Quotation) -> bool:
        before, after = _folded(self.text[: place[0]]), _folded(self.text[place[1] :])
        return before.endswith(_folded(quoted.prefix)) and after.startswith(_folded(quoted.suffix))


def _folded(words: str) -> str:
    return " ".join(words.split())
