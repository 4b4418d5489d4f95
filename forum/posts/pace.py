"""Where an essay is slowed down, a member waits between two posts there."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from essays.models import Essay, Openness
from essays.notices import Part, openness_of
from forum.posts.models import Post, Thread, ThreadKind

PARTS: dict[str, Part] = {
    ThreadKind.DISCUSSION: Part.DISCUSSION,
    ThreadKind.CLAIM: Part.CLAIMS,
}
KINDS = {part: kind for kind, part in PARTS.items()}


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
    earlier = written_since(timezone.now() - wait, user, essay, part)
    if thread is not None:
        earlier = earlier.exclude(thread=thread.pk, depth=0)
    if post is not None:
        earlier = earlier.exclude(pk=post.pk)
    last = earlier.values_list("created_at", flat=True).first()
    return None if last is None else _next_minute(last + wait)


def written_since(since: datetime, user: Any, essay: Essay, part: Part) -> "QuerySet[Post]":
    """What this member wrote there, the newest first."""
    posts: QuerySet[Post] = Post.objects.filter(
        author=user, thread__essay=essay, thread__kind=KINDS[part], created_at__gt=since
    )
    return posts.order_by("-id")


def _next_minute(moment: datetime) -> datetime:
    """The first whole minute from then on: a clock shows no seconds."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
