"""What a Markdown file says of its essay between two lines of hyphens, in YAML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from django.utils.translation import gettext as _

from essays.manuscripts.pieces import BadManuscript, Doubt
from forum.lib.nouns import digits

# More is no front matter; and whatever YAML makes of it stays small.
MOST_LINES = 60
MOST_CHARACTERS = 10_000
FENCE = "---"

_KEY = re.compile(r"([A-Za-z][\w -]*):(?:\s|$)")
_NAMES = {
    "title": "title", "author": "author", "slug": "slug", "summary": "summary",
    "description": "summary", "date": "date", "tags": "tags", "keywords": "tags",
}  # fmt: skip


@dataclass(slots=True)
class FrontMatter:
    first: int = 0
    # The line below it, where the text begins.
    end: int = 0
    title: str = ""
    author: str = ""
    slug: str = ""
    summary: str = ""
    date: str = ""
    tags: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def found_at(lines: Sequence[str], at: int) -> FrontMatter | None:
    """The front matter that begins at this line, counted from 0; None for a mere rule."""
    if lines[at].rstrip() != FENCE:
        return None
    limit = min(len(lines), at + MOST_LINES)
    end = next((n for n in range(at + 1, limit) if lines[n].rstrip() in {FENCE, "..."}), None)
    names = {match[1].lower() for line in lines[at + 1 : end] if (match := _KEY.match(line))}
    # Amid a file two rules may enclose a line with a colon in it.
    if end is None or not names or not (at == 0 or names & set(_NAMES)):
        return None
    text = "\n".join(lines[at + 1 : end])
    if len(text) > MOST_CHARACTERS:
        raise BadManuscript(
            _("The front matter at line %(at)s is too long.") % {"at": digits(at + 1)}
        )
    return _read(text, at + 1, end + 1)


def _read(text: str, line: int, end: int) -> FrontMatter | None:
    try:
        said = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = line + 1 + (mark.line if mark else 0)
        problem = getattr(error, "problem", "") or _("it cannot be read")
        raise BadManuscript(
            _("Line %(where)s: the front matter is not YAML: %(problem)s.")
            % {"where": digits(where), "problem": problem}
        ) from None
    if not isinstance(said, dict):
        return None
    front = FrontMatter(first=line, end=end)
    for key, value in said.items():
        _take(front, str(key) if _is_plain(key) else "?", value)
    return front


def _take(front: FrontMatter, key: str, value: Any) -> None:
    name = _NAMES.get(key.lower())
    if name is None:
        front.doubts.append(Doubt(_("Front matter that is not read."), front.first, named=key[:60]))
    elif name == "tags":
        front.tags = _tags(value)
    elif _is_plain(value):
        setattr(front, name, " ".join(str(value).split()) if value is not None else "")
    else:
        words = _("Front matter that is one line was expected here: left out.")
        front.doubts.append(Doubt(words, front.first, named=key[:60]))


def _tags(value: Any) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list):
        return []
    tags = [" ".join(str(part).split()) for part in parts if _is_plain(part) and part is not None]
    return list(dict.fromkeys(tag for tag in tags if tag))


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | date)
