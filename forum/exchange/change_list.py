"""The list of changes in order: whoever reads it page by page misses none and gets none twice.

The order is that of the moments at which the database wrote them, and of their numbers where
those are equal. A transaction that began before a page was read may still add to what lies before
the page's end, so nobody reads further than where all is settled:

- On PostgreSQL that is where the oldest transaction began that has written something and has not
  ended. Whoever has written nothing yet writes later than now. So the list lags by as long as the
  longest writing transaction takes: some hundredths of a second on this site, while a long one
  is at work (a large import) until it ends. Long reading ones, such as backups, hold nothing up.
- On SQLite there is one writer at a time, and the page is read as one: nobody else is at work.

A clock of the database that is set back breaks the promise for as far as it was set back.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from forum.exchange.change_triggers import WORDS
from forum.exchange.models import Change
from forum.lib.keyset import EPOCH, MICROSECOND, Order

IN_ORDER = Order("moment")

SETTLED_ON_POSTGRES = """
    SELECT (extract(epoch FROM least(statement_timestamp(), min(xact_start))) * 1000000)::bigint
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend' AND backend_xid IS NOT NULL
"""
SETTLED_ON_SQLITE = f"SELECT {WORDS['sqlite']['now']} + 1"


@dataclass(frozen=True, slots=True)
class Changes:
    rows: list[Change]
    cursor: str
    has_more: bool
    # All that is told is told as of then.
    settled: datetime


def cursor_since(moment: datetime) -> str:
    return f"{max(0, (moment - EPOCH) // MICROSECOND)}-0"


def moment_of(change: Change) -> datetime:
    return EPOCH + change.moment * MICROSECOND


def changes_after(cursor: str, *, size: int) -> Changes:
    """So many of the changes that follow the cursor, oldest first; 2 queries."""
    # On SQLite, a transaction of ours begins when every other writer has ended.
    with transaction.atomic():
        settled = _settled()
        rows = IN_ORDER.after(IN_ORDER.sorted(Change.objects.all()), cursor)
        found = list(rows.filter(moment__lt=settled)[: size + 1])
    shown = found[:size]
    following = IN_ORDER.cursor(shown[-1]) if shown else cursor
    return Changes(shown, following, len(found) > size, EPOCH + settled * MICROSECOND)


def _settled() -> int:
    """Every change before this moment is there to read; the last of them is in the next page."""
    sql = SETTLED_ON_SQLITE if connection.vendor == "sqlite" else SETTLED_ON_POSTGRES
    with connection.cursor() as cursor:
        cursor.execute(sql)
        settled: int = cursor.fetchone()[0]
    return settled
