"""How much each match says of what is looked for, by its own words: the same on either database.

The index is not asked for it. FTS5 weighs a word by how many entries have it, and to know that it
would walk through all of them, though only the newest are weighed.
"""

from collections.abc import Callable, Collection, Sequence

from django.db import connection

from forum.search.index import Match
from forum.search.query import Query, finder

# A word in a title or a statement counts as much as so many in what stands below one.
HEAD_WEIGHT = 3
# The beginning of a long text tells well enough what it is about.
WEIGHED_LENGTH = 2_000
# What is said twice is hardly more of an answer than what is said once: the first time counts for
# three quarters of all that any number can count for.
_FIRST = 1 / 3

Weight = Callable[[str, str | None], float]
# Of a match, by its position. Higher is better; only to be compared within one search.
Weights = dict[int, float]


def weigh(query: Query, matches: Collection[Match]) -> Weights:
    """Asks for their texts: one query for those of essays, and one for those of posts."""
    weight = weigher(query)
    essays = _texts("essays_essay", [one.essay_id for one in matches if one.kind == "essay"])
    posts = _texts(
        "posts_post", [one.post_id for one in matches if one.kind not in {"essay", "claim"}]
    )
    return {
        one.position: weight(
            one.kind,
            essays.get(one.essay_id) if one.kind == "essay" else posts.get(one.post_id),
        )
        for one in matches
    }


def _texts(table: str, pks: Sequence[int | None]) -> dict[int | None, str]:
    if not pks:
        return {}
    places = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, substr(folded, 1, {WEIGHED_LENGTH}) FROM {table}"  # noqa: S608 — constants
            f" WHERE id IN ({places})",
            pks,
        )
        return dict(cursor.fetchall())


def weigher(query: Query) -> Weight:
    """Of a kind and the text of a match, as the index has it. Higher is better.

    All of them have all the words, so a rare word tells no more of one than a common one does. A
    claim is one sentence, and needs no text: it says them once.
    """
    finders = [finder((term,)) for term in query.wanted]
    of_claim = len(finders) * HEAD_WEIGHT * _of(1)

    def weight(kind: str, text: str | None) -> float:
        if kind == "claim":
            return of_claim
        # A title is the first line of what an essay stores.
        head, _, body = (text or "").partition("\n") if kind == "essay" else ("", "", text or "")
        weighed = 0.0
        for each in finders:
            in_head = len(each.findall(head)) if head else 0
            # If it is beyond what is looked at, the index knows that it is there.
            in_body = len(each.findall(body)) or not in_head
            weighed += HEAD_WEIGHT * _of(in_head) + _of(in_body)
        return weighed

    return weight


def most_of_post(query: Query) -> float:
    """What no number of times can reach."""
    return float(len(query.wanted))


def _of(number: int) -> float:
    return number / (number + _FIRST)
