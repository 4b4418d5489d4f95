"""Which entries of the index came, went or moved since it was asked last; and which essays there
are to be found. Triggers write the one, see migration 0010.
"""

from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from forum.search.listed import OfListed

DAY = 24 * 3600

_listed = OfListed(lambda essays: essays.values_list("pk"))
# `pk` is what Django calls it.
_NEWS = """
    SELECT now.last, now.snapshot, essays.number, essays.ids, essays.squares, touched.position
    FROM (SELECT coalesce(max(id), 0) AS last, {snapshot} AS snapshot FROM search_touched) now
    CROSS JOIN (
        SELECT count(*) AS number, sum(pk) AS ids, sum(pk * pk) AS squares FROM ({listed}) listed
    ) essays
    LEFT JOIN search_touched touched ON {since}
"""
_SINCE = "touched.id > %s"
# Whoever got a lower number may have ended only now.
_UNSEEN = """(touched.id > %s OR touched.written_by >= pg_snapshot_xmin(%s::pg_snapshot)
    AND NOT pg_visible_in_snapshot(touched.written_by, %s::pg_snapshot))"""
# Said so that SQLite begins where nothing follows: what is never true it tries on every row.
_NOTHING = "touched.id > now.last"


class Seen(NamedTuple):
    """How far somebody has seen."""

    last: int
    snapshot: str
    # Tells whether these are the same essays: how many, and sums of their numbers.
    essays: tuple[Any, ...]


def news(user: Any, since: Seen | None = None) -> tuple[Seen, frozenset[int]]:
    """How it is now, and which positions were touched since then; one query."""
    is_sqlite = connection.vendor == "sqlite"
    listed, values = _listed.statement(user)
    condition = _NOTHING
    if since is not None:
        condition = _SINCE if is_sqlite else _UNSEEN
        values = [*values, since.last, *([] if is_sqlite else [since.snapshot] * 2)]
    snapshot = "''" if is_sqlite else "pg_current_snapshot()::text"
    with connection.cursor() as cursor:
        cursor.execute(_NEWS.format(snapshot=snapshot, listed=listed, since=condition), values)
        rows = cursor.fetchall()
    last, said, *essays, _ = rows[0]
    return Seen(last, said, tuple(essays)), frozenset(row[-1] for row in rows) - {None}


def forget_touched() -> None:
    """Nobody goes on from what was seen so long ago."""
    with connection.cursor() as cursor:
        end = int(timezone.now().timestamp()) - DAY
        cursor.execute("DELETE FROM search_touched WHERE at < %s", [end])
