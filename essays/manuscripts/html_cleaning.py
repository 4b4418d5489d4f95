"""Takes out of an HTML tree what no page of ours carries; each thing is named with its line."""

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, CData, Comment, Declaration, Doctype, NavigableString
from bs4 import ProcessingInstruction as Instruction
from bs4.element import Tag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from essays.manuscripts.markup import NOT_HERE, ONLY_LINK, SHOWN, is_elsewhere, kind_of_link
from essays.manuscripts.pieces import Doubt
from forum.lib import addresses

LEFT_OUT = gettext_noop("Left out.")
LEFT_OUT_OF_HEAD = gettext_noop("It stands in the head of the page: left out.")
ONLY_LOOKS = gettext_noop("It only says how things look: left out.")
ONLY_WORDS = gettext_noop("Only the words are kept.")
AS_ORDINARY = gettext_noop("Raised and lowered letters stand as ordinary ones.")
NO_PLACE = gettext_noop("Places inside a page have no address here: only the words are kept.")

# Where it stands, nothing can be filled in.
_FIELDS = frozenset({"input", "select", "textarea", "datalist"})
_EMBEDDED = frozenset({"iframe", "object", "embed", "video", "audio", "frame", "applet"})
_DRAWN = frozenset({"svg", "canvas", "math"})
# More columns are nobody's table.
MOST_COLUMNS = 50
MOST_DIGITS = 9
_KEPT = frozenset({"href", "src", "alt", "start", "colspan", "data", "http-equiv"})
_QUOTES = ("“", "”")


class Cleaner:
    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.doubts: list[Doubt] = []
        # What went with something that was left out.
        self.gone: set[int] = set()

    def clean(self) -> list[Doubt]:
        for string in self.soup.find_all(string=True):
            self._clean_string(string)
        for tag in self.soup.find_all():
            if id(tag) in self.gone:
                continue
            self._clean_attributes(tag)
            self._treatment(tag.name)(tag)
        self.soup.smooth()
        return self.doubts

    def name(self, tag: Tag, named: str, words: str) -> None:
        self.doubts.append(Doubt(words, tag.sourceline or 0, named=named))

    def remove(self, tag: Tag) -> None:
        self.gone.update(id(inner) for inner in tag.find_all())
        tag.extract()

    def _treatment(self, name: str) -> Callable[[Tag], None]:
        for names, treat in (
            ({"script"}, self._script),
            ({"style", "link"}, self._looks),
            ({"meta", "base", "title"}, self._of_the_page),
            (_FIELDS | _DRAWN, self._leave_out),
            ({"form"}, self._form),
            (_EMBEDDED, self._embedded),
            ({"img"}, self._image),
            ({"a"}, self._link),
            ({"sup", "sub"}, self._raised),
            ({"q"}, self._quotation),
            ({"label", "button"}, self._part_words),
        ):
            if name in names:
                return treat
        return lambda tag: None

    def _clean_string(self, string: NavigableString) -> None:
        if isinstance(string, CData):
            string.replace_with(NavigableString(str(string)))
        elif isinstance(string, Comment | Declaration | Instruction | Doctype):
            before = string.find_previous()
            line = (before.sourceline or 0) if isinstance(before, Tag) else 0
            if not isinstance(string, Doctype):
                named = "<? … >" if isinstance(string, Instruction) else "<!-- … -->"
                self.doubts.append(Doubt(LEFT_OUT, line, named=named))
            string.extract()
        elif "\xa0" in string and type(string) is NavigableString:
            string.replace_with(NavigableString(string.replace("\xa0", " ")))

    def _clean_attributes(self, tag: Tag) -> None:
        for name in list(tag.attrs):
            if name.lower().startswith("on"):
                self.name(tag, name.lower(), LEFT_OUT)
            elif name.lower() == "style":
                self.name(tag, "style", ONLY_LOOKS)
            if name not in _KEPT:
                del tag.attrs[name]
        for name, most in (("start", MOST_DIGITS), ("colspan", len(str(MOST_COLUMNS)))):
            value = str(tag.attrs.get(name, "1"))
            if not re.fullmatch(r"[0-9]+", value) or len(value) > most:
                del tag.attrs[name]
        if int(str(tag.attrs.get("colspan", "1"))) > MOST_COLUMNS:
            del tag.attrs["colspan"]

    def _script(self, tag: Tag) -> None:
        if tag.find_parent("head"):
            self.name(tag, "<script>", LEFT_OUT_OF_HEAD)
            self.remove(tag)
            return
        self.name(tag, "<script>", SHOWN)
        shown = self.soup.new_tag("p", sourceline=tag.sourceline)
        shown.string = f"<script>{tag.string or ''}</script>"
        tag.replace_with(shown)

    def _looks(self, tag: Tag) -> None:
        self.name(tag, f"<{tag.name}>", ONLY_LOOKS if tag.name == "style" else LEFT_OUT)
        self.remove(tag)

    def _of_the_page(self, tag: Tag) -> None:
        # What the page says of itself is read before; these would act.
        if tag.name == "base" or str(tag.get("http-equiv", "")).lower() == "refresh":
            self.name(tag, f"<{tag.name}>", LEFT_OUT)
        self.remove(tag)

    def _leave_out(self, tag: Tag) -> None:
        self.name(tag, f"<{tag.name}>", LEFT_OUT)
        self.remove(tag)

    def _form(self, tag: Tag) -> None:
        self.name(tag, "<form>", ONLY_WORDS)

    def _embedded(self, tag: Tag) -> None:
        address = str(tag.get("src") or tag.attrs.get("data") or "")
        if address.startswith("//"):
            address = f"https:{address}"
        if addresses.is_allowed(address):
            self.name(tag, f"<{tag.name}>", ONLY_LINK)
            tag.insert_before(self._link_to(tag, address, address))
        else:
            self.name(tag, f"<{tag.name}>", LEFT_OUT)
        tag.name = "div"

    def _image(self, tag: Tag) -> None:
        address, words = str(tag.get("src") or ""), " ".join(str(tag.get("alt") or "").split())
        if address.startswith("//"):
            address = f"https:{address}"
        if addresses.is_own_media(address):
            return
        if is_elsewhere(address):
            self.name(tag, _("An image from another host"), ONLY_LINK)
            if tag.find_parent("a") is None:
                tag.replace_with(self._link_to(tag, address, words or address))
                return
        else:
            self.name(tag, _("An image at “%(address)s”") % {"address": address[:60]}, NOT_HERE)
            if not address.startswith("data:"):
                words = f"{words} ({address})".strip()
        tag.replace_with(NavigableString(words or address[:60]))

    def _link_to(self, tag: Tag, address: str, words: str) -> Tag:
        link = self.soup.new_tag("a", href=address, sourceline=tag.sourceline)
        link.string = words
        return link

    def _link(self, tag: Tag) -> None:
        address = str(tag.get("href") or "").strip()
        if not address:
            tag.unwrap()
        elif address.startswith("#"):
            self.name(tag, kind_of_link(address), NO_PLACE)
            tag.unwrap()
        elif not addresses.is_allowed(address):
            self.name(
                tag,
                kind_of_link(address),
                _("It may not be a link here. %(only_words)s") % {"only_words": _(ONLY_WORDS)},
            )
            tag.unwrap()
        else:
            tag["href"] = address

    def _raised(self, tag: Tag) -> None:
        self.name(tag, f"<{tag.name}>", AS_ORDINARY)
        tag.unwrap()

    def _quotation(self, tag: Tag) -> None:
        tag.insert(0, NavigableString(_QUOTES[0]))
        tag.append(NavigableString(_QUOTES[1]))
        tag.unwrap()

    def _part_words(self, tag: Tag) -> None:
        tag.append(NavigableString(" "))
