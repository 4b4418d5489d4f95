"""Claims that may say the same, by the content words that their statements share.

Whoever marks a claim is shown them first; whoever links two claims finds the other one so. The
words are kept when a claim is marked and only find candidates: how like they are is told by the
statements as they read now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from essays.models import Essay
from forum.counterpoints.content_words import content_words, likeness
from forum.counterpoints.models import Claim, ClaimWord

# Of the claims with one word the newest so many are looked at: what a query costs has a bound,
# whatever the site has in it.
CLAIMS_OF_A_WORD = 200
# So many of those that share most words are read and compared.
CANDIDATES = 40
# A claim that shares less than this with what is said is about something else.
ALIKE = 0.3
# One word in common says nothing, unless hardly more was said.
FEWEST_SHARED = 2

SHOWN = 5
# SQLite takes so many values in one statement, three a row.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim, and how much of what it and the given words say is said by both, from 0 to 1."""

    claim: Claim
    likeness: float


def keep_words(claims: "QuerySet[Claim]") -> None:
    """Of claims that were just marked, or whose statements say something else now."""
    rows = [
        ClaimWord(claim_id=claim, essay_id=essay, word=word)
        for claim, essay, text in claims.values_list("pk", "essay_id", "opening__text")
        for word in content_words(text)
    ]
    ClaimWord.objects.filter(claim__in=claims).delete()
    ClaimWord.objects.bulk_create(rows, batch_size=BATCH)


def similar_claims(
    user: Any,
    text: str,
    *,
    essay: Essay | None = None,
    leave_out: Collection[int] = (),
    most: int = SHOWN,
) -> list[Similar]:
    """Those that this reader may see, the most alike first; two queries at most.

    Of one essay, or of all of them that are published.
    """
    words = content_words(text)
    if not words:
        return []
    found = _candidates(words, essay, CANDIDATES + len(leave_out))
    if not found:
        return []
    claims = _readable(user, essay).filter(pk__in=found).exclude(pk__in=leave_out)
    fewest = min(FEWEST_SHARED, len(words))
    alike = []
    for claim in claims:
        theirs = content_words(claim.opening.text)
        if len(set(words) & set(theirs)) >= min(fewest, len(theirs)):
            alike.append(Similar(claim, likeness(words, theirs)))
    alike = [each for each in alike if each.likeness >= ALIKE]
    return sorted(alike, key=lambda each: (-each.likeness, each.claim.pk))[:most]


def _readable(user: Any, essay: Essay | None) -> "QuerySet[Claim]":
    essays = Essay.objects.filter(pk=essay.pk) if essay else Essay.objects.listed_for(user)
    return (
        Claim.objects.visible_to(user)
        .filter(essay__in=essays.order_by())
        .select_related("opening", "essay")
        .only("number", "label", "essay__slug", "essay__title", "essay__claim_count",
              "opening__text", "opening__status")
    )  # fmt: skip


def _candidates(words: list[str], essay: Essay | None, most: int) -> list[int]:
    """The claims that share most of the words; one query, bounded word by word.

    Neither database bounds the rows of each word of an IN, so each word is asked for by itself.
    """
    table = ClaimWord._meta.db_table
    within = "essay_id = %s AND " if essay else ""
    one = (
        f"SELECT claim_id FROM (SELECT claim_id FROM {table} WHERE {within}word = %s"  # noqa: S608 — names of ours
        f" ORDER BY claim_id DESC LIMIT {CLAIMS_OF_A_WORD}) AS of_a_word"
    )
    parameters: list[Any] = [
        value for word in words for value in ([essay.pk, word] if essay else [word])
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT claim_id FROM ({' UNION ALL '.join([one] * len(words))}) AS found"  # noqa: S608
            f" GROUP BY claim_id ORDER BY COUNT(*) DESC, claim_id DESC LIMIT {most:d}",
            parameters,
        )
        return [claim for (claim,) in cursor.fetchall()]
