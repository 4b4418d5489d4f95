"""What a watch list looks for, in words and in links. No pattern of anybody's becomes a regular
expression: a star is all that there is, and matching takes no longer than reading twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from forum.lib.folding import fold

STAR = "*"
LEAST_LETTERS = 3
_WORD = re.compile(r"\w+")
_PATTERN_WORD = re.compile(r"[\w*]+")
_HREF = re.compile(r'\shref="([^"]*)"')
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Text:
    """A post as patterns see it."""

    words: Sequence[str]
    # Whole addresses that lead to other sites, and the names of those sites.
    links: Sequence[str]
    hosts: Sequence[str]


def read(plain: str, html: str) -> Text:
    links = [unescape(href) for href in _HREF.findall(html)]
    away = [link for link in links if link.partition(":")[0].casefold() in {"http", "https"}]
    hosts = [_host(link) for link in away]
    return Text(_WORD.findall(fold(plain)), [fold(link) for link in away], hosts)


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").rstrip(".").casefold()
    except ValueError:
        return ""


def has_words(text: Text, pattern: str) -> bool:
    """The words of the pattern, one after another, whatever their capitals and accents. A star
    stands for any letters: "collar*" finds "collars"."""
    wanted = _PATTERN_WORD.findall(fold(pattern))
    if not wanted:
        return False
    last = len(text.words) - len(wanted)
    return any(
        all(is_like(text.words[start + place], each) for place, each in enumerate(wanted))
        for start in range(last + 1)
    )


def has_link(text: Text, pattern: str) -> bool:
    """Somewhere in an address."""
    inside = f"{STAR}{fold(pattern.strip())}{STAR}"
    return any(is_like(link, inside) for link in text.links)


def has_domain(text: Text, pattern: str) -> bool:
    """That site, and what lies below its name."""
    name = domain_of(pattern)
    return any(host == name or host.endswith(f".{name}") for host in text.hosts)


def domain_of(pattern: str) -> str:
    return pattern.strip().casefold().strip(".")


def is_domain(pattern: str) -> bool:
    return _NAME.fullmatch(domain_of(pattern)) is not None


def is_like(text: str, pattern: str) -> bool:
    """Whether the whole text fits; each part between stars is looked for where the one before
    ended, which finds a way if there is one."""
    first, *parts = pattern.split(STAR)
    if not parts:
        return text == first
    *middle, last = parts
    if not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, max(end, at))
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


def letters_in(pattern: str) -> int:
    """Fewer than a few would be found everywhere."""
    return sum(character.isalnum() for character in pattern)
