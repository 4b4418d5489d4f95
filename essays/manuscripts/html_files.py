"""HTML cut into essays, by way of Markdown."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from essays.manuscripts.dividing import Part, divided
from essays.manuscripts.front_matter import FrontMatter
from essays.manuscripts.html_blocks import blocks_of
from essays.manuscripts.html_cleaning import Cleaner
from essays.manuscripts.html_notes import FoundNote, Notes
from essays.manuscripts.notes import without_references
from essays.manuscripts.pieces import BadManuscript, Doubt, Note, Piece
from forum.lib.nouns import digits

# Reading a page takes much longer than reading as many words.
MOST_TAGS = 30_000
MOST_LINKS = 6_000
# People nest a dozen deep, and programs that write for them a few dozen.
DEEPEST = 200
TITLE_OF_PAGE = gettext_noop("Its title was taken from the head of the page.")
HEADINGS_OF_ARTICLES = gettext_noop("The headings of its articles were taken as titles.")
_ENDS = {
    "<!--": "-->", "<script": "</script", "<style": "</style", "<textarea": "</textarea",
    "<title": "</title",
}  # fmt: skip


def cut(text: str, file: str = "") -> list[Piece]:
    soup = _parsed(text)
    doubts = _raise_headings_of_articles(soup)
    front = _said_in_the_head(soup)
    found = Notes(soup).taken_out()
    for note in found:
        # Where it is cleaned with all the rest.
        soup.append(note.holder)
    doubts += Cleaner(soup).clean()
    notes: list[Note] = []
    for note in found:
        notes += _definition(note, soup, doubts)
        note.holder.extract()
    parts = []
    for tag, block, lost in blocks_of(soup.body or soup, soup):
        doubts += lost
        rank = int(tag.name[1]) if re.fullmatch(r"h[1-6]", tag.name) else 0
        words = " ".join(without_references(tag.get_text()).split())
        parts.append(Part(block, rank, words))
    if not parts:
        raise BadManuscript(_("There is no text in it."))
    if any(part.rank == 1 for part in parts):
        front.title = ""
    elif front.title:
        doubts.append(Doubt(TITLE_OF_PAGE, front.first))
    return divided(parts, notes, doubts, front, file)


def _parsed(text: str) -> BeautifulSoup:
    if text.count("<") > MOST_TAGS:
        raise BadManuscript(
            _("There is too much markup in it: %(most_tags)s tags at most.")
            % {"most_tags": digits(MOST_TAGS)}
        )
    _refuse_what_never_ends(text)
    # Without a line's end, a text that is short might be taken for a file's name.
    soup = BeautifulSoup(f"{text}\n", "html.parser")
    _refuse_depth(soup)
    if len(soup.find_all(["a", "img"])) > MOST_LINKS:
        raise BadManuscript(
            _("There are too many links and images: %(most_links)s at most.")
            % {"most_links": digits(MOST_LINKS)}
        )
    return soup


def _refuse_what_never_ends(text: str) -> None:
    """All below would be taken for a script, or for no text at all."""
    small = text.lower()
    for opening, closing in _ENDS.items():
        last = small.rfind(opening)
        if last > small.rfind(closing):
            line = text.count("\n", 0, last) + 1
            raise BadManuscript(
                _("Line %(line)s: %(opening)s begins here and nothing ends it.")
                % {"line": digits(line), "opening": opening}
            )


def _refuse_depth(soup: BeautifulSoup) -> None:
    depths: dict[int, int] = {}
    for tag in soup.find_all():
        depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
        if depths[id(tag)] > DEEPEST:
            raise BadManuscript(
                _("Line %(line)s: this is nested too deeply.")
                % {"line": digits(tag.sourceline or 0)}
            )


def _raise_headings_of_articles(soup: BeautifulSoup) -> list[Doubt]:
    """A page of several articles without a title of its own: each begins at its heading."""
    articles = soup.find_all("article")
    if len(articles) < 2 or soup.find("h1"):  # noqa: PLR2004
        return []
    headings = [article.find(re.compile(r"h[2-6]")) for article in articles]
    for heading in headings:
        if heading is not None:
            heading.name = "h1"
    return [Doubt(HEADINGS_OF_ARTICLES)] if any(headings) else []


def _said_in_the_head(soup: BeautifulSoup) -> FrontMatter:
    front = FrontMatter()
    title = soup.find("title")
    if isinstance(title, Tag) and title.find_parent("svg") is None:
        front.first, front.title = title.sourceline or 0, " ".join(title.get_text().split())
    said = {
        str(meta.get("name") or "").lower(): " ".join(str(meta.get("content") or "").split())
        for meta in soup.find_all("meta")
    }
    front.author, front.summary = said.get("author", ""), said.get("description", "")
    keywords = (tag.strip() for tag in said.get("keywords", "").split(","))
    front.tags = [tag for tag in keywords if tag]
    return front


def _definition(found: FoundNote, soup: BeautifulSoup, doubts: list[Doubt]) -> list[Note]:
    sources = []
    for _line, block, lost in blocks_of(found.holder, soup):
        sources.append(block.source)
        doubts += lost
    if not sources:
        return []
    first, *others = "\n\n".join(sources).split("\n")
    lines = [f"[^{found.label}]: {first}", *(f"    {line}" if line else "" for line in others)]
    return [Note(f"^{found.label}", "\n".join(lines), found.line)]
