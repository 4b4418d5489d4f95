"""Keeps the columns of the camps in step with votes and stances, and can make them anew.

As in ancestry.py the statements on the way of every vote are SQL of their own: made from querysets
they would cost more than they take to run. Whoever calls these holds the lock on the claim.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from django.db import connection
from django.db.models import Count, F

from forum.counterpoints.camps import Camps
from forum.counterpoints.models import Counterpoint
from forum.posts.models import Vote


@dataclass(slots=True)
class Ballot:
    """A member before a counterpoint: what they voted on it, where they stand, and its camps."""

    side: str | None
    is_up: bool | None
    weight: int
    camps: Camps


_CAMPS = "c.agree_up, c.agree_down, c.disagree_up, c.disagree_down"
_BALLOT = (
    f"SELECT {_CAMPS},"  # noqa: S608 — constants only
    " (SELECT s.side FROM counterpoints_stance s"
    " WHERE s.member_id = %s AND s.claim_id = c.claim_id),"
    " v.is_up, v.weight"
    " FROM counterpoints_counterpoint c LEFT JOIN posts_vote v"
    " ON v.voter_id = %s AND v.post_id = c.post_id WHERE c.post_id = %s"
)
# The member's votes first, whatever the size of the claim: SQLite keeps to the order of a cross
# join, and PostgreSQL knows how many rows there are of each.
_OWN_VOTES = (
    f"SELECT c.post_id, c.overall, v.is_up, {_CAMPS}"  # noqa: S608
    " FROM posts_vote v CROSS JOIN counterpoints_counterpoint c"
    " WHERE c.post_id = v.post_id AND v.voter_id = %s AND c.claim_id = %s AND v.weight > 0"
)
_STORE = (
    "UPDATE counterpoints_counterpoint SET agree_up = %s, agree_down = %s, disagree_up = %s,"
    " disagree_down = %s, both_sides = %s, overall = %s, rank = %s WHERE post_id = %s"
)


def read_ballot(counterpoint_id: int, voter_id: int) -> Ballot:
    with connection.cursor() as cursor:
        cursor.execute(_BALLOT, [voter_id, voter_id, counterpoint_id])
        *counts, side, is_up, weight = cursor.fetchone()
    return Ballot(side, None if is_up is None else bool(is_up), weight or 0, Camps(*counts))


def count_vote(
    counterpoint_id: int,
    ballot: Ballot,
    *,
    is_up: bool | None,
    weight: int,
    overall: float,
) -> None:
    """After a vote was cast, changed or taken back; `overall` is the post's new bound."""
    if ballot.is_up == is_up:
        return
    ballot.camps.move(ballot.side, ballot.is_up, -ballot.weight)
    ballot.camps.move(ballot.side, is_up, weight)
    _store([(counterpoint_id, ballot.camps, overall)])


def move_votes(claim_id: int, member_id: int, *, before: str | None, after: str | None) -> None:
    """All of a member's votes in the debate of a claim go over from camp to camp.

    It costs what the member's votes cost, and never more for a larger claim.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWN_VOTES, [member_id, claim_id])
        found = cursor.fetchall()
    moved = []
    for pk, overall, is_up, *counts in found:
        camps = Camps(*counts)
        camps.move(before, bool(is_up), -1)
        camps.move(after, bool(is_up), 1)
        moved.append((pk, camps, overall))
    _store(moved)


def _store(rows: Iterable[tuple[int, Camps, float]]) -> None:
    values = [
        (*astuple(camps), camps.both_sides, overall, camps.rank(overall), pk)
        for pk, camps, overall in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(_STORE, values)


def recount_camps(claim_id: int) -> None:
    """Make the columns of all of a claim's counterpoints anew from its votes and stances."""
    camps: dict[int, Camps] = {}
    sides = (
        Vote.objects.filter(
            post__counterpoint__claim=claim_id, voter__stances__claim=claim_id, weight__gt=0
        )
        .values_list("post_id", "voter__stances__side", "is_up")
        .annotate(Count("pk"))
    )
    for post, side, is_up, number in sides:
        camps.setdefault(post, Camps()).move(side, is_up, number)
    counterpoints = Counterpoint.objects.filter(claim=claim_id).values_list(
        "pk", F("post__best"), "minds", Count("changed_minds")
    )
    _store((pk, camps.get(pk, Camps()), best) for pk, best, *_ in counterpoints)
    for pk, _, stored, minds in counterpoints:
        if stored != minds:
            Counterpoint.objects.filter(pk=pk).update(minds=minds)
