from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from essays import permissions
from essays.anchoring import place_again
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
    places = Place.objects.filter(revision=old).exclude(state=PlaceState.ORPHANED)
    rows = []
    for place in places.select_related("passage"):
        found = place_again(place.passage.exact, place.start or 0, old.text, new.text)
        state, start, end = ("orphaned", None, None) if found is None else found
        rows.append(
            Place(passage=place.passage, revision=new, state=state, start=start, end=end)
        )
    Place.objects.bulk_create(rows)


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
