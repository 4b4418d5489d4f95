"""In which order matches are shown, and a page of them by the key of its last."""

import time
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from forum.lib.converters import number_in
from forum.search.index import Found, Match

PAGE_SIZE = 20
BEST, NEWEST = "best", "newest"
ORDERS = {BEST: _("Best match"), NEWEST: _("Newest")}

# An essay that has the words is more of an answer than one post that has them.
GAINS = {"essay": 1.5, "claim": 1.2}
# What was written today counts for so much more than what was written ages ago, and half of that
# is lost in a year.
FRESHNESS = 0.25
DAY, YEAR = 24 * 3600, 365.25 * 24 * 3600
_LONGEST_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    matches: list[Match] = field(default_factory=list)
    # What `after` says in the address of the next page; empty on the last.
    next_after: str = ""


def rank(found: Found, order: str, now: float | None = None) -> list[Match]:
    """Where two are alike, the one with the higher position leads: no order is left to chance."""
    if order == NEWEST:
        return sorted(found.matches, key=lambda one: (-(one.at or 0), -one.position))
    today = day_of(now or time.time())

    def key(one: Match) -> tuple[float, int]:
        age = max(0.0, today - (one.at or 0)) / YEAR
        gain = GAINS.get(one.kind, 1.0) * (1 + FRESHNESS / (1 + age))
        return -one.weight * gain, -one.position

    return sorted(found.matches, key=key)


def day_of(now: float) -> float:
    """Where it began: the order of a search stays while a reader goes through its pages."""
    return now // DAY * DAY


def page_of(ranked: list[Match], after: str) -> Ranked:
    """What follows the match that `after` names, or as many as it says if that one is gone."""
    start = _start(ranked, after)
    shown = ranked[start : start + PAGE_SIZE]
    end = start + len(shown)
    is_last = end >= len(ranked) or not shown
    return Ranked(shown, "" if is_last else f"{end}-{shown[-1].position}")


def _start(ranked: list[Match], after: str) -> int:
    number, _, position = after.partition("-")
    end, key = number_in(number, _LONGEST_NUMBER), number_in(position)
    if end is None or key is None:
        return 0
    places = (at for at, match in enumerate(ranked, start=1) if match.position == key)
    return next(places, end)
