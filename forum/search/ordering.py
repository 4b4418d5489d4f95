"""What was found, put in order no more often than an order is new. To weigh a post its text is
read; so that is done for those pages only where posts may stand, and most often essays and claims
fill the first.
"""

import time
from bisect import bisect_right
from collections.abc import Collection
from typing import NamedTuple

from forum.search.index import ABOVE_POSTS, Found, Match
from forum.search.query import Query
from forum.search.ranking import (
    BEST,
    HIGHEST_GAIN_OF_POST,
    PAGE_SIZE,
    Ranked,
    best_first,
    day_of,
    newest_first,
    page_at,
    score,
    start_of,
)
from forum.search.weighing import Weights, most_of_post, weigh


class _Order(NamedTuple):
    # What is best differs from day to day.
    today: float
    matches: list[Match]
    # So many of the first are where they belong, whatever the others weigh.
    settled: int


class Ordering:
    def __init__(self, query: Query, found: Found, weights: Weights | None = None) -> None:
        self.query, self.found = query, found
        self.weights: Weights = weights or {}
        self._orders: dict[str, _Order] = {}

    def of(self, found: Found, touched: Collection[int]) -> "Ordering":
        """The same search, when it has found this; what was touched is to be weighed again."""
        weights = self.weights.copy()
        for position in touched:
            weights.pop(position, None)
        return Ordering(self.query, found, weights)

    def page(self, order: str, after: str) -> Ranked:
        today = day_of(time.time())
        kept = self._orders.get(order)
        if kept is None or kept.today != today:
            kept = self._orders[order] = self._begun(order, today)
        start = start_of(kept.matches, after)
        if kept.settled < min(start + PAGE_SIZE, len(kept.matches)):
            kept = self._orders[order] = self._settled(today)
            start = start_of(kept.matches, after)
        return page_at(kept.matches, start)

    def _begun(self, order: str, today: float) -> _Order:
        found = self.found.matches
        if order != BEST:
            return _Order(today, newest_first(found), len(found))
        leading = [match for match in found if match.position >= ABOVE_POSTS]
        self._weigh(leading)
        ranked = best_first(leading, self.weights, today)
        settled = bisect_right(
            ranked,
            -most_of_post(self.query) * HIGHEST_GAIN_OF_POST,
            key=lambda one: -score(one, self.weights[one.position], today),
        )
        return _Order(today, [*ranked, *found[len(leading) :]], settled)

    def _settled(self, today: float) -> _Order:
        found = self.found.matches
        self._weigh(found)
        return _Order(today, best_first(found, self.weights, today), len(found))

    def _weigh(self, matches: list[Match]) -> None:
        unknown = [match for match in matches if match.position not in self.weights]
        if unknown:
            self.weights |= weigh(self.query, unknown)
