"""The short list of doubtful passages, and what settling one of them does to its claims."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from essays import settling
from essays.models import Essay, Place, Settlement
from essays.permissions import can_settle
from essays.settling import Doubt, doubts_of
from forum.counterpoints.models import Choice, Claim, Correction, Reconsideration
from forum.counterpoints.reconsidering import hold_claims, tell_of_revision
from forum.counterpoints.then_and_now import now_html, then_html
from forum.lib.verdict import ensure

NOWHERE = "nowhere"
# The newest; who has more has other troubles.
DISAGREEMENTS = 50


def find_essay(user: Any, slug: str) -> Essay:
    ensure(can_settle(user))
    essays = Essay.objects.select_related("current_revision").defer("folded")
    return get_object_or_404(essays, slug=slug)


def find_place(pk: int) -> Place:
    return get_object_or_404(Place.objects.select_related("passage", "revision__essay"), pk=pk)


def find_settlement(pk: int) -> Settlement:
    places = Settlement.objects.select_related("place__passage", "place__revision__essay")
    return get_object_or_404(places, pk=pk)


def rows(essay: Essay) -> list[dict[str, Any]]:
    """Each doubtful passage with its claims; the queries do not grow with the list."""
    doubts = doubts_of(essay)
    claims: dict[int, list[Claim]] = {}
    passages = [doubt.place.passage_id for doubt in doubts]
    for claim in Claim.objects.select_related("opening").filter(passage__in=passages):
        claims.setdefault(claim.passage_id, []).append(claim)
    return [_row(doubt, claims.get(doubt.place.passage_id, [])) for doubt in doubts]


def _row(doubt: Doubt, claims: list[Claim]) -> dict[str, Any]:
    return {
        "place": doubt.place,
        "claims": claims,
        "settlement": doubt.settlement,
        "is_lost": not doubt.now,
        "then_html": then_html(doubt.then, doubt.now),
        "now_html": now_html(doubt.then, doubt.now),
        "candidates": [
            {
                "value": f"{each.start}-{each.end}",
                "alike": each.alike,
                "words_html": now_html(doubt.then, each.words),
                "is_here": (each.start, each.end) == (doubt.place.start, doubt.place.end),
            }
            for each in doubt.candidates
        ],
    }


def disagreements(essay: Essay) -> list[Correction]:
    """Where an editor says that the text answers an objection now, and its author says that it
    still applies; 1 query."""
    applies = Reconsideration.objects.filter(
        counterpoint=OuterRef("counterpoint"),
        choice=Choice.STILL_APPLIES,
        revision__number__gte=OuterRef("revision__number"),
    )
    found = Correction.objects.filter(Exists(applies), revision__essay=essay)
    return list(found.select_related("counterpoint__post__author", "revision")[:DISAGREEMENTS])


def span_of(raw: str) -> tuple[int, int] | None:
    """What a radio button says. Raises `ValueError` for what none of ours says."""
    if raw == NOWHERE:
        return None
    start, _, end = raw.partition("-")
    return int(start), int(end)


@transaction.atomic
def settle(
    *, by: Any, place: Place, span: tuple[int, int] | None, now: datetime | None = None
) -> None:
    """With all that follows for the claims: labels freeze or thaw, authors are asked."""
    hold_claims(place.revision.essay_id)
    settling.settle(by=by, place=place, span=span, now=now)
    tell_of_revision(revision=place.revision, now=now)


@transaction.atomic
def undo(*, by: Any, settlement: Settlement, now: datetime | None = None) -> None:
    hold_claims(settlement.place.revision.essay_id)
    place = settling.undo(by=by, settlement=settlement, now=now)
    tell_of_revision(revision=place.revision, now=now)
