from typing import Any

from forum.guard.permissions import can_write
from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus


def can_post(user: Any, thread: Thread) -> Verdict:
    if thread.is_locked:
        return denied(f"This thread is closed: {thread.lock_reason}".rstrip(": "))
    if not thread.essay.is_published:
        return denied("This essay is not published yet.")
    return can_write(user)


def can_reply(user: Any, post: Post) -> Verdict:
    if post.status == PostStatus.WITHDRAWN:
        return denied("Its author has withdrawn this post.")
    if not post.is_visible:
        return denied("This post is no longer here.")
    return can_post(user, post.thread)


def can_edit(user: Any, post: Post) -> Verdict:
    own = can_see_source(user, post)
    if not own:
        return own
    if post.status not in {PostStatus.VISIBLE, PostStatus.HELD}:
        return denied("A post that was withdrawn or taken down cannot be edited.")
    if post.thread.is_locked:
        return denied("This thread is closed.")
    return can_write(user)


def can_see_source(user: Any, post: Post) -> Verdict:
    """Its Markdown, to edit it: whether it may be edited now is another question."""
    if post.author_id != user.pk:
        return denied("Only its author can edit a post.")
    return ALLOWED


def can_withdraw(user: Any, post: Post) -> Verdict:
    if post.author_id != user.pk:
        return denied("Only its author can withdraw a post.")
    # A withdrawn post is read by everybody: nothing that is kept back gets out by this door.
    if not post.is_visible:
        return denied("This post is not public any more.")
    if post.is_statement:
        return denied("A claim stays where others can answer it.")
    return can_write(user)


def can_vote(user: Any, post: Post) -> Verdict:
    if not user.is_authenticated:
        return denied("Log in to vote.")
    if post.author_id == user.pk:
        return denied("Nobody votes on their own post.")
    if post.is_statement:
        return denied("A claim is not voted on: its counterpoints are.")
    if not post.is_visible:
        return denied("This post is no longer here.")
    if post.thread.is_locked:
        return denied("This thread is closed.")
    if not post.thread.essay.is_published:
        return denied("This essay is not published yet.")
    return can_write(user)


def can_read(user: Any, post: Post) -> Verdict:
    if post.status in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        return ALLOWED
    if getattr(user, "is_moderator", False) or post.author_id == user.pk:
        return ALLOWED
    return denied("This post is no longer here.")
