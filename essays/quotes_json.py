"""Quotations as JSON, for researchers: checked on the way in, plain on the way out."""

import json
from collections.abc import Sequence
from typing import Any

from essays.anchoring import ORPHANED, Outcome, Quotation

WORDS = ("exact", "prefix", "suffix")
PLACES = ("start", "end")


class BadQuotes(ValueError):  # noqa: N818 — it says what is bad
    """One sentence that names the quotation."""


def read_quotes(data: bytes, old: str) -> list[tuple[Any, Quotation]]:
    """Each with its id. Positions are code points of the old plain text."""
    try:
        raw = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadQuotes("The quotations are not UTF-8 text.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadQuotes(f"The quotations are not JSON: {error}.") from None
    if not isinstance(raw, list):
        raise BadQuotes("The quotations are a list of objects.")
    return [_quote(number, one, old) for number, one in enumerate(raw, start=1)]


def _quote(number: int, raw: Any, old: str) -> tuple[Any, Quotation]:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str | int):
        raise BadQuotes(f"Quotation {number} is no object with an id.")
    name = f"Quotation {raw['id']}"
    for field in PLACES:
        if not isinstance(raw.get(field), int) or isinstance(raw.get(field), bool):
            raise BadQuotes(f"{name}: {field} is a whole number.")
    if not (0 <= raw["start"] < raw["end"] <= len(old)):
        raise BadQuotes(f"{name} does not lie within the old text, which is {len(old):,} long.")
    for field in WORDS:
        if not isinstance(raw.get(field, ""), str):
            raise BadQuotes(f"{name}: {field} is a text.")
    if not raw.get("exact"):
        raise BadQuotes(f"{name} has no words: exact is empty.")
    quotation = Quotation(
        raw["exact"], raw.get("prefix", ""), raw.get("suffix", ""), raw["start"], raw["end"]
    )
    return raw["id"], quotation


def as_json(names: Sequence[Any], outcomes: Sequence[Outcome], new: str) -> list[dict[str, Any]]:
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
