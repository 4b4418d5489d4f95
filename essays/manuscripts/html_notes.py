"""Footnotes in HTML: a link to a place that links back, in whatever manner they were written."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Tag

REFERENCE_TAG = "footnote-reference"
# A number, an asterisk, a dagger, with or without brackets.
LONGEST_MARK = 6

_HOLDERS = ["li", "p", "dd", "aside", "tr", "div", "section"]
_NOTE_PLACE = re.compile(
    r"#_?(?:fn|ftn|edn|note|footnote|endnote|sdfootnote|cite_note)", re.IGNORECASE
)
_NOTE_CLASS = re.compile(r"footnote|noteref", re.IGNORECASE)
_BRACKETS = "[](){}. \u21a9\ufe0e\ufe0f^"


@dataclass(slots=True)
class FoundNote:
    label: str
    holder: Tag
    line: int


class Notes:
    """Puts a `<footnote-reference>` in the place of each link to a note; takes the notes out."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.places: dict[str, Tag] = {}
        for tag in soup.find_all():
            for name in ("id", "name"):
                if tag.get(name):
                    self.places.setdefault(str(tag[name]), tag)
        self.found: dict[int, FoundNote] = {}
        self.labels: set[str] = set()

    def taken_out(self) -> list[FoundNote]:
        links = [link for link in self.soup.find_all("a", href=True) if _place(link)]
        back: set[int] = set()
        for link in links:
            if id(link) not in back and len(link.get_text().strip()) <= LONGEST_MARK:
                back.update(self._take(link))
        for note in self.found.values():
            _leave(note.holder)
        return list(self.found.values())

    def _take(self, link: Tag) -> set[int]:
        """Replace the link if it leads to a note; the links of that note that lead back."""
        target = self.places.get(_place(link))
        if target is None:
            if _NOTE_PLACE.match(str(link["href"])) and _is_marked(link):
                self._refer(link, self._label(link))
            return set()
        holder = target if target.name in _HOLDERS else target.find_parent(_HOLDERS)
        if holder is None or link in holder.descendants:
            return set()
        back = self._leading_back(link, holder)
        if not back and not _is_marked(link):
            return set()
        note = self.found.get(id(holder))
        if note is None:
            note = FoundNote(self._label(link), holder, holder.sourceline or 0)
            self.found[id(holder)] = note
        self._refer(link, note.label)
        for one in back:
            one.decompose()
        return {id(one) for one in back}

    def _leading_back(self, link: Tag, holder: Tag) -> list[Tag]:
        parents = [link, *list(link.parents)[:2]]
        own = {str(tag[name]) for tag in parents for name in ("id", "name") if tag.get(name)}
        inside = {str(tag["id"]) for tag in link.find_all() if tag.get("id")}
        own |= inside
        return [one for one in holder.find_all("a", href=True) if _place(one) in own]

    def _label(self, link: Tag) -> str:
        label = re.sub(r"\W", "", link.get_text().strip(_BRACKETS)) or str(len(self.labels) + 1)
        number, free = 2, label
        while free in self.labels:
            free, number = f"{label}-{number}", number + 1
        self.labels.add(free)
        return free

    def _refer(self, link: Tag, label: str) -> None:
        reference = self.soup.new_tag(REFERENCE_TAG)
        reference.string = f"[^{label}]"
        parent = link.parent
        link.replace_with(reference)
        is_alone = parent is not None and parent.get_text().strip(_BRACKETS) == label
        if parent is not None and parent.name == "sup" and is_alone:
            parent.replace_with(reference)


def _place(link: Tag) -> str:
    href = str(link["href"])
    return unquote(href[1:]) if href.startswith("#") else ""


def _is_marked(link: Tag) -> bool:
    classes = " ".join(link.get("class") or [])
    return (
        link.find_parent("sup") is not None
        or link.find("sup") is not None
        or link.get("role") == "doc-noteref"
        or link.get("epub:type") == "noteref"
        or _NOTE_CLASS.search(classes) is not None
    )


def _leave(holder: Tag) -> None:
    """Take the note out, and what held nothing but notes."""
    parent = holder.parent
    holder.extract()
    while parent is not None and parent.name not in {"body", "html", "[document]"}:
        if next(parent.stripped_strings, None) or parent.find("img"):
            return
        above = parent.parent
        parent.extract()
        parent = above
