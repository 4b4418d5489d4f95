"""The visible text of our own HTML, white space folded, and where each character stands in it.

Only HTML that `rendering` has cleaned comes here. Footnote marks are no part of the text: their
numbers change whenever a note is added above, and no quotation should change with them.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

BLOCK_TAGS = frozenset(
    {
        "blockquote",
        "h2",
        "h3",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
VOID_TAGS = frozenset({"br", "hr", "img"})
# A row of a table reads as one sentence, its cells do not.
_CELL_TAGS = frozenset({"td", "th"})
_DEEPER = {"open": 1, "close": -1}
ASIDE_CLASSES = ("footnote-ref", "footnote-backref")

_TAG = r"""<(?P<slash>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:[^"'<>]|"[^"]*"|'[^']*')*)>"""
# Words with one plain space between them read as they are written: together they are one piece.
_WORDS = r"[^\s<&]+(?: [^\s<&]+)*"
_LEXEME = re.compile(_TAG + rf"|(?P<entity>&(?:\#\w+|\w+);)|(?P<space>\s+)|{_WORDS}|[<&]")
_ASIDE = re.compile(rf"""\sclass="(?:{"|".join(ASIDE_CLASSES)})"(?=[\s/]|$)""")


class Unit(NamedTuple):
    """`shown` is what the unit adds to the folded text; tags and asides add nothing."""

    kind: str  # open, close, void, aside, space, entity, words
    raw: str
    shown: str = ""
    name: str = ""

    @property
    def is_block(self) -> bool:
        return self.name in BLOCK_TAGS


class VisibleText(NamedTuple):
    text: str
    breaks: list[int]


def units(html: str) -> Iterator[Unit]:
    """The pieces of the HTML in order; their `raw` joined is the HTML again."""
    after_space = True
    position = 0
    while match := _LEXEME.match(html, position):
        unit = _unit(match, after_space=after_space)
        if unit.kind == "open" and _ASIDE.search(match["rest"]):
            end = _end_of_element(html, match.start(), unit.name)
            unit = Unit("aside", html[position:end])
        if unit.shown:
            after_space = unit.kind == "space"
        position += len(unit.raw)
        yield unit


def visible_text(html: str) -> VisibleText:
    """The text, and the places where one block or row inside it ends and the next begins."""
    shown: list[str] = []
    breaks: list[int] = []
    length = 0
    for unit in units(html):
        if unit.is_block and unit.name not in _CELL_TAGS:
            breaks.append(length)
        shown.append(unit.shown)
        length += len(unit.shown)
    return VisibleText("".join(shown).rstrip(), sorted(set(breaks)))


def texts_of(pieces: Iterable[Unit]) -> Iterator[str]:
    """The text of each outermost element, as `visible_text` of it alone tells it."""
    depth = 0
    shown: list[str] = []
    for unit in pieces:
        if depth == 0 and unit.kind in ("open", "void"):
            shown.clear()
        depth += _DEEPER.get(unit.kind, 0)
        if unit.shown:
            shown.append(unit.shown)
        if depth == 0 and unit.kind in ("close", "void"):
            yield "".join(shown).strip()
            shown.clear()


def top_level_elements(html: str) -> Iterator[tuple[str, str]]:
    """Each outermost element: its tag's name and its HTML, the tag included."""
    depth = 0
    name = ""
    parts: list[str] = []
    for unit in units(html):
        if depth == 0 and unit.kind in ("open", "void"):
            name, parts = unit.name, []
        depth += _DEEPER.get(unit.kind, 0)
        parts.append(unit.raw)
        if depth == 0 and unit.kind in ("close", "void"):
            yield name, "".join(parts)


def _unit(match: re.Match[str], *, after_space: bool) -> Unit:
    raw, name = match[0], match["name"] or ""
    if name in VOID_TAGS:
        return Unit("void", raw, name=name)
    if name:
        return Unit("close" if match["slash"] else "open", raw, name=name)
    if match["space"]:
        return Unit("space", raw, "" if after_space else " ")
    if not match["entity"]:
        return Unit("words", raw, raw)
    shown = unescape(raw)
    if shown.isspace():
        return Unit("space", raw, "" if after_space else " ")
    return Unit("entity", raw, shown)


def _end_of_element(html: str, start: int, name: str) -> int:
    depth = 0
    same_tag = re.compile(rf"<(/?){name}(?=[\s/>])[^>]*>")
    for match in same_tag.finditer(html, start):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return len(html)
