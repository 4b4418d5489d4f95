"""Asks the index, which the triggers of this app's migrations keep, in each database's words."""

from typing import Any, NamedTuple

from django.db import connection

from essays.models import Essay
from forum.search.query import Query, Term

# Above every position: 2 to the 48th is one kind's room, and there are four kinds.
FIRST = 5 << 48


class Match(NamedTuple):
    position: int
    kind: str
    essay_id: int
    post_id: int | None


# The rowid is the position, so that FTS5 walks its index from the end and stops at the limit:
# a common word costs no more among a hundred thousand posts than among a hundred.
_SQLITE = """
    SELECT e.position, e.kind, e.essay_id, e.post_id
    FROM search_index CROSS JOIN search_entry e ON e.position = search_index.rowid
    WHERE search_index MATCH %s AND search_index.rowid < %s AND {readable}
    ORDER BY search_index.rowid DESC LIMIT %s
"""
_POSTGRES = """
    SELECT e.position, e.kind, e.essay_id, e.post_id
    FROM search_entry e
    WHERE e.words @@ ({words}) AND e.position < %s AND {readable}
    ORDER BY e.position DESC LIMIT %s
"""
# The index holds visible posts only; a counterpoint also needs a claim that is still there.
_READABLE = """
    e.essay_id IN ({essays}) AND (e.kind <> 'counterpoint' OR EXISTS (
        SELECT 1 FROM posts_post o
        WHERE o.thread_id = e.thread_id AND o.path = '' AND o.status = 'visible'
    ))
"""


def matches(user: Any, query: Query, *, before: int, limit: int) -> list[Match]:
    """What a reader may see of it: essays, claims, counterpoints, comments; newest first."""
    visible = Essay.objects.visible_to(user).order_by().values("pk").query
    essays, essay_values = visible.sql_with_params()
    readable = _READABLE.format(essays=essays)
    if connection.vendor == "sqlite":
        sql, values = _SQLITE.format(readable=readable), [fts5_expression(query)]
    else:
        words, values = tsquery_expression(query)
        sql = _POSTGRES.format(words=words, readable=readable)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, before, *essay_values, limit])
        return [Match(*row) for row in cursor.fetchall()]


def fts5_expression(query: Query) -> str:
    """Every term is quoted; its words are letters and digits, so no quote can be in them."""
    wanted = " AND ".join(_quoted(term) for term in query.wanted)
    if not query.unwanted:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(_quoted(term) for term in query.unwanted)})"


def _quoted(term: Term) -> str:
    return f'"{term.text}"'


def tsquery_expression(query: Query) -> tuple[str, list[str]]:
    phrase = "phraseto_tsquery('simple', %s)"
    sql = " && ".join([phrase] * len(query.wanted) + [f"!! {phrase}"] * len(query.unwanted))
    return sql, [term.text for term in (*query.wanted, *query.unwanted)]
