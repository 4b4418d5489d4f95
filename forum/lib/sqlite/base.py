"""Django's own SQLite, but that a statement is turned into SQLite's form of it once, not each time
it is run: with long statements that takes as long as running them.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX

# More than the site has; lists of every length make some more of the same.
KEPT = 1_000


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is not None:
            converted: str = super().convert_query(query, param_names=param_names)
            return converted
        return _with_question_marks(query)


@lru_cache(KEPT)
def _with_question_marks(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
