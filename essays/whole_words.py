"""Words of a text as wholes: where they stand, and what two texts begin with."""

import re
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\S+")
# So many words in a row tell a quotation from others.
SEED_WORDS = 3


def places_of(words: str, text: str) -> Iterator[int]:
    """Wherever they stand as words, not as a part of others: "art" in "parts"."""
    place = text.find(words)
    while place >= 0:
        if is_whole(text, place, place + len(words)):
            yield place
        place = text.find(words, place + 1)


def is_whole(text: str, start: int, end: int) -> bool:
    return not (
        (start and _is_cased(text[start - 1]) and _is_cased(text[start]))
        or (end < len(text) and _is_cased(text[end - 1]) and _is_cased(text[end]))
    )


def _is_cased(character: str) -> bool:
    """Scripts with capitals part their words by spaces; not all others do."""
    return character.isdigit() or character.lower() != character.upper()


def common_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The code points of the words that both begin with; a mark alone counts for nothing."""
    total = 0
    for word, same in zip(one, other, strict=False):
        if word != same:
            break
        total += len(word) if any(map(str.isalnum, word)) else 0
    return total


def seeds_of(exact: str) -> set[str]:
    words = [(match.start(), match.end()) for match in WORD.finditer(exact)]
    return {
        exact[words[at][0] : words[at + SEED_WORDS - 1][1]]
        for at in range(len(words) - SEED_WORDS + 1)
    }
