"""Reads a file of essays: a plain Django fixture, checked through before anything is written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from taggit.models import Tag

from essays.models import Essay, EssayTag, Revision
from forum.lib.rendering import Unrenderable

MODELS: dict[str, type[models.Model]] = {
    "essays.essay": Essay,
    "essays.revision": Revision,
    "taggit.tag": Tag,
    "essays.essaytag": EssayTag,
}
# Of each kind, what a file must say and what it may.
NEEDED = {
    "essays.essay": {"slug", "title", "author_name", "summary"},
    "essays.revision": {"essay", "number", "source", "created_at"},
    "taggit.tag": {"name", "slug"},
    "essays.essaytag": {"tag", "content_object"},
}
OPTIONAL = {"essays.essay": {"published_at", "current_revision"}, "essays.revision": {"note"}}


class BadFile(Exception):  # noqa: N818 — it says what is bad
    """`file:line: reason`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of the file, and where it stands there."""

    file: "Path"
    text: str
    line: int
    model: str
    fields: dict[str, Any]

    def line_of(self, name: str) -> int:
        position = self.text.find(f'"{name}"')
        return self.line + self.text.count("\n", 0, max(position, 0))

    def refuse(self, reason: str, name: str = "") -> NoReturn:
        raise BadFile(f"{self.file}:{self.line_of(name) if name else self.line}: {reason}")


@dataclass(slots=True)
class EssayFile:
    """What a file holds, as rows that are not saved yet."""

    essay: Essay
    entry: Entry
    current: int | None
    revisions: list[tuple[Revision, Entry]] = field(default_factory=list)
    tags: list[tuple[str, Entry]] = field(default_factory=list)


@dataclass(slots=True)
class Contents:
    essays: dict[str, EssayFile] = field(default_factory=dict)
    tags: dict[str, tuple[str, Entry]] = field(default_factory=dict)


def read(file: Path) -> Contents:
    """Raises `BadFile` at the first thing that is wrong."""
    entries = list(_entries(file))
    contents = Contents()
    for entry in entries:
        if entry.model == "essays.essay":
            _take_essay(contents, entry)
        elif entry.model == "taggit.tag":
            _checked(entry, Tag(**entry.fields))
            contents.tags[entry.fields["name"]] = (entry.fields["slug"], entry)
    for entry in entries:
        if entry.model == "essays.revision":
            _take_revision(contents, entry)
        elif entry.model == "essays.essaytag":
            _take_essay_tag(contents, entry)
    for each in contents.essays.values():
        _check_whole(each)
    return contents


def _entries(file: Path) -> Iterator[Entry]:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile(f"{file}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{file}: it is not UTF-8 text.") from error
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(f"{file}:{error.lineno}: not JSON: {error.msg}.") from error
    if not isinstance(whole, list):
        raise BadFile(f"{file}:1: a file of essays is a list of objects.")
    for raw, line, part in _placed(text, len(whole)):
        yield _entry(file, raw, line, part)


def _placed(text: str, count: int) -> Iterator[tuple[Any, int, str]]:
    """Each member of a list that is known to be sound JSON, with its line and its own text."""
    decoder, position = json.JSONDecoder(), text.index("[") + 1
    for _ in range(count):
        while text[position] in " \t\r\n,":
            position += 1
        raw, end = decoder.raw_decode(text, position)
        yield raw, text.count("\n", 0, position) + 1, text[position:end]
        position = end


def _entry(file: Path, raw: Any, line: int, text: str) -> Entry:
    if not isinstance(raw, dict) or not isinstance(raw.get("fields"), dict):
        raise BadFile(f"{file}:{line}: each object has a model and fields.")
    entry = Entry(file, text, line, str(raw.get("model")), raw["fields"])
    if entry.model not in MODELS:
        entry.refuse(f"{entry.model} is nothing that this loads.", "model")
    if "pk" in raw:
        entry.refuse("rows are named by slug, number or name, not by a key.", "pk")
    may = NEEDED[entry.model] | OPTIONAL.get(entry.model, set())
    for name in entry.fields:
        if name not in may:
            entry.refuse(f"{entry.model} has no field {name}.", name)
    missing = sorted(NEEDED[entry.model] - set(entry.fields))
    if missing:
        entry.refuse(f"{entry.model} lacks {', '.join(missing)}.")
    return entry


def _checked(entry: Entry, row: models.Model, exclude: set[str] | None = None) -> None:
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        name, reasons = next(iter(error.message_dict.items()))
        entry.refuse(f"{name}: {' '.join(reasons)}", name)


def _moment(entry: Entry, name: str) -> None:
    value = entry.fields.get(name)
    if value is None:
        return
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        entry.refuse(f"{name}: {value!r} is no date and time.", name)
    if moment.tzinfo is None:
        entry.refuse(f"{name}: say the time zone: {value}Z.", name)
    entry.fields[name] = moment


def _take_essay(contents: Contents, entry: Entry) -> None:
    _moment(entry, "published_at")
    fields = dict(entry.fields)
    current = fields.pop("current_revision", None)
    essay = Essay(**fields)
    _checked(entry, essay, exclude={"current_revision"})
    if essay.slug in contents.essays:
        entry.refuse(f"the essay {essay.slug} is here twice.", "slug")
    number = None
    if current is not None:
        if not (isinstance(current, list) and current[:1] == [essay.slug] and len(current) == 2):  # noqa: PLR2004
            entry.refuse("current_revision is a slug and a number.", "current_revision")
        number = current[1]
    contents.essays[essay.slug] = EssayFile(essay, entry, number)


def _essay_of(contents: Contents, entry: Entry, name: str) -> EssayFile:
    key = entry.fields[name]
    slug = key[0] if isinstance(key, list) and len(key) == 1 else None
    if slug not in contents.essays:
        entry.refuse(f"the essay {key} is not in this file.", name)
    return contents.essays[slug]


def _take_revision(contents: Contents, entry: Entry) -> None:
    owner = _essay_of(contents, entry, "essay")
    _moment(entry, "created_at")
    revision = Revision(**{**entry.fields, "essay": owner.essay})
    _checked(entry, revision, exclude={"essay", "html", "text", "blocks"})
    try:
        revision.derive()
    except Unrenderable as error:
        entry.refuse(f"source: {error}", "source")
    if not revision.text:
        entry.refuse("source: there are no words in it.", "source")
    if any(revision.number == other.number for other, _ in owner.revisions):
        entry.refuse(f"revision {revision.number} is here twice.", "number")
    owner.revisions.append((revision, entry))


def _take_essay_tag(contents: Contents, entry: Entry) -> None:
    owner = _essay_of(contents, entry, "content_object")
    key = entry.fields["tag"]
    if not (isinstance(key, list) and len(key) == 1 and isinstance(key[0], str)):
        entry.refuse("a tag is named by a list of its one name.", "tag")
    owner.tags.append((key[0], entry))


def _check_whole(each: EssayFile) -> None:
    if not each.revisions:
        each.entry.refuse(f"the essay {each.essay.slug} has no revision.", "slug")
    each.revisions.sort(key=lambda pair: pair[0].number)
    numbers = {revision.number for revision, _ in each.revisions}
    if each.current is None:
        each.current = max(numbers)
    if each.current not in numbers:
        each.entry.refuse(
            f"current_revision: there is no revision {each.current}.", "current_revision"
        )
