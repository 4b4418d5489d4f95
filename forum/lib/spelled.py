"""A word that stands in a statement itself, and not beside it as a parameter. A parameter may be
anything, so by one SQLite finds no index that holds only some rows of its table.
"""

import re
from typing import Any

from django.db.models import Value

WORD = re.compile(r"[a-z_]+")


class Spelled(Value):
    """For our own constants."""

    def __init__(self, word: str) -> None:
        if not WORD.fullmatch(word):
            raise ValueError(f"{word!r} is no word of ours.")
        super().__init__(word)

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[()]]:
        return f"'{self.value}'", ()
