"""What a search has found is kept while nothing changes on any essay, with the orders that were
made of it: its further pages, its other order and whoever asks the same find it there.
"""

import time
from typing import Any

from essays.versions import version_of_all
from forum.lib.newest import Newest
from forum.search.addresses import numbers_of
from forum.search.filters import Filters
from forum.search.index import Found, Match, find
from forum.search.listed import sees_more
from forum.search.query import Query
from forum.search.ranking import BEST, NEWEST, day_of, rank

# Matches of all searches that are kept: a few hundred bytes each, in each process's memory.
MOST = 30_000
# A search that found nothing takes room, too.
_AT_LEAST = 10


class Finding:
    """What a search found, counted once and put in order no more often than an order is new."""

    def __init__(self, found: Found, filters: Filters, version: str = "") -> None:
        self.found, self.version = found, version
        self.numbers = numbers_of(filters, found)
        self._ranked: dict[str, tuple[float, list[Match]]] = {}

    def ranked(self, order: str) -> list[Match]:
        """Not to be changed. What is best differs from day to day."""
        now = time.time()
        day = day_of(now) if order == BEST else 0
        kept = self._ranked.get(order)
        if kept is None or kept[0] != day:
            kept = self._ranked[order] = day, rank(self.found, order, now)
        return kept[1]


_findings: Newest[Finding] = Newest(MOST)


def look_for(user: Any, query: Query, filters: Filters, order: str) -> Finding:
    """One query, if it was found before and nothing has changed: see `index.find`.

    Every reader is shown the same but editors, whose drafts raise no version.
    """
    is_weighed = order != NEWEST
    if sees_more(user):
        return Finding(find(user, query, filters, is_weighed=is_weighed), filters)
    # Asked before anything is looked for: what changes meanwhile is found, and looked for again.
    version = version_of_all("search")
    # A day begins where its reader is.
    moments = filters.first_moment, filters.last_moment
    key = (version, query.wanted, query.unwanted, filters, moments)
    # What was weighed can be put in any order.
    finding = _findings.get((*key, True)) or (None if is_weighed else _findings.get((*key, False)))
    if finding is None:
        finding = Finding(find(user, query, filters, is_weighed=is_weighed), filters, version)
        _findings.put((*key, is_weighed), finding, max(len(finding.found.matches), _AT_LEAST))
    return finding
