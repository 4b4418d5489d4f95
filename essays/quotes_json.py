"""Quotations as JSON, for researchers: checked on the way in, plain on the way out."""

import json
from collections.abc import Sequence
from typing import Any, NoReturn

from essays.anchoring import ORPHANED, Outcome, Quotation
from essays.models import CONTEXT_LENGTH, PASSAGE_LENGTH

WORDS = ("exact", "prefix", "suffix")
PLACES = ("start", "end")
NAME_LENGTH = 40

Named = tuple[str | int, Quotation]


class BadQuotes(ValueError):  # noqa: N818 — it says what is bad
    """One sentence that names the quotation."""


def read_quotes(data: bytes, old: str) -> list[Named]:
    """Each with its id. Positions are code points of the old plain text."""
    try:
        raw = json.loads(data.decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise BadQuotes("The quotations are not UTF-8 text.") from None
    except RecursionError:
        raise BadQuotes("The quotations are nested too deeply.") from None
    except ValueError as error:
        raise BadQuotes(f"The quotations are not JSON: {str(error).rstrip('.')}.") from None
    if not isinstance(raw, list):
        raise BadQuotes("The quotations are a list of objects.")
    return [_quote(number, one, old) for number, one in enumerate(raw, start=1)]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _quote(number: int, raw: Any, old: str) -> Named:
    if not isinstance(raw, dict) or not (_is_whole(raw.get("id")) or _is_text(raw.get("id"))):
        raise BadQuotes(f"Quotation {number} is no object with an id.")
    name = f"Quotation {_shortened(raw['id'])}"
    start, end = _stretch(raw, name, old)
    around = {
        "prefix": old[max(0, start - CONTEXT_LENGTH) : start],
        "suffix": old[end : end + CONTEXT_LENGTH],
    }
    words = {field: _words(around | raw, field, name) for field in WORDS}
    if words["exact"] != old[start:end]:
        raise BadQuotes(f"{name}: the old text has other words than exact from start to end.")
    return raw["id"], Quotation(**words, start=start, end=end)


def _stretch(raw: dict[str, Any], name: str, old: str) -> tuple[int, int]:
    for field in PLACES:
        if not _is_whole(raw.get(field)):
            raise BadQuotes(f"{name}: {field} is a whole number.")
    start, end = raw["start"], raw["end"]
    if not (0 <= start < end <= len(old)):
        raise BadQuotes(f"{name} does not lie within the old text, which is {len(old):,} long.")
    if end - start > PASSAGE_LENGTH:
        raise BadQuotes(f"{name} is too long: a passage has at most {PASSAGE_LENGTH:,} characters.")
    return start, end


def _words(raw: dict[str, Any], field: str, name: str) -> str:
    if not _is_text(raw.get(field)):
        raise BadQuotes(f"{name}: {field} is a text.")
    return str(raw[field])


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _shortened(name: str | int) -> str:
    """On one line, whatever it is."""
    said = ascii(name) if isinstance(name, str) and not name.isprintable() else str(name)
    return said if len(said) <= NAME_LENGTH else f"{said[:NAME_LENGTH]}…"


def as_json(
    names: Sequence[str | int], outcomes: Sequence[Outcome], new: str
) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "state": outcome.state,
            "start": outcome.start,
            "end": outcome.end,
            "exact": None if outcome.state == ORPHANED else new[outcome.start : outcome.end],
            "similarity": outcome.similarity,
        }
        for name, outcome in zip(names, outcomes, strict=True)
    ]
