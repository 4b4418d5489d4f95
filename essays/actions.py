from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from essays import permissions
from essays.announcing import announce_essay
from essays.impact import fates
from essays.models import CONTEXT_LENGTH, Essay, EssayTag, Passage, Place, PlaceState, Revision
from forum.lib.prepared import PreparedUpdate
from forum.lib.verdict import ensure


def raise_version(essay_id: int, **counts: int) -> None:
    """Tell every kept page of the essay that it is out of date; add to its totals."""
    added = {name: by for name, by in counts.items() if by}
    _raised(tuple(added))(pk=essay_id, **added)


@cache
def _raised(names: tuple[str, ...]) -> PreparedUpdate:
    def build(pk: int, **added: int) -> Any:
        changes = {name: F(name) + added[name] for name in names}
        return Essay.objects.filter(pk=pk), {"version": F("version") + 1, **changes}

    return PreparedUpdate(build)


@transaction.atomic
def publish_revision(
    *,
    essay: Essay,
    source: str,
    note: str,
    by: Any,
    reasons: Mapping[int, str] | None = None,
    now: datetime | None = None,
) -> Revision:
    """Make the newest revision of an essay. No change of words makes none.

    Every passage gets its place in it by the rule of anchoring.py; one that has none stays readable
    on the revision that had it, with the reason given for it, by passage. Raises `Unrenderable`
    with a sentence.
    """
    ensure(permissions.can_edit(by, essay))
    essay = Essay.objects.select_for_update().get(pk=essay.pk)
    current = essay.current_revision
    if current is not None and current.source == source:
        return current
    revision = Revision(
        essay=essay, number=current.number + 1 if current else 1, source=source, note=note,
        created_by=by, created_at=now or timezone.now(),
    )  # fmt: skip
    revision.save()
    make_current(essay, revision, reasons or {})
    return revision


def refresh(essay: Essay) -> None:
    """After a change of anything but its text: search and the kept pages hear of it."""
    if essay.current_revision is not None:
        essay.current_revision.essay = essay
        essay.folded = essay.current_revision.searchable()
        essay.save(update_fields=["folded"])
    announce_essay(essay)
    _raise_with_replaced(essay.pk)
    raise_kin(essay.pk)


def raise_kin(essay_id: int) -> None:
    """The pages of essays with a tag of this one name it, while it is there to be read."""
    tags = EssayTag.objects.filter(content_object=essay_id).values("tag")
    kin = Essay.objects.filter(
        pk__in=EssayTag.objects.filter(tag__in=tags).values("content_object")
    )
    kin.exclude(pk=essay_id).update(version=F("version") + 1)


def make_current(
    essay: Essay, revision: Revision, reasons: Mapping[int, str] = MappingProxyType({})
) -> None:
    previous = essay.current_revision
    essay.current_revision = revision
    essay.folded = revision.searchable()
    essay.save(update_fields=["current_revision", "folded"])
    if previous is not None:
        _carry_passages(previous, revision, reasons)
    else:
        announce_essay(essay)
    _raise_with_replaced(essay.pk)


def _raise_with_replaced(essay_id: int) -> None:
    """The pages of retired essays that lead to it name it."""
    raise_version(essay_id)
    Essay.objects.filter(redirects_to=essay_id).update(version=F("version") + 1)


def _carry_passages(old: Revision, new: Revision, reasons: Mapping[int, str]) -> None:
    Place.objects.bulk_create(
        Place(
            passage=fate.passage,
            revision=new,
            state=fate.outcome.state,
            start=fate.outcome.start,
            end=fate.outcome.end,
            similarity=fate.outcome.similarity,
            reason=reasons.get(fate.passage.pk, "") if fate.is_lost else "",
        )
        for fate in fates(old, new.text, new.blocks)
    )


@transaction.atomic
def quote(*, revision: Revision, start: int, end: int) -> Passage:
    """Anchor the words between two positions of a revision's text."""
    text = revision.text
    passage = Passage.objects.create(
        essay_id=revision.essay_id,
        made_in=revision,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
    )
    Place.objects.create(
        passage=passage, revision=revision, state=PlaceState.EXACT, start=start, end=end,
        similarity=1.0,
    )  # fmt: skip
    return passage
