"""From Markdown to HTML that is bounded but not yet cleaned; `rendering` cleans it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from forum.lib import addresses
from forum.lib.folding import fold
from forum.lib.media_names import image_at
from forum.lib.nouns import digits

# Deeper is no argument but an attack: cleaning takes quadratic time on deep lists.
MAX_NESTING = 6
LINK_REL = "nofollow ugc noopener"
# The column of an essay, as essay.css sets it.
IMAGE_SIZES = "(min-width: 44rem) 40rem, 92vw"
# What a footnote's sign is to those who do not see it: said in other languages by `rendering`.
BACK = gettext_noop("Back to the text")


class Unrenderable(ValueError):  # noqa: N818 — it is said of the text, not of us
    """Its message is one sentence that can be shown to the writer."""


@dataclass(frozen=True, slots=True)
class Limits:
    characters: int
    links: int
    # Paragraphs, list items and the like: cleaning compares neighbours, and there may be many.
    blocks: int
    # A table of many columns makes a cell for each of them in every line below it.
    cells: int


_CONTAINERS = frozenset(
    f"{name}_{side}"
    for name in ("blockquote", "bullet_list", "ordered_list")
    for side in ("open", "close")
)
_QUOTATION = frozenset({"blockquote_open", "blockquote_close"})
_LINK = frozenset({"link_open", "link_close"})
_DELIMITER_MARKS = " \t>*+-0123456789.):|"
_ALIGNMENTS = {"left", "center", "right"}
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROL_SPACE = re.compile("[\x0b\x0c\x1c-\x1f]")
# Controls, surrogates, the byte order mark, overrides of direction, and what is no character.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufeff\u202d\u202e\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_MENTION = re.compile(r"(?<![\w.+@/-])@([\w.-]{1,150})(?![\w.@-])")


class Parser(MarkdownIt):
    """Not safe to share between threads: the finder of bare addresses keeps notes in itself."""

    def __init__(self, *, for_essay: bool) -> None:
        super().__init__("commonmark", {"html": False, "linkify": True, "xhtmlOut": False})
        self.enable(["table", "strikethrough", "linkify"])
        # They find nothing without the option, and would be asked at every line and sign.
        self.disable(["html_block", "html_inline"])
        # Only what says http:// becomes a link by itself: "e.g.so" and "a@b.org" stay as written.
        if self.linkify:
            self.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        if for_essay:
            self.use(footnote_plugin)
            for rule in (_footnote_ref, _footnote_anchor, _footnote_block_open):
                self.add_render_rule(rule.__name__[1:], rule)
        else:
            self.disable("image")

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return "" if addresses.is_odd(url) else super().normalizeLink(url)

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return addresses.is_allowed(url)


def without_hidden(text: str) -> str:
    """Without the characters that nobody types on purpose: they hide or reverse other text."""
    return _HIDDEN.sub("", _CONTROL_SPACE.sub(" ", _LINE_END.sub("\n", text)))


def check_size(source: str, limits: Limits) -> None:
    """What can be refused before any parsing."""
    if len(source) > limits.characters:
        raise Unrenderable(
            _("This is too long: %(characters)s characters at most.")
            % {"characters": digits(limits.characters)}
        )
    # Finding bare addresses takes quadratic time where they touch each other.
    if source.count("://") > 2 * limits.links:
        raise Unrenderable(
            _("There may be %(links)s links at most.") % {"links": digits(limits.links)}
        )
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if "-" in line and not line.strip(_DELIMITER_MARKS):
            columns = line.count("|") + 1
            if columns > 1 and columns * _lines_until_blank(lines, number) > limits.cells:
                raise Unrenderable(
                    _("A table may have %(cells)s cells at most.") % {"cells": digits(limits.cells)}
                )


def _lines_until_blank(lines: list[str], start: int) -> int:
    number = start
    while number < len(lines) and lines[number].strip():
        number += 1
    return number - start


def check_tokens(tokens: Sequence[Token], limits: Limits) -> None:
    if _depth([token for token in tokens if token.type in _CONTAINERS]) > MAX_NESTING:
        raise Unrenderable(
            _("Quotations and lists may be nested %(max_nesting)s deep at most.")
            % {"max_nesting": MAX_NESTING}
        )
    opened = [token for token in tokens if token.nesting == 1 and token.type[0] != "t"]
    if len(opened) > limits.blocks:
        raise Unrenderable(
            _("There may be %(blocks)s paragraphs and list items at most.")
            % {"blocks": digits(limits.blocks)}
        )
    links = 0
    for token in tokens:
        children = token.children
        if not children:
            continue
        if _depth(children) > MAX_NESTING:
            raise Unrenderable(
                _("Emphasis may be nested %(max_nesting)s deep at most.")
                % {"max_nesting": MAX_NESTING}
            )
        links += [child.type for child in children].count("link_open")
    if links > limits.links:
        raise Unrenderable(
            _("There may be %(links)s links at most.") % {"links": digits(limits.links)}
        )


def _depth(tokens: Sequence[Token]) -> int:
    # `max`, or a generator, would be called once more for each token of every post.
    deepest = depth = 0
    for token in tokens:
        depth += token.nesting
        if depth > deepest:  # noqa: PLR1730
            deepest = depth
    return deepest


def mentions(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Names after an @, each once, in order; none from code, links, addresses or quotations."""
    found: dict[str, None] = {}
    quotations = 0
    for token in tokens:
        quotations += token.nesting if token.type in _QUOTATION else 0
        inside_link = 0
        # Whoever quotes a post calls nobody whom it called.
        for child in () if quotations else token.children or ():
            inside_link += child.nesting if child.type in _LINK else 0
            if child.type == "text" and "@" in child.content and not inside_link:
                # A full stop after a name belongs to the sentence.
                names = (name.rstrip(".-") for name in _MENTION.findall(child.content))
                found.update(dict.fromkeys(filter(None, names)))
    return tuple(found)


def tidy(tokens: Sequence[Token], *, for_essay: bool) -> None:
    """Change the tokens to what our pages hold: marked links, our headings, no inline style."""
    for token in tokens:
        _tidy_block(token)
        if token.children:
            token.children = list(_without_empty_links(token.children))
        for child in token.children or []:
            if child.type == "link_open":
                child.attrs = {"href": child.attrs["href"], "rel": LINK_REL}
            elif child.type == "image":
                _dress_image(child)
    _tidy_headings(tokens, for_essay=for_essay)


def _tidy_block(token: Token) -> None:
    if token.type in ("th_open", "td_open"):
        _turn_style_into_class(token)
    elif token.type == "table_open":
        # It may be wider than the page, and is scrolled by keyboard as well.
        token.attrs = {"tabindex": "0"}
    elif token.type == "fence":
        token.info = ""


def _without_empty_links(children: Sequence[Token]) -> Iterator[Token]:
    """What leads nowhere is no link: its words stay."""
    leaving_out = False
    for child in children:
        if child.type == "link_open" and not child.attrs["href"]:
            leaving_out = True
        elif child.type == "link_close" and leaving_out:
            leaving_out = False
        else:
            yield child


def _turn_style_into_class(token: Token) -> None:
    alignment = str(token.attrs.get("style", "")).removeprefix("text-align:")
    token.attrs = {"class": f"align-{alignment}"} if alignment in _ALIGNMENTS else {}


def _dress_image(token: Token) -> None:
    """With all that a browser has to know to keep its place and to choose a width."""
    image = image_at(str(token.attrs["src"]))
    if image is None:
        raise Unrenderable(
            _("An image must be one of this site's own: its address begins with /media/.")
        )
    if not says_something("".join(child.content for child in token.children or [])):
        raise Unrenderable(
            _("Say what the image shows, for whoever cannot see it: ![a few words](%(address)s).")
            % {"address": image.address}
        )
    # The renderer puts the words in their place.
    token.attrs = {"src": image.address, "alt": ""}
    if image.sources:
        token.attrs |= {"srcset": image.sources, "sizes": IMAGE_SIZES}
    token.attrs |= {
        "width": image.width, "height": image.height, "loading": "lazy", "decoding": "async",
    }  # fmt: skip


def says_something(words: str) -> bool:
    """Whether there is a letter, a digit or a sign in it, not marks and spaces alone."""
    return any(unicodedata.category(char)[0] in "LNS" for char in words)


def _tidy_headings(tokens: Sequence[Token], *, for_essay: bool) -> None:
    """An essay's own headings become h2 and h3; all others would break the page's outline."""
    places = list(_headings(tokens))
    top = min((tokens[place].tag for place, depth in places if depth == 0), default="h1")
    taken: dict[str, int] = {}
    for place, depth in places:
        opening, inline, closing = tokens[place : place + 3]
        if for_essay and depth == 0:
            opening.tag = closing.tag = "h2" if opening.tag == top else "h3"
            opening.attrs = {"id": _heading_id(inline, taken)}
        else:
            opening.tag = closing.tag = "p"
            if not inline.children:
                continue
            begin, end = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
            inline.children = [begin, *inline.children, end]


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The place of each heading, and how many other blocks it stands in."""
    depth = 0
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield place, depth
        depth += token.nesting


def _heading_id(inline: Token, taken: dict[str, int]) -> str:
    """Made of the words; the second of the same name ends in --2, as no words of its own can."""
    words = "".join(child.content for child in inline.children or [])
    slug = re.sub(r"[\W_]+", "-", fold(words))[:60].strip("-") or "part"
    taken[slug] = taken.get(slug, 0) + 1
    return f"h-{slug}--{taken[slug]}" if taken[slug] > 1 else f"h-{slug}"


def _footnote_ref(
    _: RendererHTML, tokens: Sequence[Token], idx: int, __: OptionsDict, ___: EnvType
) -> str:
    meta = tokens[idx].meta
    number, again = meta["id"] + 1, f"-{meta['subId']}" if meta.get("subId", 0) > 0 else ""
    return (
        f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{number}{again}"'
        f' role="doc-noteref">{number}</a></sup>'
    )


def _footnote_anchor(
    _: RendererHTML, tokens: Sequence[Token], idx: int, __: OptionsDict, ___: EnvType
) -> str:
    meta = tokens[idx].meta
    number, again = meta["id"] + 1, f"-{meta['subId']}" if meta.get("subId", 0) > 0 else ""
    return (
        f' <a href="#fnref{number}{again}" class="footnote-backref" role="doc-backlink"'
        f' aria-label="{BACK}">↩</a>'
    )


def _footnote_block_open(
    _: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, _____: EnvType
) -> str:
    return '<section class="footnotes">\n<ol>\n'
