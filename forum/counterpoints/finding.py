"""One claim or counterpoint with all that its pages tell of it, found by whoever may read it; for
either 1 query, whose SQL is made once.
"""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.counterpoints.models import Claim, Counterpoint
from forum.lib.prepared_objects import PreparedObjects


class _Roles(NamedTuple):
    """What the queries ask of a reader, and what makes them other queries."""

    is_authenticated: bool
    is_moderator: bool
    is_editor: bool


class _Reader(NamedTuple):
    pk: int
    is_authenticated: bool
    is_moderator: bool
    is_editor: bool


def find_claim(user: Any, pk: int) -> Any:
    """The claim as `for_page` reads it, with its wordings, or the one that it was merged into: then
    its `pk` is another one. Raises `Http404`.
    """
    found = _first(_claims, user, pk) or _first(_merged, user, pk)
    if found is None:
        raise Http404(_("There is no such claim."))
    # One essay, not two: permissions ask the thread for it.
    found.thread.essay = found.essay
    return found


def find_counterpoint(user: Any, pk: int) -> Any:
    """Raises `Http404`."""
    found = _first(_counterpoints, user, pk)
    if found is None:
        raise Http404("There is no such counterpoint.")
    return found


def _first(query: Any, user: Any, pk: int) -> Any:
    roles = _Roles(
        bool(user.is_authenticated),
        bool(getattr(user, "is_moderator", False)),
        bool(getattr(user, "is_editor", False)),
    )
    return query(roles).first(pk=pk, reader=user.pk or 0, now=timezone.now())


@cache
def _claims(roles: _Roles) -> PreparedObjects:
    def build(pk: int, reader: int, now: datetime) -> Any:
        claims: Any = Claim.objects
        return claims.for_page(_Reader(reader, *roles), now).with_wordings().filter(pk=pk)

    return PreparedObjects(build)


@cache
def _merged(roles: _Roles) -> PreparedObjects:
    def build(pk: int, reader: int, now: datetime) -> Any:
        claims: Any = Claim.objects
        return claims.for_page(_Reader(reader, *roles), now).with_wordings().filter(merged__pk=pk)

    return PreparedObjects(build)


@cache
def _counterpoints(roles: _Roles) -> PreparedObjects:
    def build(pk: int, reader: int, now: datetime) -> Any:
        counterpoints: Any = Counterpoint.objects
        return counterpoints.for_page(_Reader(reader, *roles), now).filter(pk=pk)

    return PreparedObjects(build)
