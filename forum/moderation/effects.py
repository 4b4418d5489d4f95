"""What a decision does to the post, and how that is taken back."""

from datetime import datetime

from forum.counterpoints import actions as counterpoints
from forum.moderation.models import Decision, LogEntry, Outcome
from forum.posts import actions as posts
from forum.posts.models import Post, ThreadKind
from forum.posts.statuses import PostStatus

STATUS_AFTER = {
    Outcome.AMEND: PostStatus.HIDDEN,
    Outcome.HIDE: PostStatus.HIDDEN,
    Outcome.BRANCH: PostStatus.HIDDEN,
    Outcome.REMOVE: PostStatus.REMOVED,
}
# What leaves the post as it is.
WITHOUT_EFFECT = frozenset({Outcome.KEEP, Outcome.NOTE})


def carry_out(decision: Decision, entry: LogEntry) -> None:
    post, outcome = decision.case.post, Outcome(decision.outcome)
    if outcome in WITHOUT_EFFECT:
        return
    if outcome == Outcome.RESTORE:
        _set_status(post, _status_before(post), "", decision.created_at)
    else:
        _set_status(post, STATUS_AFTER[outcome], entry.get_absolute_url(), decision.created_at)


def take_back(decision: Decision, now: datetime) -> None:
    if Outcome(decision.outcome) not in WITHOUT_EFFECT:
        _set_status(decision.case.post, decision.status_before, decision.url_before, now)


def _status_before(post: Post) -> str:
    """A post that its author had withdrawn comes back as that."""
    if not post.source:
        # Its author left, and took the words along.
        return PostStatus.ERASED
    first = Decision.objects.that_took_down(post).first()
    return first.status_before if first else PostStatus.VISIBLE


def _set_status(post: Post, status: str, url: str, now: datetime) -> None:
    app = counterpoints if post.thread.kind == ThreadKind.CLAIM else posts
    app.set_status(post=post, status=status, url=url, now=now)
