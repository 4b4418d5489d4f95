"""How wide words are, near enough to break a line of a picture. Plain Python."""

from functools import lru_cache
from unicodedata import combining, east_asian_width

# In ems of the serif face, by groups of letters that are about as wide.
_NARROW = frozenset("iljtfrI.,;:'’‘|!()[] /-")
_WIDE = frozenset("mwMWÆŒæœ—…%@")
NARROW, USUAL, CAPITAL, WIDE, FULL = 0.29, 0.53, 0.68, 0.85, 1.0


def width(text: str, size: float) -> float:
    return size * _sum(text)


@lru_cache(maxsize=8_192)
def _sum(text: str) -> float:
    """In ems: the words of an essay's claims are drawn again with each of its pictures."""
    return sum(map(_ems, text))


def _ems(letter: str) -> float:
    if letter in _NARROW:
        return NARROW
    if letter in _WIDE:
        return WIDE
    if letter < "\u0300":
        return CAPITAL if letter.isupper() else USUAL
    if combining(letter):
        return 0.0
    return FULL if east_asian_width(letter) in "WF" else USUAL


def broken(text: str, room: float, size: float, lines: int) -> list[str]:
    """The words in at most so many lines, none wider than the room; what is cut ends in "…"."""
    found: list[str] = []
    line, used, space = "", 0.0, width(" ", size)
    for word in text.split():
        for piece in _pieces(word, room, size):
            wide = width(piece, size)
            if line and used + space + wide > room:
                found.append(line)
                line, used = piece, wide
            elif line:
                line, used = f"{line} {piece}", used + space + wide
            else:
                line, used = piece, wide
            if len(found) == lines:
                return [*found[:-1], _cut(found[-1] + "…", room, size)]
    return [*found, line] if line else found


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word wider than a line, in pieces that are not."""
    if width(word, size) <= room:
        return [word]
    pieces, piece, used = [], "", 0.0
    for letter in word:
        wide = width(letter, size)
        if piece and used + wide > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    return [*pieces, piece]


def _cut(line: str, room: float, size: float) -> str:
    while len(line) > 1 and width(line, size) > room:
        line = line[:-2].rstrip() + "…"
    return line
