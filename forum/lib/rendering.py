"""The one family of functions that makes HTML of what people write, and the only one trusted to.

Markdown within limits, then a cleaner with a short list of what may stay, then our own look at
every address that is left.
"""

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import bleach
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it.token import Token

from forum.lib import addresses, markdown
from forum.lib.html_text import (
    BLOCK_TAGS,
    Unit,
    texts_of,
    top_level_elements,
    units,
    visible_text,
)
from forum.lib.markdown import LINK_REL, Limits, Unrenderable
from forum.lib.media_names import FILE_FORM
from forum.lib.sentences import sentence_spans
from forum.lib.weaving import Span, weave

__all__ = [
    "ESSAY_LIMITS",
    "POST_LIMITS",
    "RENDERER_VERSION",
    "RenderedEssay",
    "RenderedPost",
    "Span",
    "Unrenderable",
    "data_block",
    "render_essay",
    "render_post",
    "trusted",
    "weave",
    "with_words",
]

# Stored beside all HTML made here: raise it whenever the same source would give other HTML.
RENDERER_VERSION = 3

POST_LIMITS = Limits(characters=10_000, links=20, blocks=1_000, cells=1_000)
# Essays are written by editors; the bounds only keep a slip from holding up the server.
ESSAY_LIMITS = Limits(characters=500_000, links=2_000, blocks=10_000, cells=20_000)

ALLOWED_TAGS = BLOCK_TAGS | {"a", "br", "code", "em", "img", "s", "strong", "sup"}
# What each attribute may say, whole. Addresses are judged by `addresses`.
ALLOWED_ATTRIBUTES = {
    "a": {
        "href": re.compile(r".+", re.DOTALL),
        "rel": re.compile(re.escape(LINK_REL)),
        "id": re.compile(r"fnref\d+(?:-\d+)?"),
        "class": re.compile(r"footnote-backref"),
        "role": re.compile(r"doc-(?:noteref|backlink)"),
        "aria-label": re.compile(re.escape(markdown.BACK)),
    },
    "h2": {"id": re.compile(r"h-[\w-]+")},
    "h3": {"id": re.compile(r"h-[\w-]+")},
    "img": {
        "src": re.compile(rf"/media/{FILE_FORM}"),
        "alt": re.compile(r".+", re.DOTALL),
        "srcset": re.compile(rf"/media/{FILE_FORM} \d+w(?:, /media/{FILE_FORM} \d+w)*"),
        "sizes": re.compile(re.escape(markdown.IMAGE_SIZES)),
        "width": re.compile(r"\d{1,4}"),
        "height": re.compile(r"\d{1,4}"),
        "loading": re.compile(r"lazy"),
        "decoding": re.compile(r"async"),
    },
    "li": {"id": re.compile(r"fn\d+"), "class": re.compile(r"footnote-item")},
    "ol": {"start": re.compile(r"\d{1,9}")},
    "section": {"class": re.compile(r"footnotes")},
    "sup": {"class": re.compile(r"footnote-ref")},
    "table": {"tabindex": re.compile(r"0")},
    "td": {"class": re.compile(r"align-(?:left|center|right)")},
    "th": {"class": re.compile(r"align-(?:left|center|right)")},
}
ALLOWED_PROTOCOLS = frozenset({"http", "https", "mailto"})

# No writer ends a tag: their ">" is escaped. So nothing that anybody wrote is taken for it.
_BACK_LINK = ' aria-label="{}">'

# Inside a string of JSON an escape means the same; outside, none of these ever stands.
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

_ADDRESS = re.compile(r"""\s(?:href|src)=(?:"([^"]*)"|'([^']*)')""")
_WITH_ADDRESSES = frozenset({"open", "void", "aside"})

_KINDS = {
    "p": "paragraph",
    "h2": "heading",
    "h3": "heading",
    "blockquote": "quote",
    "ul": "list",
    "ol": "list",
    "table": "table",
    "pre": "code",
    "section": "footnotes",
    "hr": "rule",
}
# Nobody argues with a heading or a line of code.
_NOT_CHALLENGED = frozenset({"heading", "code", "rule", "image"})


@dataclass(frozen=True, slots=True)
class RenderedPost:
    html: str
    text: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderedEssay:
    """`text` is what all positions count in; `blocks` are plain dicts, fit for JSON."""

    html: str
    text: str
    blocks: list[dict[str, Any]]


def render_post(source: str) -> RenderedPost:
    """A member's Markdown. Raises Unrenderable if it exceeds what a post may hold."""
    html, tokens, pieces = _render(source, POST_LIMITS, for_essay=False)
    text = "\n\n".join(filter(None, texts_of(pieces)))
    return RenderedPost(html, text, markdown.mentions(tokens))


def render_essay(source: str) -> RenderedEssay:
    """An editor's Markdown, with footnotes and images of our own, and its text by blocks."""
    html, _, _ = _render(source, ESSAY_LIMITS, for_essay=True)
    blocks = list(_blocks(html))
    text = "\n\n".join(filter(None, (block.pop("text") for block in blocks)))
    return RenderedEssay("\n".join(block["html"] for block in blocks), text, blocks)


def with_words(html: str) -> str:
    """An essay's stored HTML says one thing of our own, in English: here in the reader's words."""
    said = _BACK_LINK.format(escape(_(markdown.BACK)))
    return html.replace(_BACK_LINK.format(markdown.BACK), said)


def trusted(html: str) -> SafeString:
    """For HTML that was made here, or of parts that were: the one door past the escaping."""
    return mark_safe(html)


def data_block(data: Mapping[str, Any]) -> SafeString:
    """JSON for machines that read pages. Browsers never run it, so the policy lets it stand.

    No word in it can end it or begin a comment, and none is a line end to a script.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def is_allowed_attribute(tag: str, name: str, value: str) -> bool:
    form = ALLOWED_ATTRIBUTES.get(tag, {}).get(name)
    if form is None or not form.fullmatch(value):
        return False
    return addresses.is_allowed(value) if name in ("href", "src") else True


class _Bench(threading.local):
    """The tools, one set for each thread: neither the parser nor the cleaner may be shared."""

    def __init__(self) -> None:
        self.parsers = {wide: markdown.Parser(for_essay=wide) for wide in (False, True)}
        self.cleaner = bleach.Cleaner(
            tags=ALLOWED_TAGS,
            attributes=is_allowed_attribute,
            protocols=ALLOWED_PROTOCOLS,
            strip=True,
        )


_bench = _Bench()


def _render(
    source: str, limits: Limits, *, for_essay: bool
) -> tuple[str, Sequence[Token], list[Unit]]:
    source = markdown.without_hidden(source)
    markdown.check_size(source, limits)
    parser = _bench.parsers[for_essay]
    environment: dict[str, Any] = {}
    try:
        tokens = parser.parse(source, environment)
    except RecursionError:
        raise Unrenderable(_("This is nested too deeply.")) from None
    markdown.check_tokens(tokens, limits)
    markdown.tidy(tokens, for_essay=for_essay)
    html = parser.renderer.render(tokens, parser.options, environment)
    html = _bench.cleaner.clean(markdown.without_hidden(html)).strip()
    pieces = list(units(html))
    _check_addresses(pieces)
    return html, tokens, pieces


def _check_addresses(pieces: Iterable[Unit]) -> None:
    for unit in pieces:
        if unit.kind not in _WITH_ADDRESSES:
            continue
        for match in _ADDRESS.finditer(unit.raw):
            if not addresses.is_allowed(unescape(match[1] or match[2] or "")):
                raise Unrenderable(_("This holds an address that is not allowed here."))


def _blocks(html: str) -> Iterator[dict[str, Any]]:
    number = position = 0
    for tag, element in top_level_elements(html):
        text, breaks = visible_text(element)
        kind = _KINDS[tag] if text or tag == "hr" else "image"
        challenged = bool(text) and kind not in _NOT_CHALLENGED
        number += challenged
        start = position + 2 if text and position else position
        position = start + len(text)
        sentences = sentence_spans(text, breaks) if challenged else []
        named = re.match(r'<h(\d) id="([^"]*)"', element) if kind == "heading" else None
        yield {
            "kind": kind,
            "number": number if challenged else None,
            "id": named[2] if named else None,
            "level": int(named[1]) if named else None,
            "start": start,
            "end": position,
            "html": element,
            "sentences": [[start + first, start + last] for first, last in sentences],
            "text": text,
        }
