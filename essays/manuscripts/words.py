"""The words that Markdown shows, without the expense of a page made of them."""

import threading
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from forum.lib import markdown


class _Bench(threading.local):
    def __init__(self) -> None:
        self.parser = markdown.Parser(for_essay=True)


_bench = _Bench()


def words_of(source: str) -> str:
    parts = [_words(token) for token in _tokens(source)]
    return " ".join(" ".join(parts).split())


def shown_by(sources: Sequence[str]) -> list[str | None]:
    """What each of many pieces of Markdown shows, white space aside; None: no page shows it."""
    first_lines = []
    line = 0
    for source in sources:
        first_lines.append(line)
        line += source.count("\n") + 2
    shown: list[list[str] | None] = [[] for _ in sources]
    place = 0
    for token in _too_deep_marked(_tokens("\n\n".join(sources))):
        if not token.map:
            continue
        while place + 1 < len(sources) and token.map[0] >= first_lines[place + 1]:
            place += 1
        words = shown[place]
        if token.meta.get("is_too_deep"):
            shown[place] = None
        elif words is not None:
            words.append(_words(token))
    return ["".join("".join(words).split()) if words is not None else None for words in shown]


def _tokens(source: str) -> Sequence[Token]:
    return _bench.parser.parse(markdown.without_hidden(source))


def _too_deep_marked(tokens: Iterable[Token]) -> Iterator[Token]:
    """A page refuses what is nested deeper than it allows."""
    depth = 0
    for token in tokens:
        if token.type.startswith(("blockquote", "bullet_list", "ordered_list")):
            depth += token.nesting
        inner = deepest = 0
        for child in token.children or []:
            inner += child.nesting
            deepest = max(deepest, inner)
        if max(depth, deepest) > markdown.MAX_NESTING:
            token.meta["is_too_deep"] = True
        yield token


def _words(token: Token) -> str:
    if token.type in {"fence", "code_block"}:
        return token.content
    if token.type != "inline":
        return ""
    return "".join(
        " " if child.type.endswith("break") else "" if child.type == "image" else child.content
        for child in token.children or []
    )
