"""How a claim fares: the rule for one post and the replies to it, without a database.

The site works in floats; everything here takes `Fraction` as well. `standing_tree` applies the
rule to a whole tree.
"""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeVar, overload

Number = TypeVar("Number", float, Fraction)

FLOOR = Fraction(1, 5)
QUORUM = 5

# Votes that a post is taken to have from the start, so that the first real one does not decide.
_PRIOR_VOTES = 4

# Stored floats are cut here: below it there is only the noise of rounding.
_DIGITS = 12
# Two equal fractions may part by one unit of the last digit at every level of the tree, so
# floats are compared with room to spare. The database compares them by this too: a value reaches
# another that is not less than it by more.
SLACK = 1e-9


class Kind(StrEnum):
    CLAIM = "claim"
    SUPPORTS = "supports"
    REBUTS = "rebuts"
    UNDERCUTS = "undercuts"
    CONCEDES = "concedes"


ATTACKS = frozenset({Kind.REBUTS, Kind.UNDERCUTS})
# Who concedes a point speaks for it.
BACKING = frozenset({Kind.SUPPORTS, Kind.CONCEDES})


class LabelName(StrEnum):
    CONCEDED = "conceded"
    UNCHALLENGED = "unchallenged"
    STANDS = "stands"
    UNANSWERED = "unanswered"
    REFUTED = "refuted"
    CONTESTED = "contested"


class Force(NamedTuple, Generic[Number]):
    """What replies leave of a post: in itself, in its bearing on its parent, and both at once."""

    strength: Number
    link: Number
    effect: Number


class Objection(NamedTuple, Generic[Number]):
    """What a claim's label needs to know of one attack posted directly on the claim."""

    id: Any
    effect: Number
    answered: bool
    votes: int
    conceded: bool


class Label(NamedTuple):
    name: LabelName
    decided_by: Any = None


def settle(value: Number) -> Number:
    return round(value, _DIGITS) if isinstance(value, float) else value


def _reaches(value: Number, threshold: Number) -> bool:
    return value >= (threshold - SLACK if isinstance(threshold, float) else threshold)


@overload
def base(up: int, down: int, kind: str) -> float: ...
@overload
def base(up: int, down: int, kind: str, number: type[Number]) -> Number: ...
def base(up: int, down: int, kind: str, number: Any = float) -> Any:
    head_start = 2 if kind == Kind.CLAIM else 1
    return settle(number(up + head_start) / number(up + down + _PRIOR_VOTES))


def node_values(
    base: Number,
    *,
    strongest_support: Number,
    strongest_rebuttal: Number,
    strongest_undercut: Number,
    rebuttal_conceded: bool = False,
    undercut_conceded: bool = False,
) -> Force[Number]:
    """Pass the greatest effect among the replies of each sort, or a zero where there are none."""
    one = type(base)(1)
    link = one * 0 if undercut_conceded else settle(one - strongest_undercut)
    strength = _strength(base, strongest_support, strongest_rebuttal, withdrawn=rebuttal_conceded)
    return Force(strength, link, settle(strength * link))


def claim_values(
    base: Number, *, strongest_support: Number, strongest_objection: Number, conceded: bool = False
) -> Force[Number]:
    """A claim bears on nothing above it, so an undercut of it objects just as a rebuttal does."""
    strength = _strength(base, strongest_support, strongest_objection, withdrawn=conceded)
    return Force(strength, type(base)(1), strength)


def _strength(base: Number, support: Number, attack: Number, *, withdrawn: bool) -> Number:
    if withdrawn:
        return base * 0
    surplus = support - attack
    room = (1 - base) if surplus > 0 else base
    return settle(base + room * surplus)


def is_conceded(kind: str, attacked_author: Any, conceding_authors: Iterable[Any]) -> bool:
    """Whether an attack was accepted by the author of what it attacks.

    `conceding_authors` wrote the concessions posted on the attack. A post whose author is
    unknown (None) cannot be given up by anybody.
    """
    return kind in ATTACKS and attacked_author is not None and attacked_author in conceding_authors


def is_answer(base: Number, floor: Number) -> bool:
    """Whether an attack on an objection is heard: its own base counts, not its strength."""
    return _reaches(base, floor)


def is_open(effect: Number, *, answered: bool, votes: int, floor: Number, quorum: int) -> bool:
    return _reaches(effect, floor) or (effect > 0 and not answered and votes < quorum)


def label(
    objections: Iterable[Objection[Number]], *, strength: Number, floor: Number, quorum: int
) -> Label:
    """The claim's label. The objections come oldest first, and all of them: open or not."""
    objections = list(objections)
    still_open = [
        o
        for o in objections
        if is_open(o.effect, answered=o.answered, votes=o.votes, floor=floor, quorum=quorum)
    ]
    return decide(
        conceded=next((objection for objection in objections if objection.conceded), None),
        is_challenged=bool(objections),
        strongest_open=strongest(still_open),
        strongest_unanswered=strongest(o for o in still_open if not o.answered),
        strength=strength,
        floor=floor,
        quorum=quorum,
    )


def decide(
    *,
    conceded: Objection[Number] | None,
    is_challenged: bool,
    strongest_open: Objection[Number] | None,
    strongest_unanswered: Objection[Number] | None,
    strength: Number,
    floor: Number,
    quorum: int,
) -> Label:
    """The same, for who knows already which objections could decide it.

    `conceded` is the oldest conceded one; `strongest_unanswered` is one of the open ones.
    """
    if conceded:
        return Label(LabelName.CONCEDED, conceded.id)
    if not is_challenged:
        return Label(LabelName.UNCHALLENGED)
    if not strongest_open:
        return Label(LabelName.STANDS)
    if not strongest_open.answered:
        return Label(LabelName.UNANSWERED, strongest_open.id)
    if not _reaches(strength, floor) and strongest_open.votes >= quorum:
        return Label(LabelName.REFUTED, strongest_open.id)
    if strongest_unanswered:
        return Label(LabelName.UNANSWERED, strongest_unanswered.id)
    return Label(LabelName.CONTESTED, strongest_open.id)


def strongest(objections: Iterable[Objection[Number]]) -> Objection[Number] | None:
    """The oldest of those that tie with the greatest effect. The objections come oldest first."""
    objections = list(objections)
    if not objections:
        return None
    greatest = max(objection.effect for objection in objections)
    return next(objection for objection in objections if _reaches(objection.effect, greatest))
