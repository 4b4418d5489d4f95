"""Two claims of an essay assert the same: one becomes part of the other, with all that was said.

Conceded objections stay conceded: those of either claim speak of the same assertion, and concede
it. Of two stances of one member the later counts. What went over is written down: unmerging.py
parts the two again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from essays.actions import raise_version
from forum.counterpoints import permissions
from forum.counterpoints.linking import hold_claims
from forum.counterpoints.merged_links import ends_of, move_links
from forum.counterpoints.merged_stances import count_stances, move_stances
from forum.counterpoints.models import (
    Cause,
    Claim,
    ClaimLink,
    ClaimWord,
    Counterpoint,
    Merger,
    Relation,
    Side,
    Stance,
    Standing,
)
from forum.counterpoints.weighing import label_together, relabel
from forum.lib.verdict import ensure
from forum.notifications.following import move_follows
from forum.notifications.models import FollowKind
from forum.posts import paths
from forum.posts.drafts import move_drafts
from forum.posts.models import Draft, Post, Vote
from forum.posts.moving import move_posts

# A claim on which nothing was said.
BARE: dict[str, Any] = {
    "label": Standing.UNCHALLENGED, "decided_by": None, "strength": 0.5, "is_key": False,
    **dict.fromkeys((*Relation.values, *Side.values, "divided"), 0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become part of the other claim, and what that one would be called."""

    counterpoints: int
    posts: int
    votes: int
    stances: int
    links: int
    label: str


def preview(claim: Claim, into: Claim) -> Preview:
    """Six queries, whatever the size of either."""
    return Preview(
        counterpoints=claim.counterpoint_count,
        posts=claim.thread.post_count,
        votes=Vote.objects.filter(post__thread=claim.pk).count(),
        stances=Stance.objects.filter(claim=claim).count(),
        links=ClaimLink.objects.of_claims([claim.pk]).live().count(),
        label=into.label if into.is_frozen else label_together([claim.pk, into.pk]),
    )


@transaction.atomic
def merge_claims(
    *, by: Any, claim: Claim, into: Claim, log_number: int | None = None,
    now: datetime | None = None,
) -> Claim:  # fmt: skip
    """`claim` becomes part of `into`, which it gives back. Moderation logs it, and tells why."""
    now = now or timezone.now()
    held = hold_claims([claim.pk, into.pk, *ends_of(claim.pk)])
    claim, into = held[claim.pk], held[into.pk]
    ensure(permissions.can_merge(by, claim, into))
    merger = _write_down(claim, into, log_number, now)
    move_posts(source=claim.thread, target=into.thread)
    Counterpoint.objects.filter(claim=claim).update(claim=into)
    has_stances = move_stances(merger)
    merger.links = move_links(merger)
    merger.save(update_fields=["links"])
    _move_drafts(claim, into)
    move_follows(kind=FollowKind.CLAIM, thing=claim.pk, to=into.pk)
    ClaimWord.objects.filter(claim=claim).delete()
    _store(claim, into)
    if has_stances:
        count_stances([into.pk])
    waited = claim.label == Standing.UNANSWERED and not claim.is_frozen
    raise_version(claim.essay_id, claim_count=-1, open_count=-1 if waited else 0)
    relabel(into.pk, Cause.MERGED, now=now)
    into.refresh_from_db()
    return into


def _write_down(claim: Claim, into: Claim, log_number: int | None, now: datetime) -> Merger:
    tops = Post.objects.filter(thread=claim.pk, depth=1).order_by("path")
    parts = Claim.objects.filter(merged_into=claim).order_by("pk")
    return Merger.objects.create(
        claim=claim, into=into, log_number=log_number, made_at=now,
        branches=[(pk, paths.number(path)) for pk, path in tops.values_list("pk", "path")],
        parts=list(parts.values_list("pk", flat=True)),
        was_key=claim.is_key, made_key=claim.is_key and not into.is_key,
    )  # fmt: skip


def _store(claim: Claim, into: Claim) -> None:
    counts = {name: F(name) + getattr(claim, name) for name in Relation.values}
    is_key = claim.is_key or into.is_key
    Claim.objects.filter(pk=into.pk).update(**counts, is_key=is_key)
    # Whatever was merged into it before: every address leads there at one go.
    Claim.objects.filter(merged_into=claim).update(merged_into=into)
    Claim.objects.filter(pk=claim.pk).update(merged_into=into, **BARE)


def _move_drafts(claim: Claim, into: Claim) -> None:
    """Answers that are not posted yet: they are kept under the number of their claim."""
    before, after = f"answer:{claim.pk}:", f"answer:{into.pk}:"
    move_drafts(Draft.objects.filter(place__startswith=before), before, after)
