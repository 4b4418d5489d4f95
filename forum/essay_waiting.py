"""Of an essay the claims whose objection nobody has answered."""

from collections.abc import Iterable
from typing import Any

from forum.counterpoints.models import Standing
from forum.counterpoints.wording import deciding_link

# So many are named on the essay's own page.
SHOWN = 5


def waiting_of(claims: Iterable[Any]) -> dict[str, Any]:
    """Of claims that are read already: how many wait, and those that have waited longest."""
    found = [
        claim
        for claim in claims
        if claim.label == Standing.UNANSWERED and claim.decided_by is not None
    ]
    found.sort(key=lambda claim: (claim.label_since, claim.number))
    shown = [
        {
            "number": claim.number,
            "page": claim.get_absolute_url(),
            "statement": claim.statement,
            "objection": claim.decided_by_id,
            "decider_html": deciding_link(claim.decided_by),
            "since": claim.label_since,
        }
        for claim in found[:SHOWN]
    ]
    return {"number": len(found), "shown": shown}
