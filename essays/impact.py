"""What a new text does to every passage of an essay: asked before saving, and done by it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from essays.anchoring import (
    CHANGED,
    EXACT,
    LOST,
    ORPHANED,
    Blocks,
    Carrier,
    Outcome,
    Quotation,
    lies_in_a_paragraph,
    similarity,
)
from essays.models import Passage, Place, PlaceState, Revision, Settlement


@dataclass(frozen=True, slots=True)
class Fate:
    passage: Passage
    outcome: Outcome
    # The words where it stands now, or stood last; and where it will stand, if anywhere.
    was: str
    becomes: str
    # Where it stands in the newest revision; None if it is gone already.
    start: int | None

    @property
    def is_lost(self) -> bool:
        return self.outcome.state == ORPHANED


def fates(current: Revision | None, new_text: str, new_blocks: Blocks) -> list[Fate]:
    """Of all passages that have a place in the newest revision, were it only that they have none.

    The queries do not grow with the passages. Each is carried from where it stands; one that is
    gone, from the revision that had it last, for words come back. An older text that is put back
    has its passages where they were.
    """
    if current is None:
        return []
    here = _places_in(current)
    if not here:
        return []
    before = _places_before(current, new_text)
    coming = _Coming(current, new_text, new_blocks)
    return [
        _fate(place, last, _restored(before.get(pk), new_text, new_blocks), coming)
        for pk, (place, last) in _with_last_seen(current, here).items()
    ]


def _fate(place: Any, last: Place, restored: Outcome | None, coming: "_Coming") -> Fate:
    start, end = last.start or 0, last.end or 0
    was = last.revision.text[start:end]
    outcome = restored or coming.outcome(place, last)
    becomes = coming.text[outcome.start or 0 : outcome.end or 0]
    return Fate(place.passage, outcome, was, becomes, place.start)


class _Coming:
    """The new text, and what carries passages to it: one comparison for each text they are in."""

    def __init__(self, current: Revision, text: str, blocks: Blocks) -> None:
        self.current, self.text, self.blocks = current, text, blocks
        self._carriers: dict[int, Carrier] = {}

    def outcome(self, place: Any, last: Place) -> Outcome:
        passage = place.passage
        if place.state == PlaceState.ORPHANED and not self._may_return(place):
            return LOST
        quotation = Quotation(
            passage.exact, passage.prefix, passage.suffix, last.start or 0, last.end or 0
        )
        return self._carrier(last.revision).carry(quotation)

    def _may_return(self, place: Any) -> bool:
        """Something of it came with this text; or all of it stands where no editor has denied it.

        Without that nothing has changed since it was lost: it need not be looked for again.
        """
        exact = place.passage.exact
        is_there = exact in self.text and not place.is_settled
        return is_there or self._carrier(self.current).brings(exact)

    def _carrier(self, revision: Revision) -> Carrier:
        if revision.pk not in self._carriers:
            self._carriers[revision.pk] = Carrier(revision.text, self.text, self.blocks)
        return self._carriers[revision.pk]


def _places_in(revision: Revision) -> dict[int, Any]:
    settled = Settlement.objects.filter(place=OuterRef("pk"), undone_at=None)
    places = (
        Place.objects.filter(revision=revision)
        .select_related("passage")
        .annotate(is_settled=Exists(settled))
        .order_by("passage")
    )
    for place in places:
        place.revision = revision
    return {place.passage_id: place for place in places}


def _places_before(current: Revision, text: str) -> dict[int, Place]:
    """Where passages stood in the last revision that had the very same text, if there was one."""
    same = (
        Revision.objects.filter(essay=current.essay_id, number__lt=current.number, text=text)
        .order_by("-number")
        .values("pk")[:1]
    )
    places = Place.objects.filter(revision=Subquery(same)).exclude(state=PlaceState.ORPHANED)
    return {place.passage_id: place for place in places.select_related("passage")}


def _restored(before: Place | None, text: str, blocks: Blocks) -> Outcome | None:
    if before is None or before.start is None or before.end is None:
        return None
    # The same words may have become a heading.
    if not lies_in_a_paragraph(blocks, before.start, before.end):
        return None
    alike = similarity(before.passage.exact, text[before.start : before.end])
    return Outcome(EXACT if alike == 1 else CHANGED, before.start, before.end, alike)


def _with_last_seen(current: Revision, here: dict[int, Any]) -> dict[int, tuple[Any, Place]]:
    """Each place with that from which it is carried: itself, or where the passage stood last."""
    seen = {place.passage_id: place for place in _last_seen(current)}
    return {pk: (place, seen.get(pk, place)) for pk, place in here.items()}


def _last_seen(current: Revision) -> list[Place]:
    """Of the passages that are gone. Many were lost together: each text is read once."""
    gone = Place.objects.filter(revision=current, state=PlaceState.ORPHANED)
    there = Place.objects.filter(passage=OuterRef("pk")).exclude(state=PlaceState.ORPHANED)
    newest = there.order_by("-revision__number").values("pk")[:1]
    passages = Passage.objects.filter(pk__in=gone.values("passage")).annotate(last=Subquery(newest))
    places = list(Place.objects.filter(pk__in=passages.values("last")))
    texts = Revision.objects.only("text").in_bulk({place.revision_id for place in places})
    for place in places:
        place.revision = texts[place.revision_id]
    return places
