"""Several lists of rows, each in an order of its own, read as one by the time of each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from forum.exchange.feeds.atom import Entry
from forum.lib.keyset import Order

# Of posts of 10,000 characters that is half a megabyte; of most, forty kB.
SIZE = 30
NEWEST_ROW = Order("pk", is_falling=True)
# Between the cursors of the streams.
APART = "~"


@dataclass(frozen=True, slots=True)
class Stream:
    # Narrow: it is asked for no more than keys.
    rows: "QuerySet[Any]"
    # All that an entry needs, of the rows with these keys.
    whole: "QuerySet[Any]"
    moment: Callable[[Any], datetime]
    entry: Callable[[Any], Entry]
    order: Order = NEWEST_ROW

    def read(self, after: str) -> list[Any]:
        """One more than a page, so that its end is known; two queries."""
        found = self.order.after(self.order.sorted(self.rows), after)
        keys = list(found.values_list("pk", flat=True)[: SIZE + 1])
        rows = self.whole.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


def read_page(streams: Sequence[Stream], before: str) -> tuple[list[Entry], str]:
    """The newest of all of them, and what `before` says of the page that follows.

    Each stream goes on where it stopped, so nothing is repeated or left out where moments are
    alike. What no link of ours says means the first page.
    """
    cursors = before.split(APART)
    if len(cursors) != len(streams):
        cursors = [""] * len(streams)
    waiting = [stream.read(cursor) for stream, cursor in zip(streams, cursors, strict=True)]
    entries: list[Entry] = []
    while any(waiting) and len(entries) < SIZE:
        at = max(
            (at for at, rows in enumerate(waiting) if rows),
            key=lambda at: (streams[at].moment(waiting[at][0]), -at),
        )
        row = waiting[at].pop(0)
        entries.append(streams[at].entry(row))
        cursors[at] = streams[at].order.cursor(row)
    return entries, APART.join(cursors) if any(waiting) else ""
