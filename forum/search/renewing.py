"""What a search found, brought up to date: only what was touched since is looked for again, and the
standings of its claims are read anew. So it costs the same however much was found.
"""

from typing import Any, NamedTuple

from django.db import connection

from forum.search.filters import Filters, marks_of
from forum.search.index import ABOVE_CLAIMS, ABOVE_POSTS, Found, Group, Match, Walk, find, found_in
from forum.search.query import Query
from forum.search.touched import Seen, news

# Of more than these, looking for all of it anew costs no more.
MOST_TOUCHED = 100


class Asked(NamedTuple):
    user: Any
    query: Query
    filters: Filters
    is_weighed: bool


class Look(NamedTuple):
    found: Found
    # Before it was looked for: what changed meanwhile is looked for once more.
    seen: Seen


def look(asked: Asked) -> Look:
    seen, _ = news(asked.user)
    return Look(_find(asked), seen)


def _find(asked: Asked) -> Found:
    return find(asked.user, asked.query, asked.filters, is_weighed=asked.is_weighed)


def look_again(asked: Asked, last: Look) -> Look:
    """`last`: what the same search found before. Its very `Found`, if nothing of it has changed."""
    seen, touched = news(asked.user, last.seen)
    groups = None
    if seen.essays == last.seen.essays and _can_renew(asked, last.found, touched):
        groups = _renewed(asked, last.found, touched)
    if groups is None:
        return Look(_find(asked), seen)
    unchanged = groups == [*last.found.groups]
    return Look(last.found if unchanged else found_in(groups, last.found.marks), seen)


def _can_renew(asked: Asked, last: Found, touched: frozenset[int]) -> bool:
    # A claim that is taken down takes its counterpoints along, which nobody touched.
    if len(touched) > MOST_TOUCHED or any(ABOVE_POSTS <= one < ABOVE_CLAIMS for one in touched):
        return False
    # A claim comes among those of a standing, or leaves them, without being touched.
    if not last.groups or asked.filters.standing:
        return False
    return _is_told_by_marks(asked, last)


def _is_told_by_marks(asked: Asked, last: Found) -> bool:
    """Whether the essays of an author or of a tag are still those that were named."""
    filters = asked.filters
    if filters.author is None and filters.tag is None and filters.since is None:
        return True
    named = {group[0][0] for group in last.marks if group}
    if (filters.author and not named & {"m", "s"}) or (filters.tag and "e" not in named):
        return False
    return marks_of(asked.user, filters) == last.marks


def _renewed(asked: Asked, last: Found, touched: frozenset[int]) -> list[Group] | None:
    """None if it is not known any more what comes after the last that was found."""
    fresh = _found_among(asked, last, touched)
    standings = _standings(last)
    groups = []
    for group in last.groups:
        matches = [
            match if (said := standings.get(match.post_id, match.standing)) == match.standing
            else match._replace(standing=said)
            for match in group.matches if match.position not in touched
        ]  # fmt: skip
        come = [match for match in fresh if group.floor <= match.position < group.end]
        if come:
            matches = sorted([*matches, *come], key=lambda one: -one.position)
        if group.is_cut and len(matches) <= group.most:
            return None
        groups.append(group._replace(matches=matches[: group.most + 1]))
    return groups


def _found_among(asked: Asked, last: Found, touched: frozenset[int]) -> list[Match]:
    if not touched:
        return []
    walk = Walk(asked.user, asked.query, asked.filters, last.marks, is_weighed=asked.is_weighed)
    floor = min(group.floor for group in last.groups)
    end = max(group.end for group in last.groups)
    return walk.through(floor, end, len(touched), sorted(touched))


def _standings(found: Found) -> dict[int | None, str]:
    """Of the claims among what was found, by their openings."""
    openings = [
        match.post_id for group in found.groups for match in group.matches if match.kind == "claim"
    ]
    if not openings:
        return {}
    places = ", ".join(["%s"] * len(openings))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opening_id, label FROM counterpoints_claim"  # noqa: S608 — places only
            f" WHERE opening_id IN ({places})",
            openings,
        )
        return dict(cursor.fetchall())
