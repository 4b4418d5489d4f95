"""What was taken out of the index is still in its files until they are merged: here they are."""

from typing import Any

from django.db import connection

# Pages that are written at one go, while nobody else can write: a few hundredths of a second.
_STEP = 64
# So many rows it changes where there is nothing to merge.
_IDLE = 1


def forget_removed_words() -> None:
    """PostgreSQL keeps the words in a row of their own, which is gone with it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


def merge_files() -> None:
    """What was written since gathers in files of its own, and a search looks for its words in every
    one of them. They become one here, so slowly that others can write meanwhile.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Below nothing: of all files, and not only where there are many of one size.
            step = -_STEP
            while _merge(cursor, step):
                step = _STEP


def _merge(cursor: Any, pages: int) -> bool:
    before = _changes(cursor)
    cursor.execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', %s)", [pages])
    return _changes(cursor) - before > _IDLE


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
