"""A search as its address says it, and the ways from it to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.counterpoints.models import Standing
from forum.lib.moments import date_words
from forum.search.filters import KINDS, Filters
from forum.search.query import Query
from forum.search.ranking import BEST, ORDERS

# As the ledger of an essay has them: what waits for somebody comes first.
STANDINGS = ("unanswered", "contested", "stands", "refuted", "conceded", "unchallenged")

Numbers = Mapping[str, str]
EVERYTHING = "number_everything"
OF_KINDS = (EVERYTHING, *(f"number_{kind}" for kind in KINDS))
OF_STANDINGS = tuple(f"number_{label}" for label in STANDINGS)
NUMBERS = (*OF_KINDS, *OF_STANDINGS)


@dataclass(frozen=True, slots=True)
class Asked:
    query: Query
    filters: Filters
    order: str = BEST

    def address(self, **changes: Any) -> str:
        """With these values instead of its own; empty ones are left out."""
        filters = self.filters
        values = {
            "q": self.query.text,
            "kind": filters.kind,
            "standing": filters.standing,
            "author": filters.author.name if filters.author else "",
            "tag": filters.tag.slug or filters.tag.name if filters.tag else "",
            "from": filters.since.isoformat() if filters.since else "",
            "to": filters.until.isoformat() if filters.until else "",
            "order": "" if self.order == BEST else self.order,
        } | changes
        said = {name: value for name, value in values.items() if value}
        url = reverse("search:search")
        return f"{url}?{urlencode(said)}" if said else url


@dataclass(frozen=True, slots=True)
class Way:
    """To the same search, narrowed or widened by one thing."""

    label: str
    url: str
    is_current: bool = False
    number: str = ""
    sign: str = ""


def chosen(asked: Asked) -> list[Way]:
    """What it is narrowed by, each with the address without it."""
    filters = asked.filters
    words = {
        "kind": str(KINDS.get(filters.kind, "")),
        "standing": str(Standing(filters.standing).label) if filters.standing else "",
        "author": _("By %(name)s") % {"name": filters.author.name} if filters.author else "",
        "tag": _("Tagged %(name)s") % {"name": filters.tag.name} if filters.tag else "",
        "from": _("From %(day)s") % {"day": _day(filters.since)} if filters.since else "",
        "to": _("To %(day)s") % {"day": _day(filters.until)} if filters.until else "",
    }
    return [Way(label, asked.address(**{name: ""})) for name, label in words.items() if label]


def _day(day: date) -> str:
    return date_words(day)


def kinds(asked: Asked, numbers: Numbers) -> list[Way]:
    """With numbers where something was looked for, and among all kinds."""
    current = asked.filters.kind or ("claim" if asked.filters.standing else "")
    everything = Way(
        _("Everything"), asked.address(kind="", standing=""), not current, numbers[EVERYTHING]
    )
    return [
        everything,
        *(
            Way(
                str(label),
                asked.address(kind=kind, standing=asked.filters.standing * (kind == "claim")),
                current == kind,
                numbers[f"number_{kind}"],
            )
            for kind, label in KINDS.items()
        ),
    ]


def standings(asked: Asked, numbers: Numbers) -> list[Way]:
    """Only claims have one, so whoever chooses one looks for claims."""
    return [
        Way(
            str(Standing(label).label),
            asked.address(kind="", standing=label),
            asked.filters.standing == label,
            numbers[f"number_{label}"],
            label,
        )
        for label in STANDINGS
    ]


NO_NUMBERS: Numbers = dict.fromkeys(NUMBERS, "")


def orders(asked: Asked) -> list[Way]:
    return [
        Way(str(label), asked.address(order="" if order == BEST else order), order == asked.order)
        for order, label in ORDERS.items()
    ]
