"""Two claims of an essay assert the same: one becomes part of the other, with all that was said.

Conceded objections stay conceded: those of either claim speak of the same assertion, and concede
it. Of two stances of one member the later counts. It cannot be undone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from essays.actions import raise_version
from forum.counterpoints import camps, permissions
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.linking import count_links, ends, hold_claims
from forum.counterpoints.models import (
    Cause,
    Claim,
    ClaimLink,
    ClaimWord,
    Counterpoint,
    LinkState,
    Relation,
    Side,
    Stance,
    Standing,
)
from forum.counterpoints.weighing import label_together, relabel
from forum.lib.verdict import ensure
from forum.notifications.following import move_follows
from forum.notifications.models import FollowKind
from forum.posts.models import Draft, Vote
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
def merge_claims(*, by: Any, claim: Claim, into: Claim, now: datetime | None = None) -> Claim:
    """`claim` becomes part of `into`, which it gives back. Moderation logs it, and tells why."""
    now = now or timezone.now()
    held = hold_claims([claim.pk, into.pk])
    claim, into = held[claim.pk], held[into.pk]
    ensure(permissions.can_merge(by, claim, into))
    move_posts(source=claim.thread, target=into.thread)
    Counterpoint.objects.filter(claim=claim).update(claim=into)
    has_stances = _move_stances(claim, into)
    _move_links(claim, into)
    _move_drafts(claim, into)
    move_follows(kind=FollowKind.CLAIM, thing=claim.pk, to=into.pk)
    ClaimWord.objects.filter(claim=claim).delete()
    _store(claim, into)
    if has_stances:
        _count_stances(into)
        recount_camps(into.pk)
    count_links([claim.pk, into.pk])
    waited = claim.label == Standing.UNANSWERED and not claim.is_frozen
    raise_version(claim.essay_id, claim_count=-1, open_count=-1 if waited else 0)
    relabel(into.pk, Cause.MERGED, now=now)
    into.refresh_from_db()
    return into


def _store(claim: Claim, into: Claim) -> None:
    counts = {name: F(name) + getattr(claim, name) for name in Relation.values}
    is_key = claim.is_key or into.is_key
    Claim.objects.filter(pk=into.pk).update(**counts, is_key=is_key)
    # Whatever was merged into it before: every address leads there at one go.
    Claim.objects.filter(merged_into=claim).update(merged_into=into)
    Claim.objects.filter(pk=claim.pk).update(merged_into=into, **BARE)


def _move_stances(claim: Claim, into: Claim) -> bool:
    """Whether anybody stands anywhere."""
    there = dict(Stance.objects.filter(claim=into).values_list("member", "since"))
    here = list(Stance.objects.filter(claim=claim).values_list("member", "since"))
    later = [member for member, since in here if member in there and since > there[member]]
    earlier = [member for member, since in here if member in there and since <= there[member]]
    Stance.objects.filter(claim=into, member__in=later).delete()
    Stance.objects.filter(claim=claim, member__in=earlier).delete()
    Stance.objects.filter(claim=claim).update(claim=into)
    return bool(there or here)


def _count_stances(claim: Claim) -> None:
    counts = Stance.objects.filter(claim=claim).aggregate(
        **{side: Count("pk", filter=Q(side=side)) for side in Side.values}
    )
    Claim.objects.filter(pk=claim.pk).update(divided=camps.divided(**counts), **counts)


def _move_links(claim: Claim, into: Claim) -> None:
    """A link of both claims has no object any more; nor has one that the other one has already."""
    known = {_key(link) for link in ClaimLink.objects.of_claims([into.pk]).live()}
    for link in ClaimLink.objects.of_claims([claim.pk]).live().select_related("source", "target"):
        source, target = (into if end.pk == claim.pk else end for end in (link.source, link.target))
        link.source, link.target = ends(source, target, link.kind)
        link.source_essay_id, link.target_essay_id = link.source.essay_id, link.target.essay_id
        if source.pk == target.pk or _key(link) in known:
            _end(link.pk)
            continue
        known.add(_key(link))
        link.save(update_fields=["source", "target", "source_essay", "target_essay"])


def _key(link: ClaimLink) -> tuple[int, int, str]:
    return link.source_id, link.target_id, link.kind


def _end(link: int) -> None:
    gone = {"state": LinkState.MERGED, "settled_by": None, "settled_at": timezone.now()}
    ClaimLink.objects.filter(pk=link).update(**gone)


def _move_drafts(claim: Claim, into: Claim) -> None:
    """Answers that are not posted yet: they are kept under the number of their claim."""
    before, after = f"answer:{claim.pk}:", f"answer:{into.pk}:"
    drafts = Draft.objects.filter(place__startswith=before)
    drafts.update(place=Concat(Value(after), Substr("place", len(before) + 1)))
