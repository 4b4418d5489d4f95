"""What a passage said and what it says, as HTML: what went is struck there, what came is marked
here."""

from collections.abc import Iterator
from html import escape

from forum.lib.rendering import trusted
from forum.posts.diffing import COME, GONE, SAME, Part, difference

_TAGS = {GONE: "del", COME: "ins"}


def then_html(then: str, now: str) -> str:
    return trusted("".join(_words(then, now, GONE)))


def now_html(then: str, now: str) -> str:
    return trusted("".join(_words(then, now, COME)))


def part_html(part: Part) -> str:
    """White space at its ends stays outside, so that two words never run together."""
    tag = _TAGS.get(part.kind)
    if tag is None or not part.text.strip():
        return escape(part.text)
    words = part.text.strip()
    before, after = part.text.split(words, 1) if part.text != words else ("", "")
    return f"{before}<{tag}>{escape(words)}</{tag}>{after}"


def _words(then: str, now: str, kind: str) -> Iterator[str]:
    for place, paragraph in enumerate(difference(then, now)):
        if place:
            yield " "
        for part in paragraph:
            if part.kind in (SAME, kind):
                yield part_html(part)
