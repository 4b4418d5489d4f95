"""Looks for a word wherever the site could have kept it."""

import pickle

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection

from forum.lib.newest import STORES

# The face of the index on SQLite: it can only be asked for words. What it is made of can be read.
UNREADABLE = {"search_index"}


def _says(value, word: bytes) -> bool:
    if isinstance(value, memoryview):
        value = bytes(value)
    raw = value if isinstance(value, bytes) else str(value).encode()
    return word in raw.lower()


def places_of(word: str) -> list[str]:
    """Every table and column, whoever made it; sessions; all caches."""
    needle = word.lower().encode()
    return [*_in_tables(needle), *_in_sessions(needle), *_in_caches(needle)]


def _in_tables(needle: bytes) -> set[str]:
    found = set()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - UNREADABLE:
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 — names of tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{column}"
                    for column, value in zip(columns, row, strict=True)
                    if value is not None and _says(value, needle)
                }
    return found


def _in_sessions(needle: bytes) -> list[str]:
    sessions = Session.objects.all()
    return [f"session {each.pk}" for each in sessions if _says(each.get_decoded(), needle)]


def _in_caches(needle: bytes) -> list[str]:
    found = []
    for name in ("pages", "fragments"):
        kept = [pickle.loads(value) for value in caches[name]._cache.values()]  # noqa: S301
        found += [f"kept {name}" for each in kept if _says(getattr(each, "content", each), needle)]
    held = [value for store in STORES for _, value in store.kept.values()]
    return found + [f"a kept {type(value).__name__}" for value in held if _says(value, needle)]
