"""What a decision does to the post, and how that is taken back."""

from datetime import datetime

from forum.counterpoints import actions as counterpoints
from forum.discussion import actions as discussion
from forum.moderation import branches, log, relocating
from forum.moderation.models import OF_MEMBERS, Decision, LogEntry, Outcome
from forum.posts.models import Post, ThreadKind
from forum.posts.statuses import PostStatus

STATUS_AFTER = {
    Outcome.AMEND: PostStatus.HIDDEN,
    Outcome.HIDE: PostStatus.HIDDEN,
    Outcome.BRANCH: PostStatus.HIDDEN,
    Outcome.REMOVE: PostStatus.REMOVED,
}
# What leaves the post as it is, or has none.
WITHOUT_EFFECT = OF_MEMBERS | {Outcome.KEEP, Outcome.NOTE}


def carry_out(decision: Decision, entry: LogEntry) -> None:
    post, outcome = decision.case.post, Outcome(decision.outcome)
    if outcome in WITHOUT_EFFECT:
        return
    if outcome == Outcome.RESTORE:
        branches.restore(decision)
        _set_status(post, _status_before(post), "", decision.created_at)
        return
    url = entry.get_absolute_url()
    if outcome == Outcome.BRANCH:
        branches.hide(decision, url)
    _set_status(post, STATUS_AFTER[outcome], url, decision.created_at)


def take_back(decision: Decision, now: datetime) -> None:
    outcome = Outcome(decision.outcome)
    if outcome in WITHOUT_EFFECT:
        return
    if outcome == Outcome.MOVE:
        relocating.take_back(decision, now)
        return
    if outcome == Outcome.BRANCH:
        branches.show_again(decision, now)
    elif outcome == Outcome.RESTORE:
        branches.hide_again(decision, now)
    _set_status(decision.case.post, decision.status_before, decision.url_before, now)


def _status_before(post: Post) -> str:
    """A post that its author had withdrawn comes back as that."""
    if not post.source:
        # Its author left, and took the words along.
        return PostStatus.ERASED
    return Decision.objects.status_before_taken_down(post) or PostStatus.VISIBLE


def _set_status(post: Post, status: str, url: str, now: datetime) -> None:
    app = counterpoints if post.thread.kind == ThreadKind.CLAIM else discussion
    app.set_status(post=post, status=status, url=url, rule=log.rule_at(url), now=now)
