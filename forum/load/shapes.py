"""The shape of load: who answers what, in which thread, how many votes. No database."""

import random
from dataclasses import dataclass, field

from forum.posts import paths

# Of all posts, in the busiest discussion and below the busiest claim.
BUSIEST_DISCUSSION = 0.45
BUSIEST_CLAIM = 0.30
# How often somebody begins a new branch instead of answering.
NEW_BRANCH = 0.25
# How often somebody answers the post above the one that they read last.
STEP_BACK = 0.35
# The essay with most claims has so many, if there are so many.
MOST_CLAIMS = 30


@dataclass(slots=True)
class Node:
    """A post's place in its tree. `parent` is None at the top."""

    parent: "Node | None"
    path: str
    place_in_branch: int
    branch: "Node" = field(init=False)
    reply_count: int = 0
    branch_count: int = 1
    pk: int = 0

    def __post_init__(self) -> None:
        self.branch = self if self.parent is None else self.parent.branch

    @property
    def depth(self) -> int:
        return paths.depth(self.path)


def grow(rng: random.Random, size: int) -> list[Node]:
    """A thread's posts in order of writing.

    Whoever answers takes any post with equal chance, so a branch grows by its size: few get most.
    """
    nodes: list[Node] = []
    tops = 0
    for _ in range(size):
        parent = None
        if nodes and rng.random() >= NEW_BRANCH:
            parent = rng.choice(nodes)
            if parent.depth >= paths.MAX_DEPTH or rng.random() < STEP_BACK:
                parent = parent.parent or parent
        if parent is None:
            tops += 1
            nodes.append(Node(None, paths.child("", tops), 1))
            continue
        parent.reply_count += 1
        parent.branch.branch_count += 1
        path = paths.child(parent.path, parent.reply_count)
        nodes.append(Node(parent, path, parent.branch.branch_count))
    return nodes


def share_out(rng: random.Random, total: int, places: int) -> list[int]:
    """Divide a total among places, a few of which get most of it."""
    if not places:
        return []
    weights = [rng.paretovariate(1.1) for _ in range(places)]
    counts = [0] * places
    for place in rng.choices(range(places), weights, k=total):
        counts[place] += 1
    return counts


def thread_sizes(
    rng: random.Random, *, posts: int, essays: int, claims: int
) -> tuple[list[int], list[int]]:
    """How many posts each discussion and each claim's tree holds; the first of each has most."""
    busiest = round(posts * BUSIEST_DISCUSSION)
    busiest_claim = round(posts * BUSIEST_CLAIM) if claims else 0
    rest = share_out(rng, posts - busiest - busiest_claim, essays + claims)
    discussions, trees = rest[:essays], rest[essays:]
    discussions[0] += busiest
    if trees:
        trees[0] += busiest_claim
    return discussions, trees


def claims_by_essay(rng: random.Random, *, claims: int, essays: int) -> list[int]:
    """How many claims each essay has; the first has most."""
    most = min(claims, MOST_CLAIMS)
    counts = [0] * essays
    counts[0] = most
    others = range(1, essays) if essays > 1 else range(1)
    for _ in range(claims - most):
        counts[rng.choice(others)] += 1
    return counts


def votes(rng: random.Random, voters: int) -> tuple[int, int]:
    """How many find a post convincing, and how many do not."""
    cast = min(int(rng.paretovariate(1.1)) - 1, 40, voters)
    taste = rng.betavariate(2.2, 1.4)
    up = sum(rng.random() < taste for _ in range(cast))
    return up, cast - up
