"""Asks the index, which the triggers of this app's migrations keep, in each database's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from forum.search.filters import Filters, Marks, marks_of
from forum.search.query import Query
from forum.search.rules import rule_for

# The newest of what is found are weighed against each other, and no more: a word that stands
# everywhere costs no more among a hundred thousand posts than among a thousand.
MOST_WEIGHED = 600
# Of these, so many places are for essays and claims where all else is looked for too. They come
# first most often, and are few beside posts.
LEADING_WEIGHED = 300

# Positions: essays above claims above all other posts; each kind newest first.
_STEP = 1 << 48
ABOVE_POSTS, ABOVE_CLAIMS = 3 * _STEP, 4 * _STEP


class Match(NamedTuple):
    position: int
    kind: str
    essay_id: int
    post_id: int | None
    # Seconds since 1970; None for an essay that is not published.
    at: int | None


class Group(NamedTuple):
    """What was found between two positions, the newest first; and one more than `most`, if there
    is more.
    """

    lowest: int
    end: int
    most: int
    matches: list[Match]

    @property
    def is_cut(self) -> bool:
        return len(self.matches) > self.most

    @property
    def floor(self) -> int:
        """From here on, nothing is left out."""
        return self.matches[-1].position if self.is_cut else self.lowest


@dataclass(frozen=True, slots=True)
class Found:
    matches: list[Match] = field(default_factory=list)
    # There is more than was looked at.
    is_cut: bool = False
    # How it was found: empty where nothing had to be looked for.
    groups: tuple[Group, ...] = ()
    marks: Marks = field(default_factory=list)


def found_in(groups: Sequence[Group], marks: Marks) -> Found:
    matches = [match for group in groups for match in group.matches[: group.most]]
    return Found(matches, any(group.is_cut for group in groups), tuple(groups), marks)


_COLUMNS = "e.position, e.kind, e.essay_id, e.post_id, e.at"
# The rowid is the position, so that FTS5 walks its index from the end and stops at the limit.
_SQLITE = f"""
    SELECT {_COLUMNS} FROM search_index
    CROSS JOIN search_entry e ON e.position = search_index.rowid
    WHERE search_index MATCH %s AND search_index.rowid >= %s AND search_index.rowid < %s
        {{only}} AND {{rule}}
    ORDER BY search_index.rowid DESC LIMIT %s
"""  # noqa: S608 — constants
# PostgreSQL's words stand with the entry; where there are none, FTS5 has nothing to match.
_BY_ENTRY = f"""
    SELECT {_COLUMNS} FROM search_entry e
    WHERE {{words}} e.position >= %s AND e.position < %s {{only}} AND {{rule}}
    ORDER BY e.position DESC LIMIT %s
"""  # noqa: S608 — constants


def find(user: Any, query: Query, filters: Filters, *, limit: int = MOST_WEIGHED) -> Found:
    """What a reader may see of it: essays, claims, counterpoints, comments; as yet in no order.

    One query for each of two groups, and one for each filter that names essays.
    """
    marks = marks_of(user, filters)
    if not all(marks):
        return Found()
    walk = Walk(user, query, filters, marks)
    return found_in(
        [
            Group(lowest, end, most, walk.through(lowest, end, most + 1))
            for lowest, end, most in _groups(filters, limit)
        ],
        marks,
    )


class Walk:
    """A search, made ready to be asked of any part of the index."""

    def __init__(self, user: Any, query: Query, filters: Filters, marks: Marks) -> None:
        if query.unwanted and not query.wanted and not marks:
            # What is to be left out has to be left out of something.
            marks = [[f"k{kind}" for kind in filters.kinds]]
        rule, self.values = rule_for(user, filters)
        pattern, self.before, self.position = _statement(query, marks)
        self.sql = pattern.format(rule=rule, only="{only}")

    def through(self, lowest: int, end: int, limit: int, only: Sequence[int] = ()) -> list[Match]:
        """The newest first; `only` of these positions, if any are given."""
        places = ", ".join(["%s"] * len(only))
        sql = self.sql.format(only=f"AND {self.position} IN ({places})" if only else "")
        with connection.cursor() as cursor:
            cursor.execute(sql, [*self.before, lowest, end, *only, *self.values, limit])
            return [*map(Match._make, cursor.fetchall())]


def _groups(filters: Filters, limit: int) -> list[tuple[int, int, int]]:
    """Which positions to walk through, and how many matches to take of them."""
    kinds = filters.kinds
    if len(kinds) == 1:
        place = {"essay": 4, "claim": 3}.get(kinds[0])
        below = (0, ABOVE_POSTS) if place is None else (place * _STEP, (place + 1) * _STEP)
        return [(*below, limit)]
    leading = min(limit, LEADING_WEIGHED)
    return [(ABOVE_POSTS, 5 * _STEP, leading), (0, ABOVE_POSTS, max(limit - leading, 1))]


def _statement(query: Query, marks: Marks) -> tuple[str, list[Any], str]:
    """With its rule still to be filled in; the values that come before those of the rule; and what
    it calls a position.
    """
    if connection.vendor == "sqlite" and (query or marks):
        return _SQLITE, [fts5_expression(query, marks)], "search_index.rowid"
    words, values = tsquery_expression(query, marks)
    pattern = _BY_ENTRY.replace("{words}", f"e.words @@ ({words}) AND" if words else "")
    return pattern, values, "e.position"


def fts5_expression(query: Query, marks: Marks) -> str:
    """Every term is quoted; its words are letters and digits, so no quote can be in them."""
    parts = []
    if query:
        wanted = " AND ".join(_quoted(term.text) for term in query.wanted)
        parts.append(f"({{head body}} : ({wanted}))")
    for group in marks:
        parts.append(f"(marks : ({' OR '.join(map(_quoted, group))}))")
    whole = " AND ".join(parts)
    if not query.unwanted:
        return whole
    unwanted = " OR ".join(_quoted(term.text) for term in query.unwanted)
    return f"({whole}) NOT ({{head body}} : ({unwanted}))"


def _quoted(text: str) -> str:
    return f'"{text}"'


def tsquery_expression(query: Query, marks: Marks) -> tuple[str, list[str]]:
    phrase = "phraseto_tsquery('simple', %s)"
    parts = [phrase] * len(query.wanted) + [f"!! {phrase}"] * len(query.unwanted)
    parts += ["%s::tsquery"] * len(marks)
    values = [term.text for term in (*query.wanted, *query.unwanted)]
    return " && ".join(parts), values + [
        " | ".join(f"'={one}'" for one in group) for group in marks
    ]
