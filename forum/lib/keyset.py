"""Pages of a list by the key of their last row: no offset, however far a reader goes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from forum.lib.prepared_objects import PreparedObjects

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
        place = self.place(cursor)
        return rows if place is None else self.beyond(rows, *place)

    def place(self, cursor: str) -> tuple[Any, int] | None:
        """What the column says in the row that the cursor names, and its id."""
        found = CURSOR.fullmatch(cursor)
        if found is None:
            return None
        value = int(found[1])
        return EPOCH + value * MICROSECOND if self.is_moment else value, int(found[2])

    def beyond(self, rows: "QuerySet[Any]", value: Any, pk: int) -> "QuerySet[Any]":
        way = "lt" if self.is_falling else "gt"
        return rows.filter(
            Q(**{f"{self.column}__{way}": value}) | Q(**{self.column: value, f"pk__{way}": pk}),
            # The same, said so that an index of the column is entered at the right place.
            **{f"{self.column}__{way}e": value},
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
    return _cut(list(order.after(order.sorted(rows), after)[: size + 1]), order, size)


class PreparedPage:
    """The same of a query whose SQL is made once; `build` gives it, of the keywords of a call."""

    def __init__(self, build: Callable[..., "QuerySet[Any]"], order: Order, *, size: int) -> None:
        self.order, self.size = order, size
        self.first = PreparedObjects(lambda **told: order.sorted(build(**told))[: size + 1])
        self.later = PreparedObjects(
            lambda value, pk, **told: order.beyond(order.sorted(build(**told)), value, pk)[
                : size + 1
            ]
        )

    def __call__(self, after: str = "", **told: Any) -> tuple[list[Any], str]:
        place = self.order.place(after)
        if place is None:
            found = self.first(**told)
        else:
            found = self.later(value=place[0], pk=place[1], **told)
        return _cut(found, self.order, self.size)


def _cut(found: list[Any], order: Order, size: int) -> tuple[list[Any], str]:
    """Of one row more than there is room for."""
    shown = found[:size]
    return shown, order.cursor(shown[-1]) if len(found) > size else ""
