"""The list of changes as the API tells it: each with the thing as it is now."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query

from forum.accounts.models import User
from forum.counterpoints.models import Claim
from forum.exchange.api import items, rows, schemas, versions
from forum.exchange.api.paging import USUAL, After, Limit, address, checked
from forum.exchange.api.site import reads
from forum.exchange.change_list import changes_after, cursor_since, moment_of
from forum.exchange.models import Change, Kind
from forum.lib.keyset import EPOCH
from forum.lib.site_address import site_address
from forum.posts.models import Post

# After these a mirror has to drop an essay that it may have, though it may not read it.
ENDS = {"withdrawn", "deleted"}


@reads("changes/", "changes", versions.of_all, schemas.Changes)
def changes(
    request: HttpRequest,
    since: Annotated[
        datetime | None,
        Query(description="Where to begin, ISO 8601; without it, at the beginning of the site."),
    ] = None,
    limit: Limit = USUAL,
    after: After = "",
) -> Any:
    """What was made, edited, moved, hidden, withdrawn or relabelled, oldest first. Begin with
    “since” or with nothing, then follow “next” for ever: nothing is left out and nothing comes
    twice, whatever is written meanwhile. Votes are no changes; the labels that they move are."""
    begin = checked(after) or cursor_since(_in_utc(since) if since else EPOCH)
    found = changes_after(begin, size=limit)
    told = Telling(found.rows, found.settled, site_address(request))
    return {
        "licence": settings.CONTENT_LICENCE,
        "items": [each for row in found.rows if (each := told.change(row)) is not None],
        "next": address(request, after=found.cursor, limit=limit),
        "has_more": found.has_more,
    }


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Telling:
    """The things of one page of changes, read together: of each kind in a query or two."""

    def __init__(self, changed: list[Change], now: datetime, site: str) -> None:
        self.site, self.now = site, now
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for change in changed:
            ids[change.kind].add(change.object_id)
        self.essays = _by_id(rows.essays(now), ids[Kind.ESSAY])
        self.revisions = _by_id(rows.revisions(now), ids[Kind.REVISION])
        self.claims = _by_id(rows.claims(now), ids[Kind.CLAIM])
        self.authors = _by_id(User.objects.filter(is_active=True), ids[Kind.AUTHOR])
        self.posts = _by_id(self._posts(), ids[Kind.POST])
        self.counterpoints = _by_id(rows.counterpoints(), set(self.posts))
        self.kept_back = self._kept_back(ids)

    def _posts(self) -> Any:
        return rows.posts().filter(thread__in=rows.threads(self.now).values("pk"))

    def _kept_back(self, ids: dict[str, set[int]]) -> set[tuple[str, int]]:
        """Those that are there and hang on what readers may not see: nothing is said of them,
        and all is said again when it comes into sight."""
        claims = Claim.objects.exclude(essay__in=rows.public_essays(self.now))
        unseen = {
            Kind.CLAIM: _by_id(claims.only("pk"), ids[Kind.CLAIM] - set(self.claims)),
            Kind.POST: _by_id(Post.objects.only("pk"), ids[Kind.POST] - set(self.posts)),
        }
        return {(kind, number) for kind, found in unseen.items() for number in found}

    def change(self, row: Change) -> dict[str, Any] | None:
        """None for what concerns no reader."""
        kind, item = self._now(row)
        if item is None and not self._is_gone(row):
            return None
        return {
            "kind": kind,
            "id": row.object_id,
            "act": row.act,
            "at": moment_of(row),
            "is_gone": item is None,
            "item": item,
        }

    def _now(self, row: Change) -> tuple[str, dict[str, Any] | None]:
        number = row.object_id
        if row.kind == Kind.POST and number in self.counterpoints:
            return "counterpoint", items.counterpoint(self.counterpoints[number], self.site)
        found, tell = {
            Kind.ESSAY: (self.essays, items.essay),
            Kind.REVISION: (self.revisions, items.revision),
            Kind.CLAIM: (self.claims, items.claim),
            Kind.POST: (self.posts, items.post),
            Kind.AUTHOR: (self.authors, items.author),
        }[Kind(row.kind)]
        return row.kind, tell(found[number], self.site) if number in found else None

    def _is_gone(self, row: Change) -> bool:
        if row.kind == Kind.ESSAY:
            return row.act in ENDS
        if row.kind == Kind.REVISION:
            return False
        return (row.kind, row.object_id) not in self.kept_back


def _by_id(found: Any, ids: set[int]) -> dict[int, Any]:
    if not ids:
        return {}
    return {row.pk: row for row in found.filter(pk__in=ids)}
