"""The signs that stand for counterpoints in pictures and lists: which, and full or hollow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forum.counterpoints.json_rows import rows
from forum.counterpoints.models import Claim
from forum.counterpoints.querysets import RELATIONS
from forum.counterpoints.standing import SLACK
from forum.counterpoints.weighing import floor
from forum.lib.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Sign:
    """A counterpoint, as small as it can be told. `waits`: nobody has answered it."""

    id: int
    relation: str
    survives: bool
    waits: bool = False
    answers: Sequence["Sign"] = ()


def survives(effect: float, *, is_open: bool) -> bool:
    """Whether it still carries weight: what is left of it reaches the floor, or it is open."""
    return is_open or effect >= floor() - SLACK


def read_signs(row: Any) -> list[Sign]:
    """Of a claim that was read with `with_signs`, the strongest first."""
    return signs_of({name: getattr(row, f"signs_{name}") for name in RELATIONS})


def signs_of(texts: Mapping[str, str | None]) -> list[Sign]:
    """Of the columns that `signs_columns` makes, by relation; the strongest first."""
    found = []
    for relation, text in texts.items():
        for id_, effect, is_open, is_answered, *answers in rows(text):
            sign = Sign(
                id_, relation, survives(effect, is_open=bool(is_open)),
                waits=bool(is_open) and not is_answered, answers=answers_of(answers),
            )  # fmt: skip
            found.append((-effect, id_, sign))
    return [sign for _, _, sign in sorted(found, key=lambda entry: entry[:2])]


_of_claims = Prepared(
    lambda claims: (
        Claim.objects.filter(pk__in=claims)
        .with_signs()
        .values_list("pk", *(f"signs_{relation}" for relation in RELATIONS))
    )
)


def signs_of_claims(claims: list[int]) -> dict[int, list[Sign]]:
    """By the claim's number in the address; one query."""
    if not claims:
        return {}
    return {
        pk: signs_of(dict(zip(RELATIONS, texts, strict=True)))
        for pk, *texts in _of_claims(claims=claims)
    }


def answers_of(columns: Sequence[str | None]) -> list[Sign]:
    """Of columns that `answers_columns` makes, in its order; the strongest first."""
    found = [
        (-effect, id_, Sign(id_, relation, survives(effect, is_open=False)))
        for relation, text in zip(RELATIONS, columns, strict=False)
        for id_, effect in rows(text)
    ]
    return [sign for _, _, sign in sorted(found, key=lambda entry: entry[:2])]
