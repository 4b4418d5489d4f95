"""Loads files of essays: all of them or none, and a second time without a change.

An essay that the site has already is in its editors' hands: a file brings it a revision with a
number of its own, and the title, summary and tags that go with it, or changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from taggit.models import Tag

from essays.actions import make_current, refresh
from essays.essay_files import BadFile, Contents, Entry, EssayFile, read
from essays.models import Essay, EssayTag, Revision

DETAILS = ("title", "author_name", "summary", "published_at")


class Refused(Exception):  # noqa: N818 — it is an answer to whoever wrote the files
    """Every file that was refused, a line for each."""


@dataclass(frozen=True, slots=True)
class Loaded:
    slug: str
    title: str
    words: str
    is_changed: bool


def load(files: Iterable[Path]) -> list[Loaded]:
    found, problems = [], []
    for file in files:
        try:
            found.append(read(file))
        except BadFile as error:
            problems.append(str(error))
    with transaction.atomic():
        done = list(_store_all(found, problems)) if not problems else []
        if problems:
            # Leaves the block, and so takes back what the good files brought.
            raise Refused("\n".join(problems))
    return done


def _store_all(found: list[Contents], problems: list[str]) -> Iterator[Loaded]:
    for contents in found:
        try:
            for each in contents.essays.values():
                yield _store(each, contents)
        except BadFile as error:
            problems.append(str(error))


def _store(each: EssayFile, contents: Contents) -> Loaded:
    essay = Essay.objects.select_for_update().filter(slug=each.essay.slug).first()
    if essay is None:
        return _store_new(each, contents)
    numbers = {revision.number: revision for revision in essay.revisions.all()}
    newest = max(numbers, default=0)
    fresh = []
    for revision, entry in each.revisions:
        same = numbers.get(revision.number)
        if same is None and revision.number > newest:
            fresh.append(revision)
        elif same is None:
            entry.refuse(f"the site has revision {newest} already.", "number")
        elif same.source != revision.source:
            entry.refuse(
                f"revision {revision.number} is there with other words, and revisions are never "
                "changed: give the new words the next number.",
                "source",
            )
    if not fresh:
        return Loaded(essay.slug, essay.title, "unchanged", is_changed=False)
    for name in DETAILS:
        setattr(essay, name, getattr(each.essay, name))
    essay.save(update_fields=DETAILS)
    _store_revisions(essay, fresh, each.current)
    _store_tags(essay, each, contents)
    return Loaded(essay.slug, essay.title, f"revision {fresh[-1].number}", is_changed=True)


def _store_new(each: EssayFile, contents: Contents) -> Loaded:
    essay = each.essay
    essay.save()
    _store_revisions(essay, [revision for revision, _ in each.revisions], each.current)
    _store_tags(essay, each, contents)
    return Loaded(essay.slug, essay.title, "new", is_changed=True)


def _store_revisions(essay: Essay, revisions: list[Revision], current: int | None) -> None:
    """In their order, so that passages are carried from each to the next."""
    for revision in revisions:
        revision.essay = essay
        revision.save()
        if current is None or revision.number <= current:
            make_current(essay, revision)


def _store_tags(essay: Essay, each: EssayFile, contents: Contents) -> None:
    for name, entry in each.tags:
        tag = _tag(name, contents, entry)
        EssayTag.objects.get_or_create(tag=tag, content_object=essay)
    names = {name for name, _ in each.tags}
    EssayTag.objects.filter(content_object=essay).exclude(tag__name__in=names).delete()
    refresh(essay)


def _tag(name: str, contents: Contents, entry: Entry) -> Tag:
    tag = Tag.objects.filter(name=name).first()
    if tag is not None:
        return tag
    if name not in contents.tags:
        entry.refuse(f"there is no tag {name}.", "tag")
    slug, where = contents.tags[name]
    other = Tag.objects.filter(slug=slug).first()
    if other is not None:
        where.refuse(f"the tag {other} has the slug {slug} already.", "slug")
    return Tag.objects.create(name=name, slug=slug)
