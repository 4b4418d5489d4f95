"""A post that waits for a moderator is taken back by its author: nobody else ever reads it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.erasing import erase_words
from forum.lib.verdict import ensure
from forum.moderation.cases import locked
from forum.moderation.models import Case, CaseState
from forum.posts.erasing import erase_comment
from forum.posts.models import Post, ThreadKind
from forum.posts.permissions import can_retract
from forum.posts.statuses import PostStatus


@transaction.atomic
def retract(*, author: User, post: Post, now: datetime | None = None) -> None:
    """Its words go, and its case is closed: there is nothing to decide. With the statement of a
    claim goes what its author posted with it.
    """
    now = now or timezone.now()
    case = Case.objects.open().filter(post=post).first()
    case = locked(case) if case else None
    post = _fresh(post)
    ensure(can_retract(author, post))
    if case is not None and case.is_open:
        case.state = CaseState.CLOSED
        case.save(update_fields=["state"])
    for each in [post, *_posted_with(post)]:
        _erase(each, now)


def _fresh(post: Post) -> Post:
    return Post.objects.select_related("thread__essay", "author").get(pk=post.pk)


def _posted_with(post: Post) -> list[Post]:
    if not post.is_statement:
        return []
    found = Post.objects.filter(thread=post.thread_id, author=post.author_id, depth__gt=0)
    held = found.filter(status=PostStatus.HELD).select_related("thread__essay", "author")
    return list(held.order_by("pk"))


def _erase(post: Post, now: datetime) -> None:
    if post.thread.kind != ThreadKind.CLAIM:
        erase_comment(post=post, now=now)
        return
    erase_words(post=post, now=now)
    if post.is_statement:
        # The essay's own words have taken its place; it is shown no more than before.
        counterpoints.set_status(post=_fresh(post), status=PostStatus.ERASED, now=now)
