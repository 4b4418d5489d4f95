"""What a search found, brought up to date: only what was touched since is looked for again. So it
costs the same however much was found.
"""

from operator import is_
from typing import Any, NamedTuple

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


class Look(NamedTuple):
    found: Found
    # Before it was looked for: what changed meanwhile is looked for once more.
    seen: Seen
    # Since it was looked for before.
    touched: frozenset[int] = frozenset()


def look(asked: Asked) -> Look:
    seen, _ = news(asked.user)
    return Look(_find(asked), seen)


def _find(asked: Asked) -> Found:
    return find(asked.user, asked.query, asked.filters)


def look_again(asked: Asked, last: Look) -> Look:
    """`last`: what the same search found before. Its very `Found`, if nothing of it was touched."""
    seen, touched = news(asked.user, last.seen)
    found = None
    if seen.essays == last.seen.essays and _can_renew(asked, last.found, touched):
        found = _renewed(asked, last.found, touched)
    return Look(found or _find(asked), seen, touched)


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


def _renewed(asked: Asked, last: Found, touched: frozenset[int]) -> Found | None:
    """None if it is not known any more what comes after the last that was found."""
    if not touched:
        return last
    fresh = _found_among(asked, last, touched)
    groups = [_group_renewed(group, fresh, touched) for group in last.groups]
    if all(map(is_, groups, last.groups)):
        return last
    if any(before.is_cut > group.is_cut for before, group in zip(last.groups, groups, strict=True)):
        return None
    return found_in(groups, last.marks)


def _group_renewed(group: Group, fresh: list[Match], touched: frozenset[int]) -> Group:
    left = [match for match in group.matches if match.position not in touched]
    come = [match for match in fresh if group.floor <= match.position < group.end]
    if not come and len(left) == len(group.matches):
        return group
    matches = sorted([*left, *come], key=lambda one: -one.position)
    return group._replace(matches=matches[: group.most + 1])


def _found_among(asked: Asked, last: Found, touched: frozenset[int]) -> list[Match]:
    walk = Walk(asked.user, asked.query, asked.filters, last.marks)
    floor = min(group.floor for group in last.groups)
    end = max(group.end for group in last.groups)
    return walk.through(floor, end, len(touched), sorted(touched))
