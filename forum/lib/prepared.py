"""Statements whose SQL is made once. On the pages that everybody reads, and with each post that is
written, making the SQL anew would cost more than running it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.sql import DeleteQuery, UpdateQuery

from forum.lib.transactions import Changing

# Values that no query of ours means, by which its parameters are told apart. They fit PostgreSQL's
# integer: where a column could not hold them, Django would take the answer to be empty.
_FIRST_STAND_IN = 1_734_011_235


# Under this name stand the parameters that are always the same.
_CONSTANT = ""


class _Form(NamedTuple):
    sql: str
    # For each parameter the name of its value, and which of a list it is.
    slots: tuple[tuple[str, int | None], ...]
    constants: list[Any]
    # The names of the values that this database takes in a form of its own.
    adapted: tuple[str, ...]
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
        connection = connections[DEFAULT_DB_ALIAS]
        form = self._form(connection, values)
        return form.sql, _parameters(form, connection, values)

    def _form(self, connection: Any, values: dict[str, Any]) -> _Form:
        sizes = [len(value) for value in values.values() if type(value) is list]
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
        constants = [each for each in parameters if each not in names]
        constant = ((_CONSTANT, place) for place in range(len(constants)))
        return _Form(
            sql,
            tuple(names[each] if each in names else next(constant) for each in parameters),
            constants,
            tuple(
                name
                for name, value in stand_ins.items()
                if _adapted(connection, value) is not value
            ),
            tuple((at, tuple(run), column) for at, (run, column) in converters.items()),
        )

    def _compiled(self, built: Any, connection: Any) -> tuple[str, Sequence[Any], dict[int, Any]]:
        raise NotImplementedError

    def _rows(self, connection: Any, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        form = self._form(connection, values)
        with connection.cursor() as cursor:
            cursor.execute(form.sql, _parameters(form, connection, values))
            rows = cursor.fetchall()
        return _read(form, connection, rows)


class Prepared(Statement):
    """`build` gives a `values_list` query; calling this runs it, as tuples."""

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        return self._rows(connections[DEFAULT_DB_ALIAS], values)

    def read(self, rows: list[tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
        """What that statement gave, as Python's values."""
        connection = connections[DEFAULT_DB_ALIAS]
        return _read(self._form(connection, values), connection, rows)

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
        form = self._form(connection, values)
        with Changing(connection) as cursor:
            cursor.execute(form.sql, _parameters(form, connection, values))
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


def _parameters(form: _Form, connection: Any, values: dict[str, Any]) -> list[Any]:
    given = {_CONSTANT: form.constants, **values}
    for name in form.adapted:
        given[name] = _adapted(connection, given[name])
    return [given[name] if at is None else given[name][at] for name, at in form.slots]


def _read(form: _Form, connection: Any, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if not form.converters:
        return rows
    return [_converted(row, form, connection) for row in rows]


def _converted(row: Sequence[Any], form: _Form, connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for at, converters, column in form.converters:
        # What is NULL is None to all of them, and most moments that are asked for are.
        if values[at] is not None:
            for convert in converters:
                values[at] = convert(values[at], column, connection)
    return tuple(values)
