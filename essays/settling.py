"""Passages whose place in the newest revision is doubtful, settled by hand from a short list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from essays import permissions
from essays.actions import raise_version
from essays.anchoring import lies_in_a_paragraph, similarity
from essays.models import Essay, Place, PlaceState, Revision, Settlement
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused, ensure

# Below this the words are others, whatever the rule made of them.
DOUBTFUL_BELOW = 0.8
CANDIDATES = 4
# Sentences that share less are no help.
LEAST_ALIKE = 30
DOUBTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    start: int
    end: int
    words: str
    # In percent.
    alike: int

    @property
    def span(self) -> str:
        """As a form says it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Doubt:
    place: Place
    then: str
    now: str
    candidates: list[Candidate]
    settlement: Settlement | None


def doubts_of(essay: Essay) -> list[Doubt]:
    """Passages that are gone or much changed in the newest revision, or were settled; 2 queries."""
    revision = essay.current_revision
    if revision is None:
        return []
    standing = Settlement.objects.filter(undone_at=None)
    is_settled = Exists(standing.filter(place=OuterRef("pk")))
    is_doubtful = Q(state=PlaceState.ORPHANED) | Q(
        state=PlaceState.CHANGED, similarity__lt=DOUBTFUL_BELOW
    )
    places = (
        Place.objects.filter(is_doubtful | is_settled, revision=revision)
        .select_related("passage")
        .prefetch_related(Prefetch("settlements", standing.order_by("-pk"), to_attr="standing"))
        .order_by("passage__created_at", "pk")
    )
    return [_doubt(place, revision) for place in places[:DOUBTS_SHOWN]]


def _doubt(place: Any, revision: Revision) -> Doubt:
    then, now = place.passage.exact, revision.text[place.start or 0 : place.end or 0]
    settlement = place.standing[0] if place.standing else None
    return Doubt(place, then, now, candidates(then, revision), settlement)


def candidates(quotation: str, revision: Revision) -> list[Candidate]:
    """The sentences most like it, the likest first."""
    spans = [
        span
        for block in revision.blocks
        if block["number"] is not None
        for span in block["sentences"]
    ]
    texts = [revision.text[start:end] for start, end in spans]
    found = process.extract(
        quotation, texts, scorer=fuzz.ratio, limit=CANDIDATES, score_cutoff=LEAST_ALIKE
    )
    return [
        Candidate(spans[at][0], spans[at][1], words, round(alike)) for words, alike, at in found
    ]


@transaction.atomic
def settle(
    *, by: Any, place: Place, span: tuple[int, int] | None, now: datetime | None = None
) -> Settlement:
    """Say where the passage stands in the newest revision; None: nowhere.

    Raises `Unrenderable` where the words cannot carry it.
    """
    place = _current(by, place)
    settlement = Settlement.objects.create(
        place=place, state_before=place.state, start_before=place.start, end_before=place.end,
        similarity_before=place.similarity, settled_by=by, settled_at=now or timezone.now(),
    )  # fmt: skip
    _put(place, span)
    place.save(update_fields=["state", "start", "end", "similarity"])
    raise_version(place.revision.essay_id)
    return settlement


def _put(place: Place, span: tuple[int, int] | None) -> None:
    if span is None:
        if place.revision_id == place.passage.made_in_id:
            raise Unrenderable(
                _("These words were chosen in this very revision: they stand in it.")
            )
        place.state, place.start, place.end = PlaceState.ORPHANED, None, None
        place.similarity = None
        return
    revision, (start, end) = place.revision, span
    if not lies_in_a_paragraph(revision.blocks, start, end):
        raise Unrenderable(_("A passage lies within one paragraph of the newest revision."))
    words = revision.text[start:end]
    is_same = words == place.passage.exact
    place.state = PlaceState.MOVED if is_same else PlaceState.CHANGED
    place.start, place.end = start, end
    place.similarity = similarity(place.passage.exact, words)


@transaction.atomic
def undo(*, by: Any, settlement: Settlement, now: datetime | None = None) -> Place:
    """What the rule had said stands again. Only the last word on a place is undone."""
    place = _current(by, settlement.place)
    newest = place.settlements.filter(undone_at=None).order_by("-pk").first()
    if newest is None or newest.pk != settlement.pk:
        raise Refused(_("This was undone, or settled again, in the meantime."))
    place.state, place.start = newest.state_before, newest.start_before
    place.end, place.similarity = newest.end_before, newest.similarity_before
    place.save(update_fields=["state", "start", "end", "similarity"])
    newest.undone_at = now or timezone.now()
    newest.save(update_fields=["undone_at"])
    raise_version(place.revision.essay_id)
    return place


def _current(by: Any, place: Place) -> Place:
    """The place as it is now, held; only one of the newest revision can still be settled."""
    ensure(permissions.can_settle(by))
    essay = Essay.objects.select_for_update(of=("self",)).get(pk=place.passage.essay_id)
    fresh = Place.objects.select_related("passage", "revision").get(pk=place.pk)
    if fresh.revision_id != essay.current_revision_id:
        raise Refused(_("A newer revision was published: look at the passages again."))
    return fresh
