"""A few rows of another table beside each row of a query, in the same statement.

Neither an array nor a lateral join is spoken by both databases; JSON is.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet, Subquery, TextField


class JSONRows(Subquery):
    """The rows of a query of values as JSON text, for `rows` to read. Bound it by a slice."""

    output_field = TextField()

    def __init__(self, queryset: "QuerySet[Any]", **columns: Any) -> None:
        super().__init__(queryset.values(**columns))
        self.names = ", ".join(f'"{name}"' for name in columns)

    def as_sql(
        self, compiler: Any, connection: Any, template: str | None = None, **extra: Any
    ) -> Any:
        template = template or _from(f"json_group_array(json_array({self.names}))")
        return super().as_sql(compiler, connection, template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = _from(f"json_agg(json_build_array({self.names}))::text")
        return self.as_sql(compiler, connection, template, **extra)


def _from(array: str) -> str:
    # The names are those of keyword arguments.
    return f'(SELECT {array} FROM (%(subquery)s) "found")'  # noqa: S608


def rows(column: str | list[Any] | None) -> list[list[Any]]:
    """Those within others SQLite may have read already."""
    found: list[list[Any]] = json.loads(column) if isinstance(column, str) else column or []
    return found


def moment(text: str) -> datetime:
    """A column of times: SQLite keeps them in UTC and does not say so."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
