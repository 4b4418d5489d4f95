"""What became of an essay's claims between two of its revisions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from essays.models import Essay, Place, PlaceState, Revision
from forum.changed_text import Mark
from forum.counterpoints import wording
from forum.counterpoints.margin import claims_in_text

# More rows than this are no table that anybody reads: those whose passage is as it was go first.
ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fate:
    """One claim: how its passage stands in the second revision, and what that means."""

    number: int
    label: str
    statement: str
    url: str
    verdict_html: str
    state: str
    note: str
    # Whether the text below shows what was done to its words.
    is_shown: bool


def claims_between(essay: Essay, a: Revision, b: Revision) -> list[Any]:
    """Those whose passage has a place in the second, or was lost on the way; one query."""
    before = Q(passage__places__revision=a.pk)
    lost = Place.objects.filter(
        passage=OuterRef("passage"), state=PlaceState.ORPHANED,
        revision__gt=a.pk, revision__lte=b.pk,
    )  # fmt: skip
    why = lost.exclude(reason="").order_by("-revision_id").values("reason")[:1]
    return list(
        claims_in_text(essay, b.pk)
        .annotate(earlier=FilteredRelation("passage__places", condition=before))
        .annotate(
            reason=Subquery(why),
            state_before=F("earlier__state"),
            start_before=F("earlier__start"),
            end_before=F("earlier__end"),
        )
        .filter(place__isnull=False)
        .order_by(Coalesce("start", "start_before").asc(nulls_last=True), "number")
    )


def counted_fates(claims: Sequence[Any]) -> Counter[str]:
    return Counter(claim.state for claim in claims)


def shown_of(claims: Sequence[Any]) -> list[Any]:
    if len(claims) <= ROWS_SHOWN:
        return list(claims)
    return [claim for claim in claims if claim.state != PlaceState.EXACT][:ROWS_SHOWN]


def fate_of(claim: Any, a: Revision, b: Revision) -> Fate:
    was, now = _words(a, claim.start_before, claim.end_before), _words(b, claim.start, claim.end)
    return Fate(
        number=claim.number,
        label=claim.label,
        statement=claim.statement,
        url=claim.get_absolute_url(),
        verdict_html=wording.verdict_html(claim),
        state=claim.state,
        note=_note(claim, was, now, a, b),
        is_shown=was != now and was is not None,
    )


def mark_of(claim: Any) -> Mark:
    """What has only moved is marked where it stands now."""
    has_moved = claim.state == PlaceState.MOVED
    return Mark(
        number=claim.number,
        label=claim.label,
        state=claim.state,
        url=reverse("counterpoints:claim", args=[claim.pk]),
        old=None if has_moved else _stretch(claim.start_before, claim.end_before),
        new=_stretch(claim.start, claim.end),
    )


def _stretch(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)


def _words(revision: Revision, start: int | None, end: int | None) -> str | None:
    return None if start is None else revision.text[start:end]


def _note(claim: Any, was: str | None, now: str | None, a: Revision, b: Revision) -> str:
    if now is None:
        return _note_of_lost(claim, was, a)
    if claim.state_before is None:
        return _("It was marked after revision %(number)s.") % {"number": a.number}
    if was is None:
        return (
            _("Its words are back.")
            if a.number < b.number
            else _("Gone in revision %(number)s.") % {"number": a.number}
        )
    if was != now:
        back = claim.state != PlaceState.CHANGED
        return _("The words are those that were marked.") if back else _("Its words were edited.")
    if claim.state == PlaceState.CHANGED:
        return _("It was edited before, and says the same as in revision %(number)s.") % {
            "number": a.number
        }
    first, second = _paragraph(a, claim.start_before), _paragraph(b, claim.start)
    if claim.state == PlaceState.MOVED and first != second and first and second:
        return _("From paragraph %(first)s to paragraph %(second)s.") % {
            "first": first,
            "second": second,
        }
    return ""


def _note_of_lost(claim: Any, was: str | None, a: Revision) -> str:
    if was is None:
        return _("Its words are not in revision %(number)s either.") % {"number": a.number}
    said = _("Its words are gone. The claim stays readable in revision %(number)s.")
    said %= {"number": a.number}
    return f"{said} {claim.reason}" if claim.reason else said


def _paragraph(revision: Revision, place: int) -> int | None:
    """The number of the paragraph that a place of the text lies in."""
    for block in revision.blocks:
        if block["start"] <= place < block["end"]:
            return block["number"]
    return None
