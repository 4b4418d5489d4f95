"""What claims would be called if branches stood elsewhere: computed from the whole trees."""

from collections.abc import Collection
from fractions import Fraction

from forum.counterpoints.models import Counterpoint
from forum.counterpoints.standing_tree import Node, Tree, compute
from forum.counterpoints.weighing import floor, quorum
from forum.posts.models import Post
from forum.posts.moving_branches import branch_of

CLAIM = "claim"


def labels_after(top: Post, claim: int, answered: int | None) -> dict[int, str]:
    """By claim: that from which the branch goes, and that to which it comes. Two queries."""
    moved = set(branch_of(top).values_list("pk", flat=True))
    rows = Counterpoint.objects.filter(claim__in=[top.thread_id, claim]).order_by("pk")
    nodes: dict[int, list[Node]] = {top.thread_id: [_root()], claim: [_root()]}
    for pk, stands_in, target, relation, speaker, up, down, counts in rows.values_list(
        "pk", "claim", "target", "relation", "speaker", "post__up", "post__down", "is_counted"
    ):
        below = answered if pk == top.pk else target
        nodes[claim if pk in moved else stands_in].append(
            Node(pk, relation, below or CLAIM, speaker, up, down, hidden=not counts)
        )
    return {pk: _label(tree) for pk, tree in nodes.items()}


def labels_apart(claim: int, into: int, branches: Collection[int]) -> dict[int, str]:
    """If the branches of these top-level posts went from `into` to `claim`, by claim. One query."""
    nodes: dict[int, list[Node]] = {claim: [_root()], into: [_root()]}
    rows = Counterpoint.objects.filter(claim=into).order_by("pk")
    for pk, branch, target, relation, speaker, up, down, counts in rows.values_list(
        "pk", "post__branch", "target", "relation", "speaker", "post__up", "post__down",
        "is_counted",
    ):  # fmt: skip
        nodes[claim if branch in branches else into].append(
            Node(pk, relation, target or CLAIM, speaker, up, down, hidden=not counts)
        )
    return {pk: _label(tree) for pk, tree in nodes.items()}


def _root() -> Node:
    return Node(CLAIM, CLAIM, author=0)


def _label(nodes: list[Node]) -> str:
    tree = Tree(nodes, floor=Fraction(floor()), quorum=quorum())
    return str(compute(tree, float)[CLAIM].label)
