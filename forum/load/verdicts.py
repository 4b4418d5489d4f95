"""The standing of a load's claims, by the rule for whole trees."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from essays.models import Passage
from forum.counterpoints import standing
from forum.counterpoints.models import (
    ESSAYIST,
    OBJECTIONS,
    Claim,
    Counterpoint,
    LabelChange,
    Relation,
    Standing,
)
from forum.counterpoints.standing import Kind
from forum.counterpoints.standing_tree import Node, Tree, Values, compute
from forum.counterpoints.weighing import floor, quorum
from forum.load.plan import Conversation, Entry
from forum.posts.ranking import wilson

# The claim's own name in its tree: no post has the number 0.
ROOT = 0

Replies = Mapping[int, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Weighed:
    claim: Claim
    counterpoints: list[Counterpoint]
    changes: list[LabelChange]


def weigh(
    conversation: Conversation, passage: Passage, number: int, restatements: Sequence[str]
) -> Weighed:
    """The rows of a claim. None is stored yet."""
    statement, *answers = conversation.entries
    replies = defaultdict(list)
    for entry in answers:
        replies[entry.parent.pk if entry.parent else ROOT].append(entry)
    values = _values(answers, replies)
    told = values[ROOT]
    decided_at = next((one.at for one in answers if one.pk == told.decided_by), None)
    claim = Claim(
        thread=conversation.thread, essay=conversation.essay, number=number, passage=passage,
        opening_id=statement.pk, created_at=statement.at, label=str(told.label),
        label_since=decided_at or statement.at, strength=told.strength,
        decided_by_id=told.decided_by,
        **{relation.value: _count(answers, relation) for relation in Relation},
    )  # fmt: skip
    counterpoints = [
        _counterpoint(
            claim, entry, values[entry.pk], replies[entry.pk],
            restatements[entry.words % len(restatements)],
        )
        for entry in answers
    ]  # fmt: skip
    return Weighed(claim, counterpoints, _history(claim))


def _count(answers: Sequence[Entry], relation: str) -> int:
    return sum(one.relation == relation and one.is_counted for one in answers)


def _values(answers: Sequence[Entry], replies: Replies) -> dict[Any, Values[float]]:
    """Of every post: one that was taken down keeps what it would bring, and so does what hangs on.

    That is how it finds its place again, in an instant, when it is restored.
    """
    claim = Node(ROOT, Kind.CLAIM, author=ESSAYIST)
    values = compute(Tree([claim, *map(_node, answers)]), float)
    for entry in answers:
        if entry.pk not in values:
            root = replace(_node(entry), parent=None, hidden=False)
            below = [_node(one) for one in _below(entry, replies)]
            values |= compute(Tree([root, *below]), float)
    return values


def _node(entry: Entry) -> Node:
    return Node(
        entry.pk, entry.relation, entry.parent.pk if entry.parent else ROOT, entry.speaker,
        entry.up, entry.down, hidden=not entry.is_counted,
    )  # fmt: skip


def _below(entry: Entry, replies: Replies) -> list[Entry]:
    found = list(replies.get(entry.pk, ()))
    for one in found:  # grows as it goes
        found.extend(replies.get(one.pk, ()))
    return found


def _counterpoint(
    claim: Claim, entry: Entry, values: Values[float], replies: Sequence[Entry], restatement: str
) -> Counterpoint:
    heard = [reply for reply in replies if reply.is_counted]
    is_attack = entry.relation in OBJECTIONS
    is_answered = any(
        reply.relation in OBJECTIONS
        and standing.is_answer(standing.base(reply.up, reply.down, reply.relation), floor())
        for reply in heard
    )
    conceding = {reply.speaker for reply in heard if reply.relation == Relation.CONCEDES}
    is_objection = is_attack and entry.parent is None and entry.is_counted
    # Nobody has taken a stance: they stand by all votes.
    overall = wilson(entry.up, entry.up + entry.down)
    return Counterpoint(
        post_id=entry.pk, claim=claim, target_id=entry.parent.pk if entry.parent else None,
        relation=entry.relation, restatement=restatement, speaker=entry.speaker,
        target_speaker=entry.target_speaker, is_counted=entry.is_counted,
        base=values.base, strength=values.strength, link=values.link, effect=values.effect,
        overall=overall, rank=overall,
        is_answered=is_answered, is_conceded=is_attack and entry.target_speaker in conceding,
        is_open=is_objection and standing.is_open(
            values.effect, answered=is_answered, votes=entry.up + entry.down, floor=floor(),
            quorum=quorum(),
        ),
    )  # fmt: skip


def _history(claim: Claim) -> list[LabelChange]:
    changes = [_change(claim, Standing.UNCHALLENGED, None, claim.created_at)]
    if claim.label != Standing.UNCHALLENGED:
        changes.append(_change(claim, claim.label, claim.decided_by_id, claim.label_since))
    return changes


def _change(claim: Claim, label: str, decided_by: int | None, at: datetime) -> LabelChange:
    return LabelChange(claim=claim, label=label, decided_by_id=decided_by, at=at)
