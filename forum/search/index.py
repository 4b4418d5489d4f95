"""Asks the index, which the triggers of this app's migrations keep, in each database's words."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from essays.models import Essay
from forum.search.filters import LEADING, Filters, Marks, marks_of
from forum.search.query import Query

# The newest of what is found are weighed against each other, and no more: a word that stands
# everywhere costs no more among a hundred thousand posts than among a thousand.
MOST_WEIGHED = 1_000
# Of these, so many places are for essays and claims where all else is looked for too.
LEADING_WEIGHED = 400

# A word in a title or a statement counts as much as so many in what stands below one.
HEAD_WEIGHT = 3

# Positions: essays above claims above all other posts; each kind newest first.
_STEP = 1 << 48
_ABOVE_POSTS = 3 * _STEP


class Match(NamedTuple):
    position: int
    kind: str
    essay_id: int
    post_id: int | None
    # Seconds since 1970; None for an essay that is not published.
    at: int | None
    # Of a claim.
    standing: str | None
    # Higher is better; only to be compared within one search.
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    matches: list[Match] = field(default_factory=list)
    # There is more than was looked at.
    is_cut: bool = False


_COLUMNS = "e.position, e.kind, e.essay_id, e.post_id, e.at, c.label"
_CLAIM = "LEFT JOIN counterpoints_claim c ON e.kind = 'claim' AND c.thread_id = e.thread_id"

# The rowid is the position, so that FTS5 walks its index from the end and stops at the limit.
_SQLITE = f"""
    SELECT {_COLUMNS}, {{weight}} FROM search_index
    CROSS JOIN search_entry e ON e.position = search_index.rowid {_CLAIM}
    WHERE search_index MATCH %s AND search_index.rowid >= %s AND search_index.rowid < %s
        AND {{rule}}
    ORDER BY search_index.rowid DESC LIMIT %s
"""  # noqa: S608 — constants
# FTS5 says it with a minus: the lower the better.
_SQLITE_WEIGHT = (
    f"-{HEAD_WEIGHT} * bm25(search_index, 1, 0, 0) - bm25(search_index, 0, 1, 0) AS weight"
)
# Without words there is nothing to weigh, and FTS5 has nothing to match.
_BROWSED = f"""
    SELECT {_COLUMNS}, 0.0 AS weight FROM search_entry e {_CLAIM}
    WHERE {{words}} e.position >= %s AND e.position < %s AND {{rule}}
    ORDER BY e.position DESC LIMIT %s
"""  # noqa: S608 — constants
_POSTGRES = f"""
    SELECT found.*, ts_rank('{{{{{1 / HEAD_WEIGHT}, 0, 0, 1}}}}', words, {{wanted}}) FROM (
        SELECT {_COLUMNS}, e.words FROM search_entry e {_CLAIM}
        WHERE e.words @@ ({{words}}) AND e.position >= %s AND e.position < %s AND {{rule}}
        ORDER BY e.position DESC LIMIT %s
    ) found
"""  # noqa: S608 — constants

# The index holds visible posts only; a counterpoint also needs a claim that is still there.
_READABLE = """
    EXISTS ({essays}) AND (e.kind <> 'counterpoint' OR EXISTS (
        SELECT 1 FROM posts_post o
        WHERE o.thread_id = e.thread_id AND o.path = '' AND o.status = 'visible'
    ))
"""


def find(
    user: Any, query: Query, filters: Filters, *, limit: int = MOST_WEIGHED, is_weighed: bool = True
) -> Found:
    """What a reader may see of it: essays, claims, counterpoints, comments; as yet in no order.

    One query for each of two groups, and one for each filter that names essays.
    """
    marks = marks_of(user, filters)
    if not all(marks):
        return Found()
    if query.unwanted and not query.wanted and not marks:
        # What is to be left out has to be left out of something.
        marks = [[f"k{kind}" for kind in filters.kinds]]
    rule, values = _rule(user, filters)
    found: list[Match] = []
    is_cut = False
    for lowest, end, most in _groups(filters, limit):
        sql, before = _statement(query, marks, is_weighed=is_weighed)
        with connection.cursor() as cursor:
            cursor.execute(sql.format(rule=rule), [*before, lowest, end, *values, most + 1])
            rows = [Match._make((*row[:6], row[-1])) for row in cursor.fetchall()]
        is_cut = is_cut or len(rows) > most
        found += rows[:most]
    return Found(found, is_cut)


def _groups(filters: Filters, limit: int) -> list[tuple[int, int, int]]:
    """Which positions to walk through, and how many matches to take of them."""
    kinds = filters.kinds
    if len(kinds) == 1:
        place = {"essay": 4, "claim": 3}.get(kinds[0])
        below = (0, _ABOVE_POSTS) if place is None else (place * _STEP, (place + 1) * _STEP)
        return [(*below, limit)]
    leading = min(limit, LEADING_WEIGHED)
    return [(_ABOVE_POSTS, 5 * _STEP, leading), (0, _ABOVE_POSTS, max(limit - leading, 1))]


def _rule(user: Any, filters: Filters) -> tuple[str, list[Any]]:
    essays = Essay.objects.listed_for(user).filter(pk=RawSQL("e.essay_id", ())).order_by()
    if filters.tag is not None:
        essays = essays.filter(essaytag__tag=filters.tag)
    inner, inner_values = essays.values("pk").query.sql_with_params()
    rules, values = [_READABLE.format(essays=inner)], list(inner_values)
    if len(filters.kinds) == 1 and filters.kinds[0] not in LEADING:
        rules.append("e.kind = %s")
        values += filters.kinds
    if filters.standing:
        rules.append("c.label = %s")
        values.append(filters.standing)
    if filters.author is not None:
        theirs = Essay.objects.filter(filters.author.wrote(), pk=RawSQL("e.essay_id", ()))
        inner, inner_values = theirs.order_by().values("pk").query.sql_with_params()
        members = filters.author.members or (0,)
        speaks = ", ".join(["%s"] * len(members))
        rules.append(f"(e.speaker_id IN ({speaks}) OR e.speaker_id IS NULL AND EXISTS ({inner}))")
        values += [*members, *inner_values]
    for sign, moment in ((">=", filters.first_moment), ("<=", filters.last_moment)):
        if moment is not None:
            rules.append(f"e.at {sign} %s")
            values.append(int(moment.timestamp()))
    return " AND ".join(rules), values


def _statement(query: Query, marks: Marks, *, is_weighed: bool) -> tuple[str, list[Any]]:
    """With its rule still to be filled in; and the values that come before those of the rule."""
    if connection.vendor == "sqlite":
        if not query and not marks:
            return _BROWSED.replace("{words}", ""), []
        weight = _SQLITE_WEIGHT if query and is_weighed else "0.0"
        return _SQLITE.replace("{weight}", weight), [fts5_expression(query, marks)]
    words, values = tsquery_expression(query, marks)
    if not query:
        words = f"e.words @@ ({words}) AND" if words else ""
        return _BROWSED.replace("{words}", words), values
    wanted, wanted_values = tsquery_expression(Query("", query.wanted), [])
    sql = _POSTGRES.replace("{words}", words).replace("{wanted}", wanted)
    return sql, [*wanted_values, *values]


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
