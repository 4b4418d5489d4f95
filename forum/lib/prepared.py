"""Statements whose SQL is made once. On the pages that everybody reads, and with each post that is
written, making the SQL anew would cost more than running it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models.sql import DeleteQuery, UpdateQuery

# Values that no query of ours means, by which its parameters are told apart. They fit PostgreSQL's
# integer: where a column could not hold them, Django would take the answer to be empty.
_FIRST_STAND_IN = 1_734_011_235


class _Form(NamedTuple):
    sql: str
    # For each parameter its name, and which of a list it is; or no name, and what it always is.
    slots: tuple[tuple[str, Any], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


class Statement:
    """`build` gives what to run, of its keywords.

    The values of a keyword must always be of one type; a list may have any length. Whatever else
    `build` looks at is as it was the first time: nothing in it may depend on the reader or the
    time.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.forms: dict[tuple[Any, ...], _Form] = {}

    def statement(self, **values: Any) -> tuple[str, list[Any]]:
        """What calling this would run: SQL and its parameters."""
        return self._statement(connections[DEFAULT_DB_ALIAS], values)

    def _statement(self, connection: Any, values: dict[str, Any]) -> tuple[str, list[Any]]:
        form = self._form(connection, values)
        given = {name: _adapted(connection, value) for name, value in values.items()}
        return form.sql, [_filled(given, name, what) for name, what in form.slots]

    def _form(self, connection: Any, values: dict[str, Any]) -> _Form:
        sizes = tuple(len(value) for value in values.values() if isinstance(value, list))
        shape = (connection.vendor, *sizes)
        form = self.forms.get(shape)
        if form is None:
            form = self.forms[shape] = self._prepare(connection, values)
        return form

    def _prepare(self, connection: Any, values: dict[str, Any]) -> _Form:
        numbers = iter(range(_FIRST_STAND_IN, _FIRST_STAND_IN + 10_000))
        stand_ins = {
            name: [_stand_in(one, next(numbers)) for one in value]
            if isinstance(value, list)
            else _stand_in(value, next(numbers))
            for name, value in values.items()
        }
        names: dict[Any, tuple[str, Any]] = {}
        for name, value in stand_ins.items():
            for place, one in enumerate(value if isinstance(value, list) else [value]):
                at = place if isinstance(value, list) else None
                names[_adapted(connection, one)] = (name, at)
        sql, parameters, converters = self._compiled(self.build(**stand_ins), connection)
        return _Form(
            sql,
            tuple(names.get(parameter, ("", parameter)) for parameter in parameters),
            tuple((at, tuple(run), column) for at, (run, column) in converters.items()),
        )

    def _compiled(self, built: Any, connection: Any) -> tuple[str, Sequence[Any], dict[int, Any]]:
        raise NotImplementedError

    def _rows(self, connection: Any, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(*self._statement(connection, values))
            rows = cursor.fetchall()
        return self._read(connection, rows, values)

    def _read(
        self, connection: Any, rows: list[tuple[Any, ...]], values: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        form = self._form(connection, values)
        if not form.converters:
            return rows
        return [_converted(row, form, connection) for row in rows]


class Prepared(Statement):
    """`build` gives a `values_list` query; calling this runs it, as tuples."""

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        return self._rows(connections[DEFAULT_DB_ALIAS], values)

    def read(self, rows: list[tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
        """What that statement gave, as Python's values."""
        return self._read(connections[DEFAULT_DB_ALIAS], rows, values)

    def _compiled(self, built: Any, connection: Any) -> tuple[str, Sequence[Any], dict[int, Any]]:
        compiler = built.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        return sql, parameters, converters_of(compiler)


def converters_of(compiler: Any) -> dict[int, Any]:
    """How the values of a compiled query become Python's."""
    columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
    converters: dict[int, Any] = compiler.get_converters(columns)
    return converters


class _Change(Statement):
    """Calling it changes rows, and tells how many."""

    def __call__(self, **values: Any) -> int:
        connection = connections[DEFAULT_DB_ALIAS]
        with (
            transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
            connection.cursor() as cursor,
        ):
            cursor.execute(*self._statement(connection, values))
            return int(cursor.rowcount)


class PreparedUpdate(_Change):
    """`build` gives the rows and, by column, what they get."""

    def _compiled(self, built: Any, connection: Any) -> tuple[str, Sequence[Any], dict[int, Any]]:
        rows, changes = built
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(changes)
        return *query.get_compiler(connection=connection).as_sql(), {}


class PreparedDelete(_Change):
    """`build` gives the rows that go. Nothing may refer to them: nobody looks for what does."""

    def _compiled(self, built: Any, connection: Any) -> tuple[str, Sequence[Any], dict[int, Any]]:
        query = built.query.chain(DeleteQuery)
        return *query.get_compiler(connection=connection).as_sql(), {}


def _stand_in(value: Any, number: int) -> Any:
    if isinstance(value, datetime):
        return datetime(1066, 10, 14, tzinfo=UTC) + timedelta(seconds=number - _FIRST_STAND_IN)
    if isinstance(value, UUID):
        return UUID(int=number)
    return type(value)(number)


def _adapted(connection: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _filled(given: dict[str, Any], name: str, what: Any) -> Any:
    if not name:
        return what
    return given[name] if what is None else given[name][what]


def _converted(row: Sequence[Any], form: _Form, connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for at, converters, column in form.converters:
        for convert in converters:
            values[at] = convert(values[at], column, connection)
    return tuple(values)
