from typing import Any

from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.posts import permissions as posts
from forum.posts.models import Post, ThreadKind


def can_reply(user: Any, post: Post) -> Verdict:
    return is_answered_by_remarks(post) and posts.can_reply(user, post)


def is_answered_by_remarks(post: Post) -> Verdict:
    if post.thread.kind != ThreadKind.DISCUSSION:
        return denied(_("A counterpoint is answered by a counterpoint, on its claim's page."))
    return ALLOWED
