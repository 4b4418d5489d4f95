"""What a new text does to every passage of an essay: asked before saving, and done by it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from essays.anchoring import ORPHANED, Carrier, Outcome, Quotation
from essays.models import Passage, Place, PlaceState, Revision


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


def fates(
    current: Revision | None, new_text: str, new_blocks: Sequence[dict[str, Any]]
) -> list[Fate]:
    """Of all passages that have a place in the newest revision, were it only that they have none.

    The queries do not grow with the passages. Each is carried from where it stands; one that is
    gone, from the revision that had it last, for words come back.
    """
    if current is None:
        return []
    here = {
        place.passage_id: place
        for place in Place.objects.filter(revision=current).select_related("passage")
    }
    found: dict[int, Fate] = {}
    for revision, places in _by_revision(current, here.values()):
        carrier = Carrier(revision.text, new_text, new_blocks)
        for place in places:
            found[place.passage_id] = _fate(carrier, place, here[place.passage_id])
    return [found[passage] for passage in here]


def _fate(carrier: Carrier, place: Place, here: Place) -> Fate:
    passage = place.passage
    start, end = place.start or 0, place.end or 0
    outcome = carrier.carry(Quotation(passage.exact, passage.prefix, passage.suffix, start, end))
    becomes = ""
    if outcome.start is not None:
        becomes = carrier.new[outcome.start : outcome.end]
    return Fate(passage, outcome, carrier.old[start:end], becomes, here.start)


def _by_revision(current: Revision, places: Iterable[Place]) -> list[tuple[Revision, list[Place]]]:
    """The places to carry from, by the revision that they are in."""
    there: list[Place] = []
    gone: list[Place] = []
    for place in places:
        (gone if place.state == PlaceState.ORPHANED else there).append(place)
    listed = [(current, there)]
    by_revision: dict[int, list[Place]] = defaultdict(list)
    for place in _last_seen(gone):
        by_revision[place.revision_id].append(place)
    revisions = Revision.objects.only("text").in_bulk(by_revision)
    return listed + [(revisions[pk], by_revision[pk]) for pk in by_revision]


def _last_seen(gone: Sequence[Place]) -> list[Place]:
    """Of passages that are gone, where each stood last."""
    if not gone:
        return []
    places = (
        Place.objects.filter(passage__in=[place.passage_id for place in gone])
        .exclude(state=PlaceState.ORPHANED)
        .select_related("passage")
        .order_by("passage", F("revision__number").desc())
    )
    found: dict[int, Place] = {}
    for place in places:
        found.setdefault(place.passage_id, place)
    return list(found.values())
