"""Where an essay is slowed down, a member waits between two posts there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from essays.models import Essay, Openness
from essays.notices import Part, openness_of
from forum.posts.models import Post, Thread, ThreadKind

PARTS: dict[str, Part] = {
    ThreadKind.DISCUSSION: Part.DISCUSSION,
    ThreadKind.CLAIM: Part.CLAIMS,
}
# So many of a member's posts are read at once: hardly anybody writes more within a wait.
AT_ONCE = 50


class Written(NamedTuple):
    """What counts of a post here; much cheaper than the post itself."""

    pk: int
    created_at: datetime
    depth: int
    thread: int
    thread__essay: int
    thread__kind: str


def is_slow(essay: Essay, part: Part) -> bool:
    return openness_of(essay, part) == Openness.SLOW


def free_from(
    user: Any, essay: Essay, part: Part, thread: Thread | None = None, post: Post | None = None
) -> datetime | None:
    """When this member may write there again, if not now; one query, where it is slow.

    A claim and its first counterpoint are one contribution: in the `thread` that is written to,
    the statement does not count. Nor does the `post` itself, once it is there.
    """
    if not is_slow(essay, part):
        return None
    wait = timedelta(minutes=essay.slow_minutes)
    for one in written_since(timezone.now() - wait, user):
        is_there = one.thread__essay == essay.pk and PARTS[one.thread__kind] == part
        is_statement = thread is not None and one.thread == thread.pk and one.depth == 0
        if is_there and not is_statement and (post is None or one.pk != post.pk):
            return _next_minute(one.created_at + wait)
    return None


def written_since(since: datetime, user: Any) -> Iterator[Written]:
    """What this member wrote anywhere, from the newest on: never more is read than is needed,
    whether they wrote three posts or 20,000.
    """
    posts = Post.objects.filter(author=user).order_by("-pk").values_list(*Written._fields)
    rows = [Written._make(row) for row in posts[:AT_ONCE]]
    while rows:
        yield from (row for row in rows if row.created_at > since)
        if len(rows) < AT_ONCE or rows[-1].created_at <= since:
            return
        rows = [Written._make(row) for row in posts.filter(pk__lt=rows[-1].pk)[:AT_ONCE]]


def _next_minute(moment: datetime) -> datetime:
    """The first whole minute from then on: a clock shows no seconds."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
