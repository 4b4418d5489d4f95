"""An HTML tree, cleaned, as blocks of Markdown that show the same words."""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from django.utils.translation import gettext_noop
from markdownify import ATX, MarkdownConverter

from essays.manuscripts import escaping
from essays.manuscripts.pieces import Block, Doubt
from essays.manuscripts.words import shown_by
from forum.lib.markdown import without_hidden

EMPHASIS_LOST = gettext_noop("Its emphasis could not be kept.")
FORM_LOST = gettext_noop("Its form could not be kept: its words stand as plain lines.")

_HEADINGS = [f"h{rank}" for rank in range(1, 7)]
# What becomes one block of Markdown; any other that holds such is looked into.
_LEAVES = frozenset({"p", "ul", "ol", "table", "blockquote", "pre", "hr", *_HEADINGS})
_BLOCKS = _LEAVES | {
    "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "li",
    "main", "nav", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_EMPHASIS = ["b", "strong", "i", "em", "s", "del", "code", "kbd", "samp"]
_BARE_BAR = re.compile(r"(?<!\\)\|")
_FENCES = re.compile(r"`{3,}")


class _Converter(MarkdownConverter):
    def escape(self, text: str, parent_tags: set[str]) -> str:
        # A link within a link would be none.
        words = escaping.unlinked(text) if "a" in parent_tags else escaping.inline(text)
        return escaping.at_start(words)

    def convert_footnote_reference(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return el.get_text()

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """As the library does it, with an address that may hold brackets."""
        words = " ".join(text.split())
        if not words or "_noformat" in parent_tags:
            return text
        address = str(el["href"]).replace("<", "%3C").replace(">", "%3E")
        link = f"<{address}>" if el.get_text() == address else f"[{words}](<{address}>)"
        return f"{' ' * text[:1].isspace()}{link}{' ' * text[-1:].isspace()}"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        longest = max((len(run) for run in _FENCES.findall(text)), default=2)
        fence = "`" * (longest + 1)
        return f"\n\n{fence}\n{text.strip(chr(10))}\n{fence}\n\n" if text.strip() else ""

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = _BARE_BAR.sub(r"\\|", " ".join(text.split()))
        return f" {words} |" + " |" * (int(str(el.get("colspan", "1"))) - 1)

    convert_th = convert_td


_converter = _Converter(heading_style=ATX, bullets="-", wrap=True, wrap_width=None)


def blocks_of(element: Tag, soup: BeautifulSoup) -> list[tuple[Tag, Block, list[Doubt]]]:
    """Each outermost block with its tag, and what could not be carried over."""
    found: list[tuple[Tag, Block, list[Doubt]]] = []
    line = element.sourceline or 1
    for tag in _leaves(element, _holders(element), soup):
        line = tag.sourceline or line
        words = tag.get_text()
        if tag.name != "hr" and not words.strip() and tag.find("img") is None:
            continue
        source = _markdown(tag)
        if source:
            found.append((tag, Block(source, line, line + words.rstrip().count("\n")), []))
    shown = shown_by([block.source for _, block, _ in found])
    for (tag, block, doubts), seen in zip(found, shown, strict=True):
        if seen != _bare(tag.get_text()):
            block.source, doubt = _second_try(tag)
            doubts.append(Doubt(doubt, block.first))
    return found


def _holders(element: Tag) -> set[int]:
    """All that hold a block, however deep."""
    found: set[int] = set()
    for tag in element.find_all(_BLOCKS):
        for parent in tag.parents:
            if id(parent) in found:
                break
            found.add(id(parent))
    return found


def _leaves(element: Tag, holders: set[int], soup: BeautifulSoup) -> Iterator[Tag]:
    inline: list[PageElement] = []
    for child in list(element.children):
        is_block = isinstance(child, Tag) and (child.name in _BLOCKS or id(child) in holders)
        if not is_block:
            inline.append(child)
            continue
        yield from _paragraphs(inline, soup)
        inline = []
        if isinstance(child, Tag):
            if child.name in _LEAVES and not (child.name == "p" and id(child) in holders):
                yield child
            else:
                yield from _leaves(child, holders, soup)
    yield from _paragraphs(inline, soup)


def _paragraphs(inline: Iterable[PageElement], soup: BeautifulSoup) -> Iterator[Tag]:
    """Words outside any block; two line breaks in a row part them."""
    members: list[PageElement] = []
    breaks = 0
    for element in inline:
        is_break = isinstance(element, Tag) and element.name == "br"
        is_blank = isinstance(element, NavigableString) and not element.strip()
        breaks = breaks + 1 if is_break else breaks if is_blank else 0
        members.append(element)
        if breaks > 1:
            yield _paragraph(members, soup)
            members, breaks = [], 0
    if not all(isinstance(member, NavigableString) and not member.strip() for member in members):
        yield _paragraph(members, soup)


def _paragraph(members: list[PageElement], soup: BeautifulSoup) -> Tag:
    tags = [member for member in members if isinstance(member, Tag)]
    line = next((tag.sourceline for tag in tags if tag.sourceline), None)
    paragraph = soup.new_tag("p", sourceline=line)
    for member in members:
        paragraph.append(member.extract())
    return paragraph


def _markdown(tag: Tag) -> str:
    return _converter.convert_soup(tag).strip("\n").rstrip()


def _second_try(tag: Tag) -> tuple[str, str]:
    """Markdown that shows the same words, and what was lost on the way to it."""
    for inner in tag.find_all(_EMPHASIS):
        inner.unwrap()
    tag.smooth()
    source = _markdown(tag)
    if shown_by([source]) == [_bare(tag.get_text())]:
        return source, EMPHASIS_LOST
    lines = [" ".join(line.split()) for line in tag.get_text("\n").split("\n")]
    return escaping.paragraph([line for line in lines if line]), FORM_LOST


def _bare(words: str) -> str:
    return "".join(without_hidden(words).split())
