"""A text as the words and marks that it is made of, and the sentences that they make."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from forum.lib.sentences import sentence_spans

# Scripts that put no spaces between words: each letter counts as a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER_WORD = re.compile(rf"[{_UNSPACED}]")
_PIECE = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’][^\W{_UNSPACED}]+)*|[^\w\s]")


class Words:
    """A text in pieces: each word is one, and each mark. They are counted from 0."""

    def __init__(self, text: str) -> None:
        found = list(_PIECE.finditer(text))
        self.text = text
        self.pieces = [match[0] for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        # The piece with which each sentence begins, and the number of pieces.
        begins = {bisect_left(self.starts, start) for start, _ in sentence_spans(text)}
        self.edges = sorted({0, *begins, len(found)})
        self._letters = [0, *accumulate(len(each) * is_word(each) for each in self.pieces)]

    def __len__(self) -> int:
        return len(self.pieces)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The first piece of a stretch of the text, and the one after its last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def said(self, first: int, last: int) -> str:
        """The text from one piece to before another."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def letters(self, first: int, last: int) -> int:
        """In the words from one piece to before another; marks have none."""
        return self._letters[last] - self._letters[first]

    def sentence_of(self, piece: int) -> tuple[int, int]:
        at = bisect_right(self.edges, piece)
        return self.edges[at - 1], self.edges[at]

    def sentences(self) -> list[tuple[str, ...]]:
        edges = zip(self.edges, self.edges[1:], strict=False)
        return [tuple(self.pieces[first:last]) for first, last in edges]


def is_word(piece: str) -> bool:
    return piece[0].isalnum()


def number_of_words(text: str) -> int:
    return len(text.split()) + len(_LETTER_WORD.findall(text))


def places_of(words: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Wherever they stand as words, not as a part of others: "art" in "parts"."""
    place = text.find(words, start, end)
    while place >= 0:
        if is_whole(text, place, place + len(words)):
            yield place
        place = text.find(words, place + 1, end)


def is_whole(text: str, start: int, end: int) -> bool:
    return not (
        (start and _is_cased(text[start - 1]) and _is_cased(text[start]))
        or (end < len(text) and _is_cased(text[end - 1]) and _is_cased(text[end]))
    )


def _is_cased(character: str) -> bool:
    """Scripts with capitals part their words by spaces; not all others do."""
    return character.isdigit() or character.lower() != character.upper()
