"""In which order matches are shown, and a page of them by the key of its last."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from forum.lib.converters import number_in
from forum.search.index import Match
from forum.search.weighing import Weights

PAGE_SIZE = 20
BEST, NEWEST = "best", "newest"
ORDERS = {BEST: _("Best match"), NEWEST: _("Newest")}

# An essay that has the words is more of an answer than one post that has them.
GAINS = {"essay": 1.5, "claim": 1.2}
# What was written today counts for so much more than what was written ages ago, and half of that
# is lost in a year.
FRESHNESS = 0.25
HIGHEST_GAIN_OF_POST = 1 + FRESHNESS
DAY, YEAR = 24 * 3600, 365.25 * 24 * 3600
_LONGEST_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    matches: list[Match] = field(default_factory=list)
    # What `after` says in the address of the next page; empty on the last.
    next_after: str = ""


def newest_first(matches: Collection[Match]) -> list[Match]:
    """Where two are alike, the one with the higher position leads: no order is left to chance."""
    return sorted(matches, key=lambda one: (-(one.at or 0), -one.position))


def score(match: Match, weight: float, today: float) -> float:
    age = max(0.0, today - (match.at or 0)) / YEAR
    return weight * GAINS.get(match.kind, 1.0) * (1 + FRESHNESS / (1 + age))


def best_first(matches: Collection[Match], weights: Weights, today: float) -> list[Match]:
    return sorted(
        matches, key=lambda one: (-score(one, weights[one.position], today), -one.position)
    )


def day_of(now: float) -> float:
    """Where it began: the order of a search stays while a reader goes through its pages."""
    return now // DAY * DAY


def page_at(ranked: list[Match], start: int) -> Ranked:
    shown = ranked[start : start + PAGE_SIZE]
    end = start + len(shown)
    is_last = end >= len(ranked) or not shown
    return Ranked(shown, "" if is_last else f"{end}-{shown[-1].position}")


def start_of(ranked: list[Match], after: str) -> int:
    """Behind the match that `after` names, or behind as many as it says if that one is gone."""
    number, _, position = after.partition("-")
    end, key = number_in(number, _LONGEST_NUMBER), number_in(position)
    if end is None or key is None:
        return 0
    places = (at for at, match in enumerate(ranked, start=1) if match.position == key)
    return next(places, end)
