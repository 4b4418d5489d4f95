"""Two claims that were merged are parted again: each has what it had, and what has come to that.

The branches that had come with the one go back with all that was answered there meanwhile, unless a
moderator has put them elsewhere. What else was said on the merged claim since stays on the other.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils import timezone

from essays.actions import raise_version
from forum.counterpoints import permissions
from forum.counterpoints.linking import hold_claims
from forum.counterpoints.merged_links import ends_of, give_links_back
from forum.counterpoints.merged_stances import count_stances, give_stances_back
from forum.counterpoints.models import (
    Cause,
    Claim,
    Counterpoint,
    Merger,
    Reconsideration,
    Relation,
    Standing,
)
from forum.counterpoints.similar import keep_words
from forum.counterpoints.weighing import relabel
from forum.lib.verdict import ensure
from forum.notifications.following import share_follows
from forum.notifications.models import FollowKind
from forum.posts.drafts import move_drafts
from forum.posts.models import Draft, Post
from forum.posts.parting import part_posts


def merger_of(claim: Claim) -> Merger | None:
    """The last that made it part of another one; None where it was merged before any was written
    down, or never."""
    known = Merger.objects.filter(claim=claim).order_by("-pk")
    return known.select_related(
        "claim__opening__author", "claim__essay", "into__opening__author", "into__merged_into"
    ).first()


@transaction.atomic
def part_claims(*, by: Any, merger: Merger, now: datetime | None = None) -> Claim:
    """The claim that went stands again under its own number, which it gives back. Moderation logs
    it, and tells why."""
    now = now or timezone.now()
    merger = _held(merger)
    ensure(permissions.can_part(by, merger))
    claim, into = merger.claim, merger.into
    steps = branches_back(merger)
    part_posts(source=into.thread, target=claim.thread, steps=steps)
    moved = Counterpoint.objects.filter(post__thread=claim.pk)
    moved.update(claim=claim)
    _forget_questions(merger, moved)
    _stand_again(merger, moved)
    if give_stances_back(merger):
        count_stances([claim.pk, into.pk])
    give_links_back(merger)
    _move_drafts(merger)
    share_follows(kind=FollowKind.CLAIM, thing=into.pk, to=claim.pk)
    keep_words(Claim.objects.filter(pk=claim.pk))
    for each in (into.pk, claim.pk):
        relabel(each, Cause.PARTED, now=now)
    Merger.objects.filter(pk=merger.pk).update(parted_at=now)
    claim.refresh_from_db()
    return claim


def _held(merger: Merger) -> Merger:
    """As it is now, with both its claims."""
    claims = {merger.claim_id, merger.into_id}
    held = hold_claims(
        {*claims, *merger.parts, *ends_of(merger.into_id), *ends_of(merger.claim_id)}
    )
    fresh = Merger.objects.get(pk=merger.pk)
    fresh.claim, fresh.into = held[fresh.claim_id], held[fresh.into_id]
    return fresh


def branches_back(merger: Merger) -> dict[int, int]:
    """By top-level post its old place, of the branches that came and are there still."""
    steps = merger.steps
    tops = Post.objects.filter(thread=merger.into_id, depth=1)
    return {pk: steps[pk] for pk in tops.values_list("pk", flat=True) if pk in steps}


def _forget_questions(merger: Merger, moved: "QuerySet[Counterpoint]") -> None:
    """What their authors were asked since, they were asked about the words of the other claim."""
    asked = Reconsideration.objects.filter(choice=None, asked_at__gte=merger.made_at)
    asked.filter(counterpoint__in=moved.values("pk")).delete()


def _stand_again(merger: Merger, moved: "QuerySet[Counterpoint]") -> None:
    """With the label that it had: what becomes of it now is weighed thereafter."""
    claim, into = merger.claim, merger.into
    counted = moved.filter(is_counted=True).order_by().values_list("relation")
    counts = dict.fromkeys(Relation.values, 0) | dict(counted.annotate(number=Count("pk")))
    fewer = {name: F(name) - number for name, number in counts.items()}
    Claim.objects.filter(pk=into.pk).update(**fewer, is_key=_stays_key(merger))
    Claim.objects.filter(pk__in=merger.parts, merged_into=into).update(merged_into=claim)
    last = claim.label_changes.last()
    stood: dict[str, Any] = {}
    if last is not None:
        stood = {"label": last.label, "decided_by": last.decided_by_id, "label_since": last.at}
    Claim.objects.filter(pk=claim.pk).update(
        merged_into=None, is_key=merger.was_key, **counts, **stood
    )
    waits = last is not None and last.label == Standing.UNANSWERED and not claim.is_frozen
    raise_version(claim.essay_id, claim_count=1, open_count=1 if waits else 0)


def _stays_key(merger: Merger) -> bool:
    """Unless it is a key claim because of the one that goes, and of no other that stays."""
    if not (merger.made_key and merger.into.is_key):
        return merger.into.is_key
    others = Merger.objects.filter(into=merger.into, parted_at=None, was_key=True)
    other = others.exclude(pk=merger.pk).order_by("pk").first()
    if other is None:
        return False
    Merger.objects.filter(pk=other.pk).update(made_key=True)
    return True


def _move_drafts(merger: Merger) -> None:
    """Answers that are not posted yet: to what goes back, and to the claim itself where they were
    begun at its own address."""
    before, after = f"answer:{merger.into_id}:", f"answer:{merger.claim_id}:"
    begun_here = reverse("counterpoints:answer-claim", args=[merger.claim_id])
    drafts = list(Draft.objects.filter(place__startswith=before).values_list("pk", "place", "url"))
    answered = {pk: int(place.removeprefix(before)) for pk, place, _url in drafts}
    posts = Post.objects.filter(pk__in=answered.values(), thread=merger.claim_id)
    goes = set(posts.values_list("pk", flat=True))
    going = [
        pk
        for pk, _place, url in drafts
        if answered[pk] in goes or (answered[pk] == 0 and url.startswith(begun_here))
    ]
    move_drafts(Draft.objects.filter(pk__in=going), before, after)
