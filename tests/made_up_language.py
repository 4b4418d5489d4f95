"""A language in which every message is itself, between brackets: what stands outside of them on a
page was written there by hand, and no translator gets to see it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

from tests.architecture.wordless import BUTTONS, LETTER, SILENT, VISIBLE_ATTRIBUTES

CODE = "art-x-marks"
OPENING, CLOSING = "⟦", "⟧"
CONTEXT = "\x04"
# What is shorter may be a name, which is known within other words.
A_TEXT = 150
# Addresses, and words that are longer than any of ours.
NO_WORDS = re.compile(r"https?://\S+|\S{30,}")
# Where a sentence goes on behind the tag; with any other, whatever was open is over.
INLINE = {
    "a", "abbr", "b", "bdi", "br", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q",
    "small", "span", "strong", "sup", "svg", "time", "use", "wbr",
}  # fmt: skip


class _Catalogue:
    def gettext(self, message: str) -> str:
        return f"{OPENING}{message.rpartition(CONTEXT)[2]}{CLOSING}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def to_language(self) -> str:
        return CODE


@contextmanager
def made_up_language() -> Iterator[None]:
    """While it is one of the site's, a browser may ask for it by the cookie of languages."""
    with override_settings(LANGUAGES=[*settings.LANGUAGES, (CODE, CODE)]):
        trans_real._translations[CODE] = _Catalogue()  # type: ignore[assignment]
        try:
            yield
        finally:
            trans_real._translations.pop(CODE, None)


def unmarked(page: str, written: Iterable[str]) -> list[str]:
    """What the page says in no message, and nobody wrote."""
    longest_first = sorted(map(_plain, written), key=len, reverse=True)
    names = [words for words in longest_first if len(words) < A_TEXT]
    whole = "\n".join(longest_first)
    return [words for words in _said(page) if not _is_written(words, names, whole)]


def _is_written(words: str, names: list[str], whole: str) -> bool:
    """A piece of a text, or names, whatever stands between them."""
    if re.search(_alone(words.strip(" …")), whole):
        return True
    for name in names:
        words = re.sub(_alone(name), "", words) if name in words else words
    return not LETTER.search(words)


def _alone(words: str) -> str:
    """No part of a longer word."""
    begin = r"(?<!\w)" if words[:1].isalnum() else ""
    end = r"(?!\w)" if words[-1:].isalnum() else ""
    return f"{begin}{re.escape(words)}{end}"


def _plain(words: str) -> str:
    return " ".join(words.split())


def _said(page: str) -> Iterator[str]:
    """Each piece outside of messages that has a letter in it."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    for piece in reader.found:
        words = _plain(NO_WORDS.sub("", piece))
        if LETTER.search(words):
            yield words


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent: list[str] = []
        self.open = 0

    def handle_starttag(self, tag, attrs):
        self._pass(tag)
        if tag in SILENT:
            self.silent.append(tag)
        values = dict(attrs)
        visible = VISIBLE_ATTRIBUTES | ({"value"} if values.get("type") in BUTTONS else set())
        if tag == "meta" and values.get("name") == "description":
            visible = {"content"}
        around = self.open
        for name in sorted(visible & set(values)):
            self.open = 0
            self._read(values[name] or "")
        self.open = around

    def handle_endtag(self, tag):
        self._pass(tag)
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self._read(data)

    def _pass(self, tag: str) -> None:
        if tag not in INLINE:
            self.open = 0

    def _read(self, said: str) -> None:
        for piece in re.split(f"([{OPENING}{CLOSING}])", said):
            if piece in {OPENING, CLOSING}:
                self.open = max(self.open + (1 if piece == OPENING else -1), 0)
            elif not self.open:
                self.found.append(piece)
