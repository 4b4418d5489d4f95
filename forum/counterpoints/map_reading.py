"""What the whole map shows of an essay: how closely it is looked at, and what was said to it.

The queries are the same few however much there is; the strongest branches come first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models.functions import Left

from forum.accounts.names import shown_name
from forum.counterpoints.map_layout import Point, Told
from forum.counterpoints.map_parts import Part, parts_of, shares
from forum.counterpoints.models import Counterpoint
from forum.counterpoints.querysets import RELATIONS, answers_columns
from forum.counterpoints.signs import Sign, answers_of, signs_of_claims

# So many claims are drawn with their trees, so many as rows.
TREES, ROWS = 12, 30
# Counterpoints on a map of trees: below that everything can be read.
POINTS = 150
# On the map of one claim.
POINTS_OF_ONE = 60
# Two lines of a box hold less.
EXCERPT = 120


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: the whole essay, a part of it, or a claim. One of these is not empty."""

    trees: Sequence[Told] = ()
    rows: Sequence[Told] = ()
    parts: Sequence[Part] = ()
    part: Part | None = None
    claim: Any = None
    # Claims of the part that have no row.
    left_out: int = 0

    @property
    def previous_number(self) -> int:
        return self.part.number - 1 if self.part else 0

    @property
    def next_number(self) -> int:
        return self.part.number + 1 if self.part else 0


def view_of(claims: Sequence[Any], parts: Sequence[Part], part: Part | None = None) -> View:
    """As near as there is room: the claims given are those of the part, if there is one."""
    if len(claims) <= TREES:
        return View(trees=_grown(claims, POINTS), part=part)
    if len(claims) <= ROWS or part is not None:
        shown = claims[:ROWS]
        signs = signs_of_claims([claim.pk for claim in shown])
        told = [Told(claim, [_bare(sign) for sign in signs[claim.pk]]) for claim in shown]
        return View(rows=told, part=part, left_out=len(claims) - len(shown))
    return View(parts=parts)


def view_of_claim(claim: Any, part: Part) -> View:
    return View(trees=_grown([claim], POINTS_OF_ONE), part=part, claim=claim)


def divided(
    claims: Sequence[Any], sections: Sequence[tuple[str, str, int]], length: int
) -> list[Part]:
    return parts_of(claims, [(start, words) for _, words, start in sections], length)


def _bare(sign: Sign) -> Point:
    answers = [_bare(answer) for answer in sign.answers]
    return Point(sign.id, sign.relation, sign.survives, sign.waits, "", "", answers)


def _grown(claims: Sequence[Any], room: int) -> list[Told]:
    """Each with the strongest of its branches; three queries."""
    signs = signs_of_claims([claim.pk for claim in claims])
    given = shares([claim.counterpoint_count for claim in claims], room)
    chosen = {
        claim.pk: chosen_of(signs[claim.pk], share)
        for claim, share in zip(claims, given, strict=True)
    }
    answers = [sign.id for some in chosen.values() for sign in some for sign in sign.answers]
    deeper = _answers_to(answers)
    grown = {
        claim.pk: deepened(chosen[claim.pk], deeper, share)
        for claim, share in zip(claims, given, strict=True)
    }
    words = _words_of(list(_ids(sign for some in grown.values() for sign in some)))
    return [
        Told(
            claim,
            [_point(sign, words) for sign in grown[claim.pk]],
            max(claim.counterpoint_count - sum(1 for _ in _ids(grown[claim.pk])), 0),
        )
        for claim in claims
    ]


def chosen_of(signs: Sequence[Sign], share: int) -> list[Sign]:
    """So many of them and of their answers: the counterpoints first, each level from its top."""
    kept = list(signs[:share])
    left = share - len(kept)
    given = shares([len(sign.answers) for sign in kept], left)
    return [
        replace(sign, answers=sign.answers[:number])
        for sign, number in zip(kept, given, strict=True)
    ]


def deepened(signs: Sequence[Sign], deeper: Mapping[int, Sequence[Sign]], share: int) -> list[Sign]:
    """The same with the answers to the answers, as far as there is room left."""
    left = share - sum(1 + len(sign.answers) for sign in signs)
    answers = [answer for sign in signs for answer in sign.answers]
    given = iter(shares([len(deeper.get(answer.id, ())) for answer in answers], max(left, 0)))
    return [
        replace(
            sign,
            answers=[
                replace(answer, answers=deeper.get(answer.id, ())[: next(given)])
                for answer in sign.answers
            ],
        )
        for sign in signs
    ]


def _answers_to(ids: Sequence[int]) -> dict[int, list[Sign]]:
    found = Counterpoint.objects.filter(pk__in=ids).annotate(**answers_columns())
    columns = [f"answers_{relation}" for relation in RELATIONS]
    return {pk: answers_of(texts) for pk, *texts in found.values_list("pk", *columns)}


def _words_of(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    found = Counterpoint.objects.filter(pk__in=ids).values_list(
        "pk", "post__author__username", "post__author__display_name",
        Left("post__text", EXCERPT),
    )  # fmt: skip
    return {pk: (shown_name(called, username), text) for pk, username, called, text in found}


def _ids(signs: Any) -> Iterator[int]:
    for sign in signs:
        yield sign.id
        yield from _ids(sign.answers)


def _point(sign: Sign, words: Mapping[int, tuple[str, str]]) -> Point:
    name, text = words.get(sign.id, ("", ""))
    if len(text) == EXCERPT:
        text += "…"
    answers = [_point(answer, words) for answer in sign.answers]
    return Point(sign.id, sign.relation, sign.survives, sign.waits, name, text, answers)
