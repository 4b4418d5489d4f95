"""Finds the words of a template that no translator would get to see."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

VISIBLE_ATTRIBUTES = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
# A button's value is read; that of other fields is sent.
BUTTONS = {"button", "reset", "submit"}
# What stands there is for programs, or the same in every language.
SILENT = {"code", "kbd", "pre", "samp", "script", "style"}
MARKS = {"translate", "trans", "blocktranslate", "blocktrans"}
ENDS = {"endblocktranslate", "endblocktrans", "endcomment", "endverbatim"}
# Their literals are names of things.
NAMING = {
    "block", "endblock", "extends", "get_flash", "icon", "if", "elif", "ifchanged", "load", "now",
    "static", "url", "slot", "sign",
}  # fmt: skip
LITERAL = re.compile(r'([\w:|]*)[=:]?"([^"]*)"')
# Arguments that are names, too, whatever they look like.
NAMING_ARGUMENTS = re.compile(
    r"(?:^|\|)(?:counted|date|time|slice|stringformat|class|id|href|type|template):?$"
)
LETTER = re.compile(r"[^\W\d_]")
# The words of a sentence: with a blank, or a capital in front.
WORDS = re.compile(r"\s|^[A-ZÄÖÜ]")
VALUE, TAG = "0", " "


def bare_words(text: str, *, is_html: bool = True) -> list[str]:
    """`line: words`, for each text, visible attribute and literal outside translation's tags."""
    without_marks, literals = _strip(text)
    if is_html:
        found = list(_Reader(without_marks).found)
    else:
        lines = enumerate(without_marks.splitlines(), 1)
        found = [(number, line.strip()) for number, line in lines if LETTER.search(line)]
    return [f"{number}: {words}" for number, words in sorted([*found, *literals])]


def _strip(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text with a digit for each value and a blank for each tag; and what the tags say."""
    kept: list[str] = []
    literals: list[tuple[int, str]] = []
    until = ""
    for token in Lexer(text).tokenize():
        name = token.contents.split()[0] if token.contents.split() else ""
        is_tag = token.token_type == TokenType.BLOCK
        lines = "\n" * _breaks(token)
        if until or token.token_type == TokenType.COMMENT:
            kept.append(lines)
            until = "" if is_tag and name == until else until
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        else:
            if is_tag and f"end{name}" in ENDS:
                until = f"end{name}"
            if not (is_tag and name in NAMING | MARKS):
                literals += [(token.lineno or 0, words) for words in _literals(token, name)]
            in_name = bool(kept) and kept[-1].endswith(("<", "</"))
            kept.append(("x" if in_name else TAG if is_tag else VALUE) + lines)
    return "".join(kept), literals


def _breaks(token: Token) -> int:
    return token.contents.count("\n")


def _literals(token: Token, name: str) -> Iterator[str]:
    said = token.contents
    if name == "include":
        said = said.partition(" with ")[2]
    for argument, words in LITERAL.findall(said):
        is_name = NAMING_ARGUMENTS.search(argument) or not WORDS.search(words)
        if LETTER.search(words) and not is_name and f'_("{words}")' not in said:
            yield words


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        values = dict(attrs)
        visible = VISIBLE_ATTRIBUTES | ({"value"} if values.get("type") in BUTTONS else set())
        if tag == "meta" and values.get("name") == "description":
            visible = {"content"}
        for name in visible & set(values):
            self._find(values[name] or "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            for number, line in enumerate(data.splitlines()):
                self._find(line, number)

    def _find(self, words: str, later: int = 0) -> None:
        if LETTER.search(words):
            self.found.append((self.getpos()[0] + later, words.strip()))
