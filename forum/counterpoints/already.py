"""What is claimed already where somebody is about to mark a claim: on the same words, and elsewhere
in the essay in like words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import Left

from essays.models import Essay
from forum.counterpoints.choice import Choice
from forum.counterpoints.json_rows import JSONRows, rows
from forum.counterpoints.margin import claims_in_text
from forum.counterpoints.models import Claim, Counterpoint
from forum.counterpoints.similar import Similar, similar_claims
from forum.posts.statuses import PostStatus

# Of what was said about a claim already, so much is shown to whoever would mark the same.
STRONGEST_SHOWN = 2
EXCERPT_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Said:
    """A counterpoint in a line."""

    pk: int
    relation: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Already:
    overlapping: Sequence[Any] = ()
    similar: Sequence[Similar] = ()

    def __bool__(self) -> bool:
        return bool(self.overlapping or self.similar)


def claims_of_paragraph(essay: Essay, choice: Choice) -> list[Any]:
    """The claims on any words of it, with what was said about each; one query."""
    block = choice.paragraph
    found = claims_in_text(essay, essay.current_revision_id or 0)
    claims: list[Any] = list(
        _with_strongest(found.filter(start__lt=block.end, end__gt=block.start))
    )
    for claim in claims:
        claim.said = [_said(*each) for each in rows(claim.strongest)]
    return claims


def claimed_already(
    user: Any, essay: Essay, choice: Choice, claims: Sequence[Any], statement: str
) -> Already:
    """Of these claims those on the chosen words, and what is alike elsewhere in the essay.

    Alike to the statement, or to the chosen words themselves while nothing is stated; two queries.
    """
    overlapping = [claim for claim in claims if choice.overlaps(claim.start, claim.end)]
    text = statement.strip() or ("" if choice.error else choice.words)
    on_them = [claim.pk for claim in overlapping]
    return Already(overlapping, similar_claims(user, text, essay=essay, leave_out=on_them))


def find_claim(essay: Essay, user: Any, pk: int) -> Claim | None:
    """One of the essay's that this reader may see."""
    return Claim.objects.visible_to(user).filter(essay=essay, pk=pk).first()


def _with_strongest(claims: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """Read off the end of an index, however many there are."""
    direct = Counterpoint.objects.filter(
        claim=OuterRef("pk"), target=None, post__status=PostStatus.VISIBLE
    ).order_by("-rank", "-overall", "-post")
    return claims.annotate(
        strongest=JSONRows(
            direct[:STRONGEST_SHOWN],
            id=F("pk"),
            does=F("relation"),
            says=Left("post__text", EXCERPT_LENGTH),
        )
    )


def _said(pk: int, relation: str, text: str) -> Said:
    is_cut = len(text) == EXCERPT_LENGTH
    return Said(pk, relation, f"{text.rpartition(' ')[0]} …" if is_cut else text)
