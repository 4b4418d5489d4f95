from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from essays import permissions
from essays.anchoring import lies_in_a_paragraph, place_again
from essays.models import CONTEXT_LENGTH, Essay, Passage, Place, PlaceState, Revision
from forum.lib.verdict import ensure


def raise_version(essay_id: int, **counts: int) -> None:
    """Tell every kept page of the essay that it is out of date; add to its totals."""
    changes: dict[str, Any] = {name: F(name) + by for name, by in counts.items() if by}
    Essay.objects.filter(pk=essay_id).update(version=F("version") + 1, **changes)


@transaction.atomic
def publish_revision(
    *, essay: Essay, source: str, note: str, by: Any, now: datetime | None = None
) -> Revision:
    """Make the newest revision of an essay. No change of words makes none.

    Passages keep their place where their words stand unchanged; the others stay readable on the
    revision that had them. Raises `Unrenderable` with a sentence.
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
    make_current(essay, revision)
    return revision


def refresh(essay: Essay) -> None:
    """After a change of anything but its text: search and the kept pages hear of it."""
    if essay.current_revision is not None:
        essay.current_revision.essay = essay
        essay.folded = essay.current_revision.searchable()
        essay.save(update_fields=["folded"])
    raise_version(essay.pk)


def make_current(essay: Essay, revision: Revision) -> None:
    previous = essay.current_revision
    essay.current_revision = revision
    essay.folded = revision.searchable()
    essay.save(update_fields=["current_revision", "folded"])
    if previous is not None:
        _carry_passages(previous, revision)
    raise_version(essay.pk)


def _carry_passages(old: Revision, new: Revision) -> None:
    """Give every passage of the old revision its place in the new one, or say that it has none."""
    rows = []
    for place in _last_seen(old):
        row = Place(passage=place.passage, revision=new, state=PlaceState.ORPHANED)
        text = place.revision.text
        found = place_again(place.passage.exact, place.start or 0, text, new.text)
        if found is not None and lies_in_a_paragraph(new.blocks, found[1], found[2]):
            row.state, row.start, row.end = found
        rows.append(row)
    Place.objects.bulk_create(rows)


def _last_seen(old: Revision) -> list[Place]:
    """Where each passage stood in it, or at first if it was gone by then: words come back."""
    places = Place.objects.filter(revision=old).select_related("passage")
    there = list(places.exclude(state=PlaceState.ORPHANED))
    gone = places.filter(state=PlaceState.ORPHANED).values("passage")
    first = list(
        Place.objects.filter(passage__in=gone, revision=F("passage__made_in")).select_related(
            "passage"
        )
    )
    texts = Revision.objects.only("text").in_bulk({place.revision_id for place in first})
    for place in there:
        place.revision = old
    for place in first:
        place.revision = texts[place.revision_id]
    return there + first


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
        passage=passage, revision=revision, state=PlaceState.EXACT, start=start, end=end
    )
    return passage
