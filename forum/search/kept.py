"""What a search has found is kept while nothing changes on any essay, with the orders that were
made of it: its further pages, its other order and whoever asks the same find it there. After that
it is brought up to date.
"""

import time
from typing import Any

from essays.versions import version_of_all
from forum.lib.newest import Newest
from forum.search.addresses import numbers_of
from forum.search.filters import Filters
from forum.search.index import Match
from forum.search.listed import sees_more
from forum.search.query import Query
from forum.search.ranking import BEST, NEWEST, day_of, rank
from forum.search.renewing import Asked, Look, look, look_again

# Matches of all searches that are kept: a few hundred bytes each, in each process's memory.
MOST = 30_000
# A search that found nothing takes room, too.
_AT_LEAST = 10
# Seconds for which it is brought up to date, before all of it is looked for anew: what was touched
# is known for longer.
RENEWED_FOR = 3600

Key = tuple[Any, ...]


class Finding:
    """What a search found, counted once and put in order no more often than an order is new."""

    def __init__(self, look: Look, filters: Filters, version: str = "") -> None:
        self.look, self.found, self.version = look, look.found, version
        self.numbers = numbers_of(filters, look.found)
        self.ends = time.monotonic() + RENEWED_FOR
        self._ranked: dict[str, tuple[float, list[Match]]] = {}

    def ranked(self, order: str) -> list[Match]:
        """Not to be changed. What is best differs from day to day."""
        now = time.time()
        day = day_of(now) if order == BEST else 0
        kept = self._ranked.get(order)
        if kept is None or kept[0] != day:
            kept = self._ranked[order] = day, rank(self.found, order, now)
        return kept[1]

    def renewed(self, asked: Asked, version: str) -> "Finding":
        again = look_again(asked, self.look)
        new = Finding(again, asked.filters, version)
        if again.found is self.found:
            new._ranked = self._ranked
        return new


_findings: Newest[Finding] = Newest(MOST)


def look_for(user: Any, query: Query, filters: Filters, order: str) -> Finding:
    """One query, if it was found before and nothing has changed: see `index.find`.

    Every reader is shown the same but editors, whose drafts raise no version.
    """
    asked = Asked(user, query, filters, is_weighed=order != NEWEST)
    if sees_more(user):
        return Finding(look(asked), filters)
    # Asked before anything is looked for: what changes meanwhile is found, and looked for again.
    version = version_of_all("search")
    key, finding = _kept(asked)
    if finding is not None and finding.version == version:
        return finding
    if finding is None or finding.ends < time.monotonic():
        finding = Finding(look(asked), filters, version)
    else:
        finding = finding.renewed(asked._replace(is_weighed=key[-1]), version)
    _findings.put(key, finding, max(len(finding.found.matches), _AT_LEAST))
    return finding


def _kept(asked: Asked) -> tuple[Key, Finding | None]:
    """Where it is kept, and what is. What was weighed can be put in any order."""
    filters = asked.filters
    # A day begins where its reader is.
    moments = filters.first_moment, filters.last_moment
    key = (asked.query.wanted, asked.query.unwanted, filters, moments)
    weighed = _findings.get((*key, True))
    if asked.is_weighed or weighed is not None:
        return (*key, True), weighed
    return (*key, False), _findings.get((*key, False))
