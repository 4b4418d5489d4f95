from datetime import datetime

from django.db import transaction

from essays.actions import raise_version
from essays.models import Essay
from forum.accounts.models import User
from forum.discussion import permissions
from forum.discussion.telling import tell_written
from forum.lib.transactions import joined
from forum.lib.verdict import ensure
from forum.posts import actions as posts
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.statuses import StatedRule


def discussion_of(essay: Essay) -> Thread:
    """The essay's one open discussion; the first who needs it opens it."""
    thread, _ = Thread.objects.get_or_create(essay=essay, kind=ThreadKind.DISCUSSION)
    thread.essay = essay
    return thread


@joined
def comment(*, author: User, essay: Essay, source: str, now: datetime | None = None) -> Post:
    """Say something about the essay as a whole. Whether they may is asked where it is written."""
    return _post(author, discussion_of(essay), None, source, now)


@joined
def reply(*, author: User, parent: Post, source: str, now: datetime | None = None) -> Post:
    """What else `can_reply` asks is asked where it is written."""
    ensure(permissions.is_answered_by_remarks(parent))
    return _post(author, parent.thread, parent, source, now)


@transaction.atomic
def set_status(
    *,
    post: Post,
    status: str,
    url: str = "",
    rule: StatedRule | None = None,
    now: datetime | None = None,
) -> Post:
    """Hide, remove or restore. What was held back until now is counted and told as a new post."""
    post = posts.set_status(post=post, status=status, url=url, rule=rule, now=now)
    if post.is_published_now:
        _publish(post)
    return post


def _post(
    author: User, thread: Thread, parent: Post | None, source: str, now: datetime | None
) -> Post:
    post = posts.write(
        author=author, thread=thread, parent=parent, source=source, now=now,
        as_author=thread.essay.author_id == author.pk,
    )  # fmt: skip
    if not post.is_held:
        _publish(post)
    return post


def _publish(post: Post) -> None:
    raise_version(post.thread.essay_id, post_count=1)
    tell_written(post, answered=post.parent.author if post.parent else None)
