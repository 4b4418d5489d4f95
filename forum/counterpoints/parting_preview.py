from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from forum.counterpoints.foreseeing import labels_apart
from forum.counterpoints.merged_links import links_back
from forum.counterpoints.merged_stances import stances_back
from forum.counterpoints.models import Claim, Counterpoint, Merger
from forum.counterpoints.unmerging import branches_back
from forum.posts.models import Post


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go back to the claim that was merged, and what both would be called."""

    counterpoints: int
    posts: int
    # Of those, what was written since the merger.
    since: int
    stances: int
    links: int
    label: str
    label_there: str


def preview(merger: Merger) -> Preview:
    """A dozen queries at most, whatever the size of either."""
    branches = branches_back(merger)
    posts = Post.objects.filter(thread=merger.into_id, depth__gt=0, holding__isnull=True)
    counted = Counterpoint.objects.filter(claim=merger.into_id, is_counted=True)
    moved, ended = links_back(merger)
    labels = labels_apart(merger.claim_id, merger.into_id, branches)
    return Preview(
        counterpoints=_of_branches(counted, "post__branch", branches),
        posts=_of_branches(posts, "branch", branches),
        since=_of_branches(posts.filter(created_at__gt=merger.made_at), "branch", branches),
        stances=sum(one.claim_id == merger.claim_id for one in stances_back(merger)),
        links=sum(one.is_live for one in moved) + len(ended),
        label=_kept(merger.claim) or labels[merger.claim_id],
        label_there=merger.into.label if merger.into.is_frozen else labels[merger.into_id],
    )


def _of_branches(rows: "QuerySet[Any]", branch: str, branches: Collection[int]) -> int:
    """However many branches there are: more than a statement may name."""
    numbers = rows.order_by().values_list(branch).annotate(number=Count("pk"))
    return sum(number for top, number in numbers if top in branches)


def _kept(claim: Claim) -> str:
    """Of a claim whose words are gone from the essay: the label that it had."""
    last = claim.label_changes.last() if claim.is_frozen else None
    return str(last.label) if last is not None else ""
