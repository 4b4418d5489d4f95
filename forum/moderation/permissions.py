"""Who may report, judge and sanction. Each answer is a Verdict with its reason."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.models import Case, Outcome, Report
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus

# Whoever takes a case and goes away does not keep it from the others for ever.
HOLD_LASTS = timedelta(hours=24)

# What can be decided of a post, by what it is now. To keep is to leave it as it is.
OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    PostStatus.VISIBLE: (Outcome.KEEP, Outcome.HIDE, Outcome.REMOVE),
    PostStatus.WITHDRAWN: (Outcome.KEEP, Outcome.HIDE, Outcome.REMOVE),
    PostStatus.HELD: (Outcome.KEEP, Outcome.RESTORE, Outcome.HIDE, Outcome.REMOVE),
    PostStatus.HIDDEN: (Outcome.KEEP, Outcome.RESTORE, Outcome.REMOVE),
    PostStatus.REMOVED: (Outcome.KEEP, Outcome.RESTORE),
}


def can_report(user: Any, post: Post) -> Verdict:
    """Whoever is silenced can still call for help; whoever is suspended cannot."""
    if not user.is_authenticated:
        return denied("Log in to report a post.")
    if not user.is_active or user.is_suspended():
        return denied("Your account is suspended: it cannot report.")
    if post.author_id == user.pk:
        return denied("This post is your own: you can edit or withdraw it.")
    if post.status not in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        return denied("This post has been taken down already.")
    if Report.objects.pending(post=post, reporter=user).exists():
        return denied("You have reported this post. You will be told what is decided.")
    return ALLOWED


def can_moderate(user: Any) -> Verdict:
    if not user.is_authenticated:
        return denied("Log in as a moderator.")
    if not user.is_moderator:
        return denied("Only moderators may do this.")
    if not user.is_active or user.is_suspended():
        return denied("Your account is suspended.")
    return ALLOWED


def can_open_case(user: Any, post: Post) -> Verdict:
    verdict = can_moderate(user)
    if verdict and post.author_id == user.pk:
        return denied("Your own post is judged by another moderator.")
    return verdict


def can_read_case(user: Any, case: Case) -> Verdict:
    verdict = can_moderate(user)
    if verdict and case.post.author_id == user.pk:
        return denied("Your own post is judged by another moderator.")
    return verdict


def can_judge(user: Any, case: Case) -> Verdict:
    """What claiming and deciding have in common: an open case in which they are no party."""
    verdict = can_read_case(user, case)
    if not verdict:
        return verdict
    if not case.is_open:
        return denied("This case has been decided already.")
    if case.reports.filter(reporter=user).exists():
        return denied("You reported this post: another moderator decides.")
    return ALLOWED


def can_claim(user: Any, case: Case, now: datetime | None = None) -> Verdict:
    verdict = can_judge(user, case)
    if not verdict:
        return verdict
    if case.claimed_by_id == user.pk:
        return denied("You hold this case already.")
    if case.claimed_at is not None and (now or timezone.now()) < case.claimed_at + HOLD_LASTS:
        return denied("Another moderator holds this case.")
    return ALLOWED


def can_release(user: Any, case: Case) -> Verdict:
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if not case.is_open:
        return denied("This case has been decided already.")
    if case.claimed_by_id != user.pk:
        return denied("You do not hold this case.")
    return ALLOWED


def can_decide(user: Any, case: Case) -> Verdict:
    verdict = can_judge(user, case)
    if not verdict:
        return verdict
    if case.claimed_by_id is None:
        return denied("Take the case before you decide it.")
    if case.claimed_by_id != user.pk:
        return denied("Another moderator holds this case.")
    return ALLOWED


def can_choose(outcome: str, post: Post) -> Verdict:
    if outcome not in OUTCOMES[post.status]:
        return denied(f"That cannot be decided of a post that is {post.status}.")
    return ALLOWED


def can_sanction(user: Any, member: Any) -> Verdict:
    verdict = can_moderate(user)
    if not verdict:
        return verdict
    if member.pk == user.pk:
        return denied("Nobody sanctions themselves.")
    if member.is_moderator or member.is_superuser:
        return denied("A moderator is not sanctioned by another: ask who runs the site.")
    return ALLOWED


def can_lock(user: Any, thread: Thread) -> Verdict:
    verdict = can_moderate(user)
    if verdict and thread.is_locked:
        return denied("This thread is locked already.")
    return verdict


def can_unlock(user: Any, thread: Thread) -> Verdict:
    verdict = can_moderate(user)
    if verdict and not thread.is_locked:
        return denied("This thread is not locked.")
    return verdict
