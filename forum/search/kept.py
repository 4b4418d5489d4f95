"""What a search has found is kept while nothing changes on any essay, with the orders that were
made of it: its further pages, its other order and whoever asks the same find it there. After that
it is brought up to date.
"""

import time
from typing import Any

from essays.versions import version_of_all
from forum.lib.newest import Newest
from forum.search.counting import numbers_of
from forum.search.filters import Filters
from forum.search.listed import sees_more
from forum.search.ordering import Ordering
from forum.search.query import Query
from forum.search.ranking import Ranked
from forum.search.renewing import Asked, Look, look, look_again

# Matches of all searches that are kept: a few hundred bytes each, in each process's memory.
MOST = 30_000
# A search that found nothing takes room, too.
_AT_LEAST = 10
# Seconds for which it is brought up to date, before all of it is looked for anew: what was touched
# is known for longer.
RENEWED_FOR = 3600


class Finding:
    """What a search found, with the orders that were made of it."""

    def __init__(
        self, asked: Asked, look: Look, version: str = "", ordering: Ordering | None = None
    ) -> None:
        self.look, self.found, self.version = look, look.found, version
        self.numbers = numbers_of(asked.filters, look.found)
        self.ordering = ordering or Ordering(asked.query, look.found)
        self.ends = time.monotonic() + RENEWED_FOR

    def page(self, order: str, after: str) -> Ranked:
        return self.ordering.page(order, after)

    def renewed(self, asked: Asked, version: str) -> "Finding":
        again = look_again(asked, self.look)
        ordering = self.ordering
        if again.found is not self.found:
            ordering = ordering.of(again.found, again.touched)
        return Finding(asked, again, version, ordering)


_findings: Newest[Finding] = Newest(MOST)


def look_for(user: Any, query: Query, filters: Filters) -> Finding:
    """One query, if it was found before and nothing has changed: see `index.find`.

    Every reader is shown the same but editors, whose drafts raise no version.
    """
    asked = Asked(user, query, filters)
    if sees_more(user):
        return Finding(asked, look(asked))
    # Asked before anything is looked for: what changes meanwhile is found, and looked for again.
    version = version_of_all("search")
    # A day begins where its reader is.
    moments = filters.first_moment, filters.last_moment
    key = query.wanted, query.unwanted, filters, moments
    finding = _findings.get(key)
    if finding is not None and finding.version == version:
        return finding
    if finding is None or finding.ends < time.monotonic():
        finding = Finding(asked, look(asked), version)
    else:
        finding = finding.renewed(asked, version)
    _findings.put(key, finding, max(len(finding.found.matches), _AT_LEAST))
    return finding
