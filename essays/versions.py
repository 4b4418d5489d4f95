"""The version of all essays that are published: raised with every change of anything that any list
of essays shows, or of what a search finds on them.
"""

from typing import Any

from django.db.models import Sum, Value
from django.utils import timezone

from essays.models import Essay
from forum.lib.prepared import Prepared
from forum.lib.visitor_pages import Probe, version_of

_sums = Prepared(
    lambda now: (
        Essay.objects.order_by()
        .filter(published_at__lte=now, current_revision__isnull=False)
        .values(whole=Value(1))
        .annotate(versions=Sum("version"), ids=Sum("id"))
        .values_list("versions", "ids")
    )
)


def version_of_all(name: str, probed: list[Any] | None = None) -> str:
    """One query, unless the front door has asked already and gives what it was told. An essay whose
    hour has come counts from then on.
    """
    now = timezone.now()
    rows = _sums(now=now) if probed is None else _sums.read(probed, now=now)
    return version_of(name, *(rows[0] if rows else (0, 0)))


def probe_of_all(name: str) -> Probe:
    """The same, but that an essay whose hour has come is missed until the page is made anew."""
    return Probe(name, *_sums.statement(now=timezone.now()), columns=(0, 1))
