"""What lies in the tables, row by row, and how it comes back where they were emptied.

Django brings back one object after the other, with a query for each: that takes a test half a
second, and this a hundredth of it.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

# By table: its columns, and their values in each row.
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def rows_of_all_tables() -> Rows:
    """Tables without any are left out."""
    found = {}
    with connection.cursor() as cursor:
        for model in _stored():
            columns = [
                field.column for field in model._meta.local_concrete_fields if not field.generated
            ]
            table = _quoted([model._meta.db_table])
            cursor.execute(f"SELECT {_quoted(columns)} FROM {table}")  # noqa: S608 — our own names
            if rows := cursor.fetchall():
                found[model._meta.db_table] = columns, rows
    return found


def put_back(rows: Rows) -> None:
    """In place of what is there; which refers to which is looked at when all are back."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            places = ", ".join(["%s"] * len(columns))
            cursor.execute(f"DELETE FROM {_quoted([table])}")  # noqa: S608
            into = f"INSERT INTO {_quoted([table])} ({_quoted(columns)}) VALUES ({places})"  # noqa: S608
            cursor.executemany(into, values)
        connection.check_constraints()


def _stored() -> Iterator[type[Model]]:
    there = set(connection.introspection.django_table_names(only_existing=True))
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.db_table in there:
            yield model


def _quoted(names: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))
