"""A few words around what was found, with what was found marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from forum.lib.folding import fold
from forum.lib.rendering import trusted
from forum.search.query import WORD, Term, finder

SNIPPET_LENGTH = 240
# What stands before the first match: enough to see what it belongs to.
LEAD_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Snippet:
    html: str
    has_match: bool


def snippet(text: str, terms: Iterable[Term], length: int = SNIPPET_LENGTH) -> Snippet:
    """The text around its first match, or its beginning."""
    terms = tuple(terms)
    found = _first(text, terms)
    start, end = _window(text, found or 0, length)
    before, after = "… " if start else "", " …" if end < len(text.rstrip()) else ""
    inner = "".join(
        f"<mark>{escape(piece)}</mark>" if is_marked else escape(piece)
        for piece, is_marked in _pieces(text[start:end], terms)
    )
    return Snippet(trusted(f"{before}{inner}{after}"), found is not None)


def _first(text: str, terms: tuple[Term, ...]) -> int | None:
    """Where the first match begins. Looks for plain letters first, which is quick."""
    lowered = text.lower()
    if terms and len(lowered) == len(text):
        match = finder(terms).search(lowered)
        if match:
            return match.start()
    return next((start for start, _ in _spans(text, terms)), None)


def _spans(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, int]]:
    """Where terms occur, whatever the capitals and accents; first to last, never overlapping."""
    if not terms:
        return iter(())
    if text.isascii():
        # There is nothing to fold.
        return (match.span() for match in finder(terms).finditer(text.lower()))
    return _folded_spans(text, terms)


def _folded_spans(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    words: list[str] = []
    for match in WORD.finditer(text):
        for word in _folded(match[0]):
            places.append(match.span())
            words.append(word)
    end = 0
    beginnings = {term.words[0] for term in terms}
    for at, (start, _) in enumerate(places):
        if start < end or words[at] not in beginnings:
            continue
        size = max((len(t.words) for t in terms if _stands_at(words, at, t)), default=0)
        if size:
            end = places[at + size - 1][1]
            yield start, end


def _folded(word: str) -> list[str]:
    # Most words have nothing to take apart, and folding them all would be most of a page's cost.
    return [word.lower()] if word.isascii() else WORD.findall(fold(word))


def _stands_at(words: list[str], at: int, term: Term) -> bool:
    return tuple(words[at : at + len(term.words)]) == term.words


def _window(text: str, found: int, length: int) -> tuple[int, int]:
    """About `length` characters from a little before `found`, cut between words."""
    start = max(0, min(found - LEAD_LENGTH, len(text) - length))
    if start:
        gap = text.find(" ", start, found)
        start = gap + 1 if gap >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        gap = text.rfind(" ", max(start + length // 2, found), end)
        end = gap if gap >= 0 else end
    return start, end


def _pieces(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[str, bool]]:
    done = 0
    for start, end in _spans(text, terms):
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False
