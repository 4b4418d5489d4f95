"""Carries a change of one counterpoint up to its claim's label: along its ancestors only.

The rule is in standing.py. One statement reads the ancestors with the strongest of their other
replies, one writes those that changed, and the label takes two more, at any size of the tree.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, FloatField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from essays.actions import raise_version
from forum.counterpoints import standing
from forum.counterpoints.models import OBJECTIONS, Claim, Counterpoint, LabelChange, Relation
from forum.posts import paths

BACKING = (Relation.SUPPORTS, Relation.CONCEDES)
STORED = ["base", "strength", "link", "effect", "is_conceded", "is_answered", "is_open"]


def floor() -> float:
    return float(getattr(settings, "STANDING_FLOOR", standing.FLOOR))


def quorum() -> int:
    return int(getattr(settings, "STANDING_QUORUM", standing.QUORUM))


def weigh(counterpoint: Counterpoint, *, now: datetime) -> Claim:
    """Recompute after the counterpoint was added, voted on, hidden, restored or withdrawn."""
    claim = Claim.objects.select_for_update().get(pk=counterpoint.claim_id)
    chain = _chain(counterpoint)
    below: Counterpoint | None = None
    changed = []
    for node in chain:
        before = _told(node)
        _settle(node, below)
        node.is_open = node.target_id is None and _is_open(node)
        changed.append(node)
        if below is not None and _told(node) == before:
            break
        below = node
    Counterpoint.objects.bulk_update(changed, STORED)
    if len(changed) == len(chain):
        _label(claim, now)
    return claim


def _chain(counterpoint: Counterpoint) -> list[Counterpoint]:
    """The counterpoint and what it answers, deepest first; each with its other replies' best."""
    path = counterpoint.post.path
    line = [*paths.ancestors(path), path]
    on_path = {"post__path__in": line}
    replies = Counterpoint.objects.filter(target=OuterRef("pk"), is_counted=True)
    others = replies.exclude(**on_path)
    rows: QuerySet[Any] = (
        # By the thread, which is the claim's: its index holds the paths. The claim's own would
        # have the whole tree read.
        Counterpoint.objects.filter(post__thread=counterpoint.claim_id, **on_path)
        .select_related("post")
        .only(*STORED, "relation", "target", "claim", "is_counted", "speaker", "target_speaker",
              "post__up", "post__down", "post__path")
        .annotate(
            other_support=_strongest(others, Relation.SUPPORTS),
            other_concession_effect=_strongest(others, Relation.CONCEDES),
            other_rebuttal=_strongest(others, Relation.REBUTS),
            other_undercut=_strongest(others, Relation.UNDERCUTS),
            other_conceded_rebuttal=Exists(
                others.filter(relation=Relation.REBUTS, is_conceded=True)
            ),
            other_conceded_undercut=Exists(
                others.filter(relation=Relation.UNDERCUTS, is_conceded=True)
            ),
            other_answer=Exists(
                others.filter(relation__in=OBJECTIONS, base__gte=floor() - 1e-9)
            ),
            other_concession=Exists(
                others.filter(relation=Relation.CONCEDES, speaker=OuterRef("target_speaker"))
            ),
        )
        .order_by("-post__path")
    )  # fmt: skip
    return list(rows)


def _strongest(replies: QuerySet[Any], relation: str) -> Coalesce:
    """The greatest effect among them: the first entry of an index, however many there are."""
    best = replies.filter(relation=relation).order_by("-effect").values("effect")[:1]
    return Coalesce(Subquery(best), Value(0.0), output_field=FloatField())


def _first(counterpoints: QuerySet[Any]) -> Subquery:
    return Subquery(counterpoints.values("pk")[:1])


def _told(node: Counterpoint) -> tuple[Any, ...]:
    """All that what it answers learns from it."""
    return (node.is_counted, node.base, node.effect, node.is_conceded, node.is_answered)


def _settle(node: Any, below: Counterpoint | None) -> None:
    """Fill the node's values from its other replies and from the one the change came through."""
    heard = below if below is not None and below.is_counted else None

    def from_below(*relations: str) -> float:
        return heard.effect if heard is not None and heard.relation in relations else 0.0

    def conceded_below(relation: str) -> bool:
        return heard is not None and heard.relation == relation and heard.is_conceded

    node.base = standing.base(node.post.up, node.post.down, node.relation)
    node.strength, node.link, node.effect = standing.node_values(
        node.base,
        strongest_support=max(
            node.other_support, node.other_concession_effect, from_below(*BACKING)
        ),
        strongest_rebuttal=max(node.other_rebuttal, from_below(Relation.REBUTS)),
        strongest_undercut=max(node.other_undercut, from_below(Relation.UNDERCUTS)),
        rebuttal_conceded=node.other_conceded_rebuttal or conceded_below(Relation.REBUTS),
        undercut_conceded=node.other_conceded_undercut or conceded_below(Relation.UNDERCUTS),
    )
    node.is_answered = node.other_answer or (
        heard is not None
        and heard.relation in OBJECTIONS
        and standing.is_answer(heard.base, floor())
    )
    node.is_conceded = node.relation in OBJECTIONS and (
        node.other_concession
        or (
            heard is not None
            and heard.relation == Relation.CONCEDES
            and heard.speaker == node.target_speaker
        )
    )


def _is_open(node: Counterpoint) -> bool:
    return (
        node.is_counted
        and node.relation in OBJECTIONS
        and standing.is_open(
            node.effect,
            answered=node.is_answered,
            votes=node.post.up + node.post.down,
            floor=floor(),
            quorum=quorum(),
        )
    )


def _label(claim: Claim, now: datetime) -> None:
    direct = Counterpoint.objects.filter(claim=claim, target=None, is_counted=True)
    still_open = Counterpoint.objects.filter(claim=claim, is_open=True).order_by("-effect", "pk")
    best = Claim.objects.filter(pk=claim.pk).values(
        **{f"best_{relation.value}": _strongest(direct, relation) for relation in Relation},
        rebuttal=_first(direct.filter(relation=Relation.REBUTS).order_by("-effect", "pk")),
        undercut=_first(direct.filter(relation=Relation.UNDERCUTS).order_by("-effect", "pk")),
        conceded=_first(direct.filter(is_conceded=True).order_by("pk")),
        open=_first(still_open),
        unanswered=_first(still_open.filter(is_answered=False)),
    )[0]
    telling = ("rebuttal", "undercut", "conceded", "open", "unanswered")
    found = (
        Counterpoint.objects.filter(pk__in={best[name] for name in telling} - {None})
        .select_related("post")
        .only("effect", "is_answered", "is_conceded", "post__up", "post__down")
        .order_by("pk")
    )
    strength = standing.claim_values(
        standing.base(0, 0, standing.Kind.CLAIM),
        strongest_support=max(best[f"best_{relation.value}"] for relation in BACKING),
        strongest_objection=max(best[f"best_{relation.value}"] for relation in OBJECTIONS),
        conceded=best["conceded"] is not None,
    ).strength
    # These few decide as all of them would: the strongest, the oldest conceded, the open ones.
    label = standing.label(
        [
            standing.Objection(
                one.pk, one.effect, one.is_answered, one.post.up + one.post.down, one.is_conceded
            )
            for one in found
        ],
        strength=strength,
        floor=floor(),
        quorum=quorum(),
    )
    _store(claim, str(label.name), label.decided_by, strength, now)


def _store(
    claim: Claim, label: str, decided_by: int | None, strength: float, now: datetime
) -> None:
    if (claim.label, claim.decided_by_id, claim.strength) == (label, decided_by, strength):
        return
    if (claim.label, claim.decided_by_id) != (label, decided_by):
        LabelChange.objects.create(claim=claim, label=label, decided_by_id=decided_by, at=now)
        became_open = (label == "unanswered") - (claim.label == "unanswered")
        raise_version(claim.essay_id, open_count=became_open)
        claim.label_since = now
    claim.label, claim.decided_by_id, claim.strength = label, decided_by, strength
    claim.save(update_fields=["label", "decided_by", "label_since", "strength"])
