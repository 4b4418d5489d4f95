"""Whether an answer is still what it was: one statement that tells the version of all in it.

None where there is nothing that a stranger may read. Versions of essays are raised by whatever
their pages show; a member's new name, which is in none of them, is a change of its own.
"""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Sum, Value

from forum.exchange.api import rows
from forum.exchange.models import Change, Kind
from forum.posts.models import Post


def _newest(changes: "QuerySet[Change]") -> Subquery:
    return Subquery(changes.order_by("-pk").values("pk")[:1], output_field=IntegerField())


def _renamed() -> Subquery:
    return _newest(Change.objects.filter(kind=Kind.AUTHOR))


def _said(found: "QuerySet[Any]", *columns: str) -> str | None:
    row = found.annotate(renamed=_renamed()).values_list("renamed", *columns).first()
    return None if row is None else ".".join(str(value or 0) for value in row)


def of_all() -> str:
    """Of all essays; one that comes into sight by itself, at its hour, is in the sums from then."""
    sums = rows.public_essays().values(whole=Value(1))
    told = sums.annotate(
        versions=Sum("version"), ids=Sum("pk"), newest=_newest(Change.objects.all())
    )
    row = next(iter(told.values_list("versions", "ids", "newest")), ())
    return ".".join(str(value or 0) for value in row)


def of_essay(slug: str, **_further: Any) -> str | None:
    return _said(rows.public_essays().filter(slug=slug).order_by("pk"), "pk", "version")


def of_claim(pk: int) -> str | None:
    found = rows.claims().filter(pk=pk).order_by("pk")
    return _said(found, "pk", "essay__version")


def of_thread(pk: int) -> str | None:
    found = rows.threads().filter(pk=pk).order_by("pk")
    return _said(found, "pk", "version", "essay__version")


def of_post(pk: int) -> str | None:
    found = Post.objects.filter(pk=pk, depth__gt=0, thread__in=rows.threads().values("pk"))
    return _said(found.order_by("pk"), "pk", "thread__version", "thread__essay__version")
