"""Parts of addresses that only what our tables could hold matches: all else is not found."""

from django.urls.converters import StringConverter

# The largest number that either database keeps.
GREATEST_ID = 2**63 - 1


class RowNumber(StringConverter):
    """Django keeps numbers that no column holds from a row's own key, but not from a key that is
    another row's; and what is prepared once is not checked at all."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


class Name(StringConverter):
    """PostgreSQL takes no NUL, not even to look for it."""

    regex = r"[^/\x00]+"
