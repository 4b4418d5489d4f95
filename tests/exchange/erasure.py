"""Looks for a word wherever the site could have kept it."""

import pickle

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection

from forum.lib.front_door import finished_pages

# The face of the index on SQLite: it can only be asked for words. What it is made of can be read.
UNREADABLE = {"search_index"}


def _says(value, word: bytes) -> bool:
    if isinstance(value, memoryview):
        value = bytes(value)
    raw = value if isinstance(value, bytes) else str(value).encode()
    return word in raw.lower()


def places_of(word: str) -> list[str]:
    """Every table and column, whoever made it; sessions; both caches."""
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
    kept = [pickle.loads(value) for value in caches["pages"]._cache.values()]  # noqa: S301
    found = ["a kept page" for page in kept if _says(getattr(page, "content", page), needle)]
    finished = [page for _, page in finished_pages.kept.values()]
    return found + ["the front door" for page in finished if _says(page.body, needle)]
