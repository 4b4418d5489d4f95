"""Of an essay the claims whose objection nobody has answered."""

from collections.abc import Iterable
from typing import Any

from forum.counterpoints.models import Standing
from forum.counterpoints.wording import deciding_link
from forum.lib.fragments import Fragment

# So many are named on the essay's own page.
SHOWN = 5

_WAITING = Fragment("essays/_waiting.html")


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


def waiting_html(waiting: dict[str, Any], essay: Any, *, is_author: bool) -> str:
    """As the essay's page shows them, `is_author` to whoever may answer for it; empty if none."""
    if not waiting["shown"]:
        return ""
    context = {"waiting": waiting, "essay": essay, "is_author": is_author}
    says = (is_author, essay.retired_at is None, essay.slug, waiting["number"])
    return _WAITING.html(context, (*says, *(tuple(one.values()) for one in waiting["shown"])))
