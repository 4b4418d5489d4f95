"""A counterpoint goes over to another claim, or elsewhere in its own debate, with all below it."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, QuerySet

from essays.actions import raise_version
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.linking import hold_claims
from forum.counterpoints.models import ESSAYIST, Cause, Claim, Counterpoint, Stance
from forum.counterpoints.weighing import carry_up, relabel
from forum.lib.verdict import Refused
from forum.posts import moving_branches as posts
from forum.posts.drafts import move_drafts
from forum.posts.models import Draft, Post, Thread
from forum.posts.moving_branches import Origin
from forum.posts.placing import MOVED


@transaction.atomic
def move_branch(
    *, top: Post, thread: Thread, parent: Post | None, url: str, now: datetime
) -> Origin:
    """Below another counterpoint, or as an answer to the claim whose debate the thread is.

    Whoever calls it has asked permission. The standing of both claims is weighed anew.
    """
    held = hold_claims({top.thread_id, thread.pk})
    _ensure_there(held, top, parent)
    answered = Counterpoint.objects.get(pk=top.pk).target_id
    origin = posts.move_branch(top=top, thread=thread, parent=parent, url=url)
    _follow(top.pk, origin.thread, answered, now)
    return origin


@transaction.atomic
def move_back(
    *, top: Post, origin: Origin, parent: Post | None, answered: int | None = None, now: datetime
) -> None:
    """Taken back: nobody was told of it."""
    home = parent.thread_id if parent is not None else origin.thread
    held = hold_claims({top.thread_id, home})
    _ensure_there(held, top, parent)
    source = top.thread_id
    spoken_to = Counterpoint.objects.get(pk=top.pk).target_id
    posts.move_back(top=top, origin=origin, parent=parent, answered=answered)
    _follow(top.pk, source, spoken_to, now)


def _ensure_there(held: dict[int, Claim], top: Post, parent: Post | None) -> None:
    """None of them was moved, or merged, between being read and being held."""
    named = [one.pk for one in (top, parent) if one is not None]
    there = Post.objects.filter(pk__in=named, thread__in=list(held)).count()
    if there < len(named) or any(claim.merged_into_id for claim in held.values()):
        raise Refused(str(MOVED))


def _follow(moved: int, source: int, answered: int | None, now: datetime) -> None:
    """Its posts are there: so are now its relations, its numbers and its weight."""
    top = Post.objects.select_related("thread").get(pk=moved)
    target = top.thread_id
    branch = Counterpoint.objects.filter(post__in=posts.branch_of(top).order_by().values("pk"))
    if source != target:
        branch.update(claim=target)
        _move_drafts(branch, source, target)
        if Stance.objects.filter(claim__in=[source, target]).exists():
            recount_camps(target)
    _count(branch, source, target)
    spoken_to = Counterpoint.objects.filter(pk=top.parent_id).values_list("speaker", flat=True)
    Counterpoint.objects.filter(pk=moved).update(
        target=top.parent_id, target_speaker=spoken_to.first() if top.parent_id else ESSAYIST
    )
    _weigh(top, source, answered, now)


def _weigh(top: Post, source: int, answered: int | None, now: datetime) -> None:
    """Where it came to first, then where it is missed; each label once."""
    changed = Counterpoint.objects.get(pk=top.pk)
    heard = {top.thread_id} if carry_up(top.thread_id, top.path) else set()
    if answered is None or carry_up(source, Post.objects.get(pk=answered).path):
        heard.add(source)
    for claim in sorted(heard):
        relabel(claim, Cause.MOVED, changed, now=now)


def _count(branch: "QuerySet[Counterpoint]", source: int, target: int) -> None:
    counted = branch.filter(is_counted=True).order_by().values_list("relation")
    relations = Counter(dict(counted.annotate(number=Count("pk"))))
    essays = dict(Claim.objects.filter(pk__in=[source, target]).values_list("pk", "essay"))
    if source != target:
        for pk, by in ((source, -1), (target, 1)):
            changes = {name: F(name) + by * number for name, number in relations.items()}
            if changes:
                Claim.objects.filter(pk=pk).update(**changes)
    for essay in sorted(set(essays.values())):
        by = (essay == essays[target]) - (essay == essays[source])
        raise_version(essay, counterpoint_count=by * relations.total())


def _move_drafts(branch: "QuerySet[Counterpoint]", source: int, target: int) -> None:
    """Answers to it that are not posted yet: they are kept under the number of their claim."""
    before = f"answer:{source}:"
    waiting = Draft.objects.filter(place__startswith=before).values_list("pk", "place")
    answered = {pk: int(place.removeprefix(before)) for pk, place in waiting}
    moved = set(branch.filter(pk__in=answered.values()).values_list("pk", flat=True))
    going = [pk for pk, one in answered.items() if one in moved]
    move_drafts(Draft.objects.filter(pk__in=going), before, f"answer:{target}:")
