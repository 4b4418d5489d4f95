from typing import Any

from essays.models import Essay
from forum.guard.permissions import can_write
from forum.lib.verdict import Verdict, denied
from forum.posts import permissions as posts
from forum.posts.models import Post, ThreadKind


def can_comment(user: Any, essay: Essay) -> Verdict:
    if not essay.is_published:
        return denied("This essay is not published yet.")
    return can_write(user)


def can_reply(user: Any, post: Post) -> Verdict:
    if post.thread.kind != ThreadKind.DISCUSSION:
        return denied("A counterpoint is answered by a counterpoint, on its claim's page.")
    return posts.can_reply(user, post)
