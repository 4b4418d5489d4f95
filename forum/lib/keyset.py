"""Pages of a list by the key of their last row: no offset, however far a reader goes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A digit less than the year 9999 has in microseconds, and than the greatest id has: whatever
# fits here is a moment, and a number that either database keeps.
CURSOR = re.compile(r"(\d{1,17})-(\d{1,18})")


def is_cursor(text: str) -> bool:
    return CURSOR.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Order:
    """Rows by one column and, where that is equal, by the id; both in the same direction."""

    column: str
    is_falling: bool = False
    is_moment: bool = False

    def sorted(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        sign = "-" if self.is_falling else ""
        return rows.order_by(f"{sign}{self.column}", f"{sign}pk")

    def after(self, rows: "QuerySet[Any]", cursor: str) -> "QuerySet[Any]":
        """What follows the row that the cursor names; everything where it names none."""
        found = CURSOR.fullmatch(cursor)
        if found is None:
            return rows
        value: Any = int(found[1])
        if self.is_moment:
            value = EPOCH + value * MICROSECOND
        beyond = "lt" if self.is_falling else "gt"
        return rows.filter(
            Q(**{f"{self.column}__{beyond}": value})
            | Q(**{self.column: value, f"pk__{beyond}": int(found[2])}),
            # The same, said so that an index of the column is entered at the right place.
            **{f"{self.column}__{beyond}e": value},
        )

    def cursor(self, row: Any) -> str:
        value = getattr(row, self.column)
        if self.is_moment:
            value = (value - EPOCH) // MICROSECOND
        return f"{value}-{row.pk}"


def page(
    rows: "QuerySet[Any]", order: Order, *, size: int, after: str = ""
) -> tuple[list[Any], str]:
    """So many rows, and the cursor of the page that follows; empty where none does."""
    found = list(order.after(order.sorted(rows), after)[: size + 1])
    shown = found[:size]
    return shown, order.cursor(shown[-1]) if len(found) > size else ""
