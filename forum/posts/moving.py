"""The whole tree of one thread goes over to another one. Within it, nothing changes."""

from django.db import connection
from django.db.models import F

from forum.posts import paths
from forum.posts.models import Post, Thread, Visit

# Top-level posts whose branches are moved by one statement: each is a row of its CASE.
AT_ONCE = 300


def move_posts(*, source: Thread, target: Thread) -> None:
    """The posts of `source` come after those of `target`, in the order in which they stood.

    A building block: whoever calls it holds what keeps anybody from writing in either. The
    statement above a claim's tree stays; so do all addresses, for a post is found by its number.
    """
    own, other = (Thread.objects.get(pk=thread.pk) for thread in (source, target))
    tops = list(
        Post.objects.filter(thread=own, depth=1).order_by("path").values_list("path", flat=True)
    )
    for start in range(0, len(tops), AT_ONCE):
        _move_branches(own.pk, other.pk, tops[start : start + AT_ONCE], other.top_count)
    latest = [at for at in (own.last_post_at, other.last_post_at) if at is not None]
    Thread.objects.filter(pk=other.pk).update(
        top_count=F("top_count") + own.top_count,
        post_count=F("post_count") + own.post_count,
        last_post_at=max(latest, default=None),
        # Each branch is as slow there as it was.
        slow_branches={**(other.slow_branches or {}), **(own.slow_branches or {})} or None,
        version=F("version") + 1,
    )
    Thread.objects.filter(pk=own.pk).update(
        post_count=0, last_post_at=None, slow_branches=None, version=F("version") + 1
    )
    _move_visits(own, other)


def _move_branches(source: int, target: int, tops: list[str], by: int) -> None:
    """Each path begins with its top-level post's step, and that alone becomes another one."""
    steps: list[str] = []
    for top in tops:
        steps += [top, paths.step(paths.number(top) + by)]
    cases = " ".join(["WHEN %s THEN %s"] * len(tops))
    width = paths.STEP_WIDTH
    statement = (
        "UPDATE posts_post SET thread_id = %s,"  # noqa: S608 — constants only
        f" path = CASE substr(path, 1, {width}) {cases} END || substr(path, {width + 1})"
        " WHERE thread_id = %s AND path >= %s AND path < %s"
    )
    end = paths.below(tops[-1])[1]
    with connection.cursor() as cursor:
        cursor.execute(statement, [target, *steps, source, tops[0], end])


def _move_visits(source: Thread, target: Thread) -> None:
    """Whoever knows the target alone, or both, is shown as new there what they have not seen."""
    knowing = Visit.objects.filter(thread=target).values("member")
    Visit.objects.filter(thread=source).exclude(member__in=knowing).update(thread=target)
