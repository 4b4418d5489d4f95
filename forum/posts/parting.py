"""Branches go back to the thread from which all of it had come, each to the place that it had."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Max, QuerySet

from forum.posts import paths
from forum.posts.models import Post, Thread, Visit
from forum.posts.moving import AT_ONCE


def part_posts(*, source: Thread, target: Thread, steps: Mapping[int, int]) -> None:
    """The branches of these top-level posts, with all that was answered there since.

    A building block: whoever calls it holds what keeps anybody from writing in either. By the
    number of the post, `steps` says which place its branch had in `target`: nobody has it now.
    """
    tops = sorted(steps)
    for start in range(0, len(tops), AT_ONCE):
        _carry(target.pk, {top: steps[top] for top in tops[start : start + AT_ONCE]})
    own, other = (Thread.objects.get(pk=thread.pk) for thread in (source, target))
    slow = own.slow_branches or {}
    back = {top: pace for top, pace in slow.items() if int(top) in steps}
    stay = {top: pace for top, pace in slow.items() if top not in back}
    _store(own, stay)
    _store(other, {**(other.slow_branches or {}), **back})
    _share_visits(own, other)


def _carry(target: int, steps: Mapping[int, int]) -> None:
    """Each path begins with its top-level post's step, and that alone becomes another one."""
    cases = " ".join(["WHEN %s THEN %s"] * len(steps))
    marks = ", ".join(["%s"] * len(steps))
    statement = (
        "UPDATE posts_post SET thread_id = %s,"  # noqa: S608 — constants only
        f" path = CASE branch_id {cases} END || substr(path, {paths.STEP_WIDTH + 1})"
        f" WHERE branch_id IN ({marks})"
    )
    values: list[Any] = []
    for top, number in steps.items():
        values += [top, paths.step(number)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [target, *values, *steps])


def _store(thread: Thread, slow: dict[str, object]) -> None:
    public = _public(thread)
    Thread.objects.filter(pk=thread.pk).update(
        post_count=public.count(),
        last_post_at=public.aggregate(last=Max("created_at"))["last"],
        slow_branches=slow or None,
        version=F("version") + 1,
    )


def _public(thread: Thread) -> "QuerySet[Post]":
    """What is there, or was once there to be read."""
    return Post.objects.filter(thread=thread, depth__gt=0, holding__isnull=True)


def _share_visits(source: Thread, target: Thread) -> None:
    """Whoever has seen the whole has seen both: nothing of it is new to them for a second time."""
    known = dict(Visit.objects.filter(thread=target).values_list("member", "seen"))
    further = [
        visit
        for visit in Visit.objects.filter(thread=source)
        if visit.seen > known.get(visit.member_id, -1)
    ]
    members = [visit.member_id for visit in further if visit.member_id in known]
    Visit.objects.filter(thread=target, member__in=members).delete()
    for visit in further:
        visit.pk, visit.thread = None, target
    Visit.objects.bulk_create(further)
