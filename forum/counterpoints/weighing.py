"""Carries a change of one counterpoint up to its claim's label: along its ancestors only.

The rule is in standing.py, the statements in ancestry.py. The work stops where nothing changes.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from essays.actions import raise_version
from forum.accounts.models import User
from forum.counterpoints import standing
from forum.counterpoints.ancestry import Direct, Node, Telling, read_direct, read_line, write_line
from forum.counterpoints.models import (
    OBJECTIONS,
    Cause,
    Claim,
    Counterpoint,
    LabelChange,
    Relation,
)
from forum.counterpoints.telling import tell_standing


def floor() -> float:
    return float(settings.STANDING_FLOOR)


def quorum() -> int:
    return int(settings.STANDING_QUORUM)


def weigh(
    counterpoint: Counterpoint, cause: Cause, *, now: datetime, by: User | None = None
) -> None:
    """Recompute after something was done to the counterpoint.

    Whoever calls it holds the lock on the claim. `by` did it, and need not be told what came of it.
    """
    if carry_up(counterpoint.claim_id, counterpoint.post.path):
        relabel(counterpoint.claim_id, cause, counterpoint, now=now, by=by)


def carry_up(claim_id: int, path: str) -> bool:
    """The values of the counterpoint at this path, and of what it answers; whether the claim
    itself may have heard of it.
    """
    line = read_line(claim_id, path, floor())
    below: Node | None = None
    changed = []
    for node in line:
        before = _told(node)
        settle(node, below)
        changed.append(node)
        if below is not None and _told(node) == before:
            break
        below = node
    write_line(changed)
    return len(changed) == len(line)


def _told(node: Node) -> tuple[Any, ...]:
    """All that what it answers, or the claim, learns from it."""
    return (node.is_counted, node.base, node.effect, node.is_conceded, node.is_answered)


def settle(node: Node, below: Node | None) -> None:
    """Fill the node's values from its other replies and from the one the change came through."""
    heard = below if below is not None and below.is_counted else None

    def from_below(*relations: str) -> float:
        return heard.effect if heard is not None and heard.relation in relations else 0.0

    def conceded_below(relation: str) -> bool:
        return heard is not None and heard.relation == relation and heard.is_conceded

    node.base = standing.base(node.up, node.down, node.relation)
    node.strength, node.link, node.effect = standing.node_values(
        node.base,
        strongest_support=max(node.supports, node.concedes, from_below(*standing.BACKING)),
        strongest_rebuttal=max(node.rebuts, from_below(Relation.REBUTS)),
        strongest_undercut=max(node.undercuts, from_below(Relation.UNDERCUTS)),
        rebuttal_conceded=node.has_conceded_rebuttal or conceded_below(Relation.REBUTS),
        undercut_conceded=node.has_conceded_undercut or conceded_below(Relation.UNDERCUTS),
    )
    node.is_answered = bool(node.has_answer) or (
        heard is not None
        and heard.relation in OBJECTIONS
        and standing.is_answer(heard.base, floor())
    )
    node.is_conceded = node.relation in OBJECTIONS and (
        bool(node.has_concession)
        or (
            heard is not None
            and heard.relation == Relation.CONCEDES
            and heard.speaker == node.target_speaker
        )
    )
    node.is_open = _is_open(node)


def _is_open(node: Node) -> bool:
    return (
        node.target_id is None
        and bool(node.is_counted)
        and node.relation in OBJECTIONS
        and standing.is_open(
            node.effect,
            answered=node.is_answered,
            votes=node.up + node.down,
            floor=floor(),
            quorum=quorum(),
        )
    )


def relabel(
    claim_id: int,
    cause: Cause,
    moved_by: Counterpoint | None = None,
    *,
    now: datetime,
    by: User | None = None,
) -> None:
    """Strength and label of the claim itself, by what stands directly on it."""
    label, strength = _told_by(read_direct(claim_id))
    change = LabelChange(
        claim_id=claim_id, label=str(label.name), decided_by_id=label.decided_by, cause=cause,
        moved_by=moved_by, at=now,
    )  # fmt: skip
    _store(change, strength, by)


def label_together(claims: Iterable[int]) -> standing.LabelName:
    """What one claim would be called that had all that stands directly on these."""
    direct = [read_direct(claim) for claim in claims]
    whole = Direct(
        support=max(each.support for each in direct),
        objection=max(each.objection for each in direct),
        is_challenged=any(each.is_challenged for each in direct),
        telling=sorted(one for each in direct for one in each.telling),
    )
    return _told_by(whole)[0].name


def _told_by(direct: Direct) -> tuple[standing.Label, float]:
    conceded = [_objection(one) for one in direct.telling if one.is_conceded]
    still_open = [_objection(one) for one in direct.telling if one.is_open]
    strength = standing.claim_values(
        standing.base(0, 0, standing.Kind.CLAIM),
        strongest_support=direct.support,
        strongest_objection=direct.objection,
        conceded=bool(conceded),
    ).strength
    label = standing.decide(
        conceded=conceded[0] if conceded else None,
        is_challenged=direct.is_challenged,
        strongest_open=standing.strongest(still_open),
        strongest_unanswered=standing.strongest(one for one in still_open if not one.answered),
        strength=strength,
        floor=floor(),
        quorum=quorum(),
    )
    return label, strength


def _objection(one: Telling) -> standing.Objection[float]:
    return standing.Objection(
        one.pk, one.effect, bool(one.is_answered), one.votes, bool(one.is_conceded)
    )


def _store(change: LabelChange, strength: float, by: User | None) -> None:
    columns = ("label", "decided_by", "strength", "is_frozen", "essay", "opening__status")
    claim = Claim.objects.select_related("opening").only(*columns).get(pk=change.claim_id)
    label, decided_by = change.label, change.decided_by_id
    if (claim.label, claim.decided_by_id, claim.strength) == (label, decided_by, strength):
        return
    changes: dict[str, Any] = {"strength": strength}
    # The label of words that are gone is kept as it was then; the strength goes on.
    if not claim.is_frozen and (claim.label, claim.decided_by_id) != (label, decided_by):
        change.save()
        became_open = (label == "unanswered") - (claim.label == "unanswered")
        raise_version(claim.essay_id, open_count=became_open if claim.opening.is_visible else 0)
        changes |= {"label": label, "decided_by": decided_by, "label_since": change.at}
        if claim.label != label and claim.opening.is_visible:
            tell_standing(claim, label, by=by, now=change.at)
    Claim.objects.filter(pk=change.claim_id).update(**changes)
