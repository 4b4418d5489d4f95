"""The signs that stand for counterpoints in pictures and lists: which, and full or hollow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from forum.counterpoints.json_rows import JSONRows, rows
from forum.counterpoints.models import Claim
from forum.counterpoints.querysets import RELATIONS
from forum.counterpoints.standing import SLACK
from forum.counterpoints.weighing import floor
from forum.lib.prepared import Prepared

# As `with_signs` names them.
COLUMNS = tuple(f"signs_{relation}" for relation in RELATIONS)


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


_of_claims = Prepared(lambda claims: _with_signs(claims).values_list("pk", *COLUMNS))


def signs_of_claims(claims: list[int]) -> dict[int, list[Sign]]:
    """By the claim's number in the address; one query."""
    if not claims:
        return {}
    return _by_claim(_of_claims(claims=claims))


def signs_beside(claims: list[int]) -> JSONRows:
    """The same in any other query, for `signs_in`."""
    return JSONRows(_with_signs(claims), pk=F("pk"), **{name: F(name) for name in COLUMNS})


def signs_in(column: str | None) -> dict[int, list[Sign]]:
    return _by_claim(rows(column))


def _with_signs(claims: list[int]) -> Any:
    return Claim.objects.filter(pk__in=claims).order_by().with_signs()


def _by_claim(found: Iterable[Sequence[Any]]) -> dict[int, list[Sign]]:
    return {pk: signs_of(dict(zip(RELATIONS, texts, strict=True))) for pk, *texts in found}


def answers_of(columns: Sequence[str | None]) -> list[Sign]:
    """Of columns that `answers_columns` makes, in its order; the strongest first."""
    found = [
        (-effect, id_, Sign(id_, relation, survives(effect, is_open=False)))
        for relation, text in zip(RELATIONS, columns, strict=False)
        for id_, effect in rows(text)
    ]
    return [sign for _, _, sign in sorted(found, key=lambda entry: entry[:2])]
