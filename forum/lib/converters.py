"""Numbers and names in addresses: what our tables could not hold is not looked for in them."""

from django.urls.converters import StringConverter

from forum.lib.media_names import FILE_FORM

# The largest number that either database keeps, and as many digits as always fit below it.
GREATEST_ID = 2**63 - 1
FITTING_DIGITS = 18


def number_in(raw: str, digits: int = FITTING_DIGITS) -> int | None:
    """The number that an address says; None if that is none, or none that a row could have."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= digits else None


class RowNumber(StringConverter):
    """Django keeps numbers that no column holds from a row's own key, but not from a key that is
    another row's; and what is prepared once is not checked at all."""

    regex = f"[0-9]{{1,{FITTING_DIGITS}}}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


class Name(StringConverter):
    """PostgreSQL takes no NUL, not even to look for it."""

    regex = r"[^/\x00]+"


class MediaFile(StringConverter):
    """One file of an image of ours; no other name leads to a file at all."""

    regex = FILE_FORM
