"""What a passage said and what it says, as HTML: what went is struck there, what came is marked
here."""

from html import escape

from essays.text_changes import COME, GONE, SAME, Part, changes
from forum.lib.rendering import trusted

_TAGS = {GONE: "del", COME: "ins"}


def then_html(then: str, now: str) -> str:
    return _shown(then, now, GONE)


def now_html(then: str, now: str) -> str:
    return _shown(then, now, COME)


def part_html(part: Part) -> str:
    """White space at its ends stays outside, so that two words never run together."""
    tag, words = _TAGS.get(part.kind), part.text.strip()
    if tag is None or not words:
        return escape(part.text)
    before, _, after = part.text.partition(words)
    return f"{before}<{tag}>{escape(words)}</{tag}>{after}"


def _shown(then: str, now: str, kind: str) -> str:
    parts = (part for part in changes(then, now) if part.kind in (SAME, kind))
    return trusted("".join(part_html(part) for part in parts))
