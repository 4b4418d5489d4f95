"""How many there are of each kind and standing among what was found."""

from collections import Counter
from operator import attrgetter

from django.db import connection

from forum.search.addresses import EVERYTHING, NUMBERS, OF_KINDS, OF_STANDINGS, Numbers
from forum.search.filters import Filters
from forum.search.index import Found

_kind_of = attrgetter("kind")


def numbers_of(filters: Filters, found: Found) -> Numbers:
    """Empty where they were not looked for. One query, if there are claims."""
    counts: dict[str, int] = {}
    if not filters.kind and not filters.standing:
        kinds = Counter(map(_kind_of, found.matches))
        counts = dict.fromkeys(OF_KINDS, 0) | {EVERYTHING: len(found.matches)}
        counts |= {f"number_{kind}": number for kind, number in kinds.items()}
    if not filters.standing and filters.kind in {"", "claim"}:
        counts |= dict.fromkeys(OF_STANDINGS, 0)
        counts |= {f"number_{label}": number for label, number in _standings(found).items()}
    # What was not looked at may hold more.
    more = "+" if found.is_cut else ""
    said = {name: f"{number}{more * bool(number)}" for name, number in counts.items()}
    return {name: said.get(name, "") for name in NUMBERS}


def _standings(found: Found) -> dict[str, int]:
    """As they are now: they move without what was found being touched."""
    openings = [match.post_id for match in found.matches if match.kind == "claim"]
    if not openings:
        return {}
    places = ", ".join(["%s"] * len(openings))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT label, count(*) FROM counterpoints_claim"  # noqa: S608 — places only
            f" WHERE opening_id IN ({places}) GROUP BY label",
            openings,
        )
        return dict(cursor.fetchall())
