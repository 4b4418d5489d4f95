"""Which essays are read before and after one, where it belongs to a series. Asked together with the
essay itself, so that a page knows at once when a neighbour is published, renamed or retired.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Func, OuterRef, Q, Subquery, TextField
from django.urls import reverse

from essays.models import Essay

# In a slug there is no such character.
BREAK = "/"
OWN = ("series__title", "series_place")


class Neighbour(NamedTuple):
    path: str
    title: str


class InSeries(NamedTuple):
    title: str
    place: int
    previous: Neighbour | None
    next: Neighbour | None


class _Joined(Func):
    """Django's own would give each part a value in case it is NULL: this is asked of every page."""

    template = "%(expressions)s"
    arg_joiner = f" || '{BREAK}' || "
    output_field = TextField()


def neighbours(now: datetime) -> dict[str, Subquery]:
    """Of the outer query's essay, each as its slug and its title; none that strangers cannot read.

    Two essays may have been given one place: then the older one is read first.
    """
    place, pk = OuterRef("series_place"), OuterRef("pk")
    others = Essay.objects.order_by().filter(
        series=OuterRef("series"),
        published_at__lte=now,
        retired_at=None,
        current_revision__isnull=False,
    )
    before = others.filter(Q(series_place__lt=place) | Q(series_place=place, pk__lt=pk))
    after = others.filter(Q(series_place__gt=place) | Q(series_place=place, pk__gt=pk))
    told = _Joined("slug", "title")
    return {
        "before": Subquery(before.order_by("-series_place", "-pk").values_list(told)[:1]),
        "after": Subquery(after.order_by("series_place", "pk").values_list(told)[:1]),
    }


def read_series(values: Sequence[Any]) -> InSeries | None:
    """From the values of `OWN` and of `neighbours`. An essay without a place is in no order."""
    title, place, before, after = values
    if title is None or place is None:
        return None
    return InSeries(title, place, _neighbour(before), _neighbour(after))


def _neighbour(told: str | None) -> Neighbour | None:
    if not told:
        return None
    slug, _, title = told.partition(BREAK)
    return Neighbour(reverse("essay", args=[slug]), title)
