"""What the page of an essay's revisions lists: each version, and what readers mended in it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from essays.models import Essay, Place, PlaceState, Revision
from forum.counterpoints.models import Correction
from forum.lib.keyset import Order, page
from forum.lib.ledger import listed
from forum.lib.nouns import counted, digits
from forum.posts.statuses import PostStatus

REVISIONS_A_PAGE = 20
CORRECTIONS_A_PAGE = 30
# What a menu of numbers has room for; older ones are compared by their address.
NUMBERS_OFFERED = 500

NEWEST = Order("number", is_falling=True)
LATEST = Order("id", is_falling=True)
LONG_COLUMNS = ("source", "html", "text", "blocks")


@dataclass(frozen=True, slots=True)
class Listed:
    """A revision with what can be told of it in a line."""

    revision: Revision
    before: int | None
    words: str
    fates: str


def published_revisions(essay: Essay) -> "QuerySet[Revision]":
    """Without the long texts."""
    newest = essay.current_revision.number if essay.current_revision else 0
    return Revision.objects.filter(essay=essay, number__lte=newest).defer(*LONG_COLUMNS)


FATES = {
    PlaceState.EXACT: ngettext_lazy("%(number)s exact", "%(number)s exact", "number"),
    PlaceState.MOVED: ngettext_lazy("%(number)s moved", "%(number)s moved", "number"),
    PlaceState.CHANGED: ngettext_lazy("%(number)s changed", "%(number)s changed", "number"),
    PlaceState.ORPHANED: ngettext_lazy("%(number)s orphaned", "%(number)s orphaned", "number"),
}


def numbers_of(essay: Essay) -> list[int]:
    """The newest first."""
    found = published_revisions(essay).order_by("-number").values_list("number", flat=True)
    return list(found[:NUMBERS_OFFERED])


def versions_counted(numbers: list[int], noun: str) -> str:
    """Four versions: in words, and no more than are known of."""
    said = counted(len(numbers), noun)
    return _("at least %(said)s") % {"said": said} if len(numbers) == NUMBERS_OFFERED else said


def read_revisions(essay: Essay, after: str) -> tuple[list[Listed], str]:
    """A page of them, the newest first, and the cursor of the next; two queries."""
    earlier = Revision.objects.filter(essay=essay, number__lt=OuterRef("number"))
    before = earlier.order_by("-number")
    rows = published_revisions(essay).annotate(
        number_before=Subquery(before.values("number")[:1]),
        words_before=Subquery(before.values("word_count")[:1]),
    )
    found, following = page(
        rows.select_related("created_by"), NEWEST, size=REVISIONS_A_PAGE, after=after
    )
    fates = _fates(found)
    return [_listed(each, fates[each.pk]) for each in found], following


def _listed(revision: Any, fates: dict[str, int]) -> Listed:
    return Listed(
        revision,
        revision.number_before,
        _words(revision.word_count, revision.words_before),
        fates_sentence(fates),
    )


def _words(number: int, before: int | None) -> str:
    said = ngettext("%(number)s word", "%(number)s words", number) % {"number": digits(number)}
    if before is None:
        return said
    if number == before:
        return _("%(words)s, the same") % {"words": said}
    told = {"words": said, "number": digits(abs(number - before))}
    if number > before:
        return _("%(words)s, %(number)s more") % told
    return _("%(words)s, %(number)s fewer") % told


def fates_sentence(fates: dict[str, int]) -> str:
    """4 exact, 2 moved, 2 changed, 1 orphaned."""
    return listed(
        FATES[PlaceState(state)] % {"number": fates[state]}
        for state in PlaceState.values
        if fates.get(state)
    )


def _fates(revisions: list[Revision]) -> dict[int, dict[str, int]]:
    """How the passages of claims stand in each; a claim that was taken down is not told of."""
    fates: dict[int, dict[str, int]] = defaultdict(dict)
    places = Place.objects.filter(
        revision__in=[each.pk for each in revisions],
        passage__claims__opening__status=PostStatus.VISIBLE,
        passage__claims__merged_into=None,
    )
    counts = places.order_by().values_list("revision", "state").annotate(Count("pk"))
    for revision, state, number in counts:
        fates[revision][state] = number
    return fates


def read_corrections(essay: Essay, after: str) -> "tuple[list[Correction], str]":
    """A page of them, the latest first, and the cursor of the next; one query."""
    before = Revision.objects.filter(
        essay=OuterRef("revision__essay"), number__lt=OuterRef("revision__number")
    )
    found = (
        Correction.objects.filter(revision__essay=essay)
        .select_related("revision", "credited", "counterpoint__claim__opening")
        .only(
            "words", "was", "became", "made_at", "revision__number", "credited__username",
            "credited__display_name", "counterpoint__relation", "counterpoint__claim__number",
            "counterpoint__claim__opening__text", "counterpoint__claim__opening__status",
        )
        .annotate(number_before=Subquery(before.order_by("-number").values("number")[:1]))
    )  # fmt: skip
    return page(found, LATEST, size=CORRECTIONS_A_PAGE, after=after)
