"""What weighing reads and writes, as SQL of its own.

Built from querysets, these few statements cost ten times what it takes to run them, on every reply
and every vote. Each look-up inside is the first entry of an index, at any size of the tree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from forum.counterpoints.models import Relation
from forum.counterpoints.standing import SLACK
from forum.posts import paths


@dataclass(slots=True)
class Node:
    """A counterpoint on the line from a change up to the claim, with its other replies' best."""

    pk: int
    target_id: int | None
    relation: str
    is_counted: bool
    speaker: int
    target_speaker: int
    up: int
    down: int
    base: float
    strength: float
    link: float
    effect: float
    is_conceded: bool
    is_answered: bool
    is_open: bool
    # Of the replies that are not on the line: the greatest effect by relation …
    supports: float
    concedes: float
    rebuts: float
    undercuts: float
    # … and whether there is one that was conceded, one that answers, one that concedes this.
    has_conceded_rebuttal: bool
    has_conceded_undercut: bool
    has_answer: bool
    has_concession: bool


class Telling(NamedTuple):
    """An objection that may decide the label."""

    pk: int
    effect: float
    is_answered: bool
    is_conceded: bool
    is_open: bool
    votes: int


class Direct(NamedTuple):
    """Of the counterpoints to the claim itself: the greatest effects, and which may decide."""

    support: float
    objection: float
    is_challenged: bool
    telling: list[Telling]


_OTHER = (
    "SELECT o.effect FROM counterpoints_counterpoint o JOIN posts_post q ON q.id = o.post_id"
    " WHERE o.target_id = c.post_id AND o.is_counted AND o.relation = '{relation}'"
    " AND q.path NOT IN ({marks}) ORDER BY o.effect DESC LIMIT 1"
)
_THERE = (
    "EXISTS (SELECT 1 FROM counterpoints_counterpoint o JOIN posts_post q ON q.id = o.post_id"
    " WHERE o.target_id = c.post_id AND o.is_counted AND {rule} AND q.path NOT IN ({marks}))"
)
_RULES = (
    "o.is_conceded AND o.relation = 'rebuts'",
    "o.is_conceded AND o.relation = 'undercuts'",
    "o.relation IN ('rebuts', 'undercuts') AND o.base >= %s",
    "o.relation = 'concedes' AND o.speaker = c.target_speaker",
)
_COLUMNS = (
    "c.post_id, c.target_id, c.relation, c.is_counted, c.speaker, c.target_speaker, p.up, p.down,"
    " c.base, c.strength, c.link, c.effect, c.is_conceded, c.is_answered, c.is_open"
)
_BY_RELATION = (Relation.SUPPORTS, Relation.CONCEDES, Relation.REBUTS, Relation.UNDERCUTS)


def read_line(claim_id: int, path: str, floor: float) -> list[Node]:
    """The counterpoint at this path and what it answers, up to the claim, deepest first."""
    line = [*paths.ancestors(path), path]
    marks = ", ".join(["%s"] * len(line))
    parts = [
        f"COALESCE(({_OTHER.format(relation=relation, marks=marks)}), 0.0)"
        for relation in _BY_RELATION
    ]
    values: list[Any] = line * len(parts)
    for rule in _RULES:
        parts.append(_THERE.format(rule=rule, marks=marks))
        values += [floor - SLACK, *line] if "%s" in rule else line
    statement = (
        f"SELECT {_COLUMNS}, {', '.join(parts)} FROM posts_post p"  # noqa: S608 — constants only
        " JOIN counterpoints_counterpoint c ON c.post_id = p.id"
        f" WHERE p.thread_id = %s AND p.path IN ({marks}) ORDER BY p.path DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, claim_id, *line])
        return [Node(*row) for row in cursor.fetchall()]


_NO_REPLIES = (0.0, 0.0, 0.0, 0.0, False, False, False, False)


def read_branch(claim_id: int, path: str) -> list[Node]:
    """All below this path, replies before what they answer. What they hear is left to the caller,
    who has them all.
    """
    statement = (
        f"SELECT {_COLUMNS} FROM posts_post p"  # noqa: S608 — constants only
        " JOIN counterpoints_counterpoint c ON c.post_id = p.id"
        " WHERE p.thread_id = %s AND p.path > %s AND p.path < %s ORDER BY p.path DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [claim_id, *paths.below(path)])
        return [Node(*[*row, *_NO_REPLIES]) for row in cursor.fetchall()]


def write_line(nodes: Iterable[Node]) -> None:
    rows = [
        (n.base, n.strength, n.link, n.effect, n.is_conceded, n.is_answered, n.is_open, n.pk)
        for n in nodes
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE counterpoints_counterpoint SET base = %s, strength = %s, link = %s,"
            " effect = %s, is_conceded = %s, is_answered = %s, is_open = %s WHERE post_id = %s",
            rows,
        )


_DIRECT = (
    "SELECT d.effect FROM counterpoints_counterpoint d WHERE d.claim_id = %s"
    " AND d.target_id IS NULL AND d.is_counted AND d.relation = '{relation}'"
    " ORDER BY d.effect DESC LIMIT 1"
)
_CONCEDED = (
    "SELECT d.post_id FROM counterpoints_counterpoint d WHERE d.claim_id = %s"
    " AND d.target_id IS NULL AND d.is_counted AND d.is_conceded ORDER BY d.post_id LIMIT 1"
)
_OPEN = (
    "SELECT {what} FROM counterpoints_counterpoint d WHERE d.claim_id = %s AND d.is_open{which}"
    " ORDER BY d.effect DESC, d.post_id LIMIT 1"
)
# Who ties with the strongest is nearly always its equal to the last digit, and then the index
# knows the oldest of them. This is for those that rounding has parted from it: seldom any.
_NEARLY = (
    "SELECT d.post_id FROM counterpoints_counterpoint d WHERE d.claim_id = %s AND d.is_open{which}"
    " AND d.effect < %s AND d.effect >= %s ORDER BY d.post_id LIMIT 1"
)
_WHICH_OPEN = ("", " AND NOT d.is_answered")
_CANDIDATES = (
    _CONCEDED,
    *(_OPEN.format(what="d.post_id", which=which) for which in _WHICH_OPEN),
    *(_NEARLY.format(which=which) for which in _WHICH_OPEN),
)
_GREATEST = (
    *(_DIRECT.format(relation=relation) for relation in _BY_RELATION),
    *(_OPEN.format(what="d.effect", which=which) for which in _WHICH_OPEN),
)
_READ_DIRECT = f"SELECT {', '.join(f'({one})' for one in _GREATEST)}"
_READ_TELLING = (
    "SELECT c.post_id, c.effect, c.is_answered, c.is_conceded, c.is_open,"  # noqa: S608
    " p.up + p.down"
    " FROM counterpoints_counterpoint c JOIN posts_post p ON p.id = c.post_id"
    f" WHERE c.post_id IN ({', '.join(f'({one})' for one in _CANDIDATES)})"
    " ORDER BY c.post_id"
)


def read_direct(claim_id: int) -> Direct:
    """These few decide the label as all of them would: see `standing.decide`."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_DIRECT, [claim_id] * len(_GREATEST))
        greatest: Sequence[Any] = cursor.fetchone()
        values: list[Any] = [claim_id] * (len(_CANDIDATES) - len(_WHICH_OPEN))
        for effect in greatest[len(_BY_RELATION) :]:
            values += [claim_id, effect, None if effect is None else effect - SLACK]
        cursor.execute(_READ_TELLING, values)
        telling = [Telling(*row) for row in cursor.fetchall()]
    supports, concedes, rebuts, undercuts, *_ = greatest
    return Direct(
        support=max(supports or 0.0, concedes or 0.0),
        objection=max(rebuts or 0.0, undercuts or 0.0),
        is_challenged=rebuts is not None or undercuts is not None,
        telling=telling,
    )
