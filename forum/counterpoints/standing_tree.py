"""The standing of a whole tree, from nothing, by the rule of `standing`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic

from forum.counterpoints.standing import (
    ATTACKS,
    BACKING,
    FLOOR,
    QUORUM,
    Force,
    Kind,
    Label,
    LabelName,
    Number,
    Objection,
    base,
    claim_values,
    is_answer,
    is_conceded,
    label,
    node_values,
)


@dataclass(frozen=True, slots=True)
class Node:
    id: Any
    kind: str
    parent: Any = None
    author: Any = None
    up: int = 0
    down: int = 0
    hidden: bool = False

    @property
    def votes(self) -> int:
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class Tree:
    """One claim and what hangs below it. The nodes come oldest first: that decides ties."""

    nodes: Sequence[Node]
    floor: Fraction = FLOOR
    quorum: int = QUORUM


@dataclass(frozen=True, slots=True)
class Values(Generic[Number]):
    """What a node has come to. Only a claim has a label."""

    base: Number
    strength: Number
    link: Number
    effect: Number
    label: LabelName | None = None
    decided_by: Any = None


def existing(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that count, parents before children: what hangs below a hidden node is gone."""
    replies = _replies(node for node in nodes if not node.hidden)
    found = replies[None][:1]
    for node in found:  # grows as it goes
        found.extend(replies[node.id])
    return found


def compute(
    tree: Tree, number: type[Number], base_of: Callable[[Node], Number] | None = None
) -> dict[Any, Values[Number]]:
    """The values of every node that exists, by id, in the tree's order.

    The tree must be sound: one claim, no cycle. `number` is `Fraction` or `float`; `base_of`
    replaces the votes as the source of the bases.
    """
    nodes = existing(tree.nodes)
    replies = _replies(nodes)
    values: dict[Any, Values[Number]] = {}
    for node in reversed(nodes):
        own_base = base_of(node) if base_of else base(node.up, node.down, node.kind, number)
        surroundings = _Surroundings(node, own_base, replies, values)
        values[node.id] = surroundings.settled(number(tree.floor), tree.quorum)
    return {node.id: values[node.id] for node in tree.nodes if node.id in values}


def _replies(nodes: Iterable[Node]) -> defaultdict[Any, list[Node]]:
    replies = defaultdict(list)
    for node in nodes:
        replies[node.parent].append(node)
    return replies


@dataclass(frozen=True, slots=True)
class _Surroundings(Generic[Number]):
    """A node together with the replies to it, whose values are known already."""

    node: Node
    base: Number
    replies: Mapping[Any, list[Node]]
    values: Mapping[Any, Values[Number]]

    def settled(self, floor: Number, quorum: int) -> Values[Number]:
        conceded = self.conceded_attacks()
        if self.node.kind != Kind.CLAIM:
            return Values(self.base, *self.force(set(conceded.values())))
        force = claim_values(
            self.base,
            strongest_support=self.strongest(BACKING),
            strongest_objection=self.strongest(ATTACKS),
            conceded=bool(conceded),
        )
        objections = [
            self.objection(attack, floor, conceded=attack.id in conceded)
            for attack in self.attacks_on(self.node)
        ]
        told: Label = label(objections, strength=force.strength, floor=floor, quorum=quorum)
        return Values(self.base, *force, told.name, told.decided_by)

    def force(self, conceded_kinds: set[str]) -> Force[Number]:
        return node_values(
            self.base,
            strongest_support=self.strongest(BACKING),
            strongest_rebuttal=self.strongest(frozenset({Kind.REBUTS})),
            strongest_undercut=self.strongest(frozenset({Kind.UNDERCUTS})),
            rebuttal_conceded=Kind.REBUTS in conceded_kinds,
            undercut_conceded=Kind.UNDERCUTS in conceded_kinds,
        )

    def strongest(self, kinds: frozenset[Kind]) -> Number:
        replies = self.replies.get(self.node.id, ())
        effects = (self.values[reply.id].effect for reply in replies if reply.kind in kinds)
        return max(effects, default=self.base * 0)

    def attacks_on(self, node: Node) -> list[Node]:
        return [reply for reply in self.replies.get(node.id, ()) if reply.kind in ATTACKS]

    def conceded_attacks(self) -> dict[Any, str]:
        return {
            attack.id: attack.kind
            for attack in self.attacks_on(self.node)
            if is_conceded(attack.kind, self.node.author, self.conceding_authors(attack))
        }

    def conceding_authors(self, attack: Node) -> set[Any]:
        replies = self.replies.get(attack.id, ())
        return {reply.author for reply in replies if reply.kind == Kind.CONCEDES}

    def objection(self, attack: Node, floor: Number, *, conceded: bool) -> Objection[Number]:
        answers = self.attacks_on(attack)
        return Objection(
            id=attack.id,
            effect=self.values[attack.id].effect,
            answered=any(is_answer(self.values[answer.id].base, floor) for answer in answers),
            votes=attack.votes,
            conceded=conceded,
        )
