"""Slowing a heated thread down: readers see it, members wait between two posts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation import log, permissions, words
from forum.moderation.models import LOCK_REASON_LENGTH, LogEntry, LogKind, Rule
from forum.moderation.running_out import held, order_end
from forum.posts.mentioning import excerpt
from forum.posts.models import Post, Thread
from forum.posts.pace import Pace, set_branch_pace, set_pace


@transaction.atomic
def slow_thread(
    *,
    moderator: User,
    thread: Thread,
    minutes: int,
    rule: Rule,
    reason: str,
    until: datetime | None = None,
    now: datetime | None = None,
) -> LogEntry:
    """Or change by how much, or until when, it is slow already."""
    thread = held(thread)
    ensure(permissions.can_slow(moderator, thread))
    entry = _log(LogKind.SLOW, moderator, thread, rule, reason, now, until)
    set_pace(
        thread=thread, minutes=minutes, reason=excerpt(reason, LOCK_REASON_LENGTH), until=until,
        grounds=log.grounds_of(entry),
    )  # fmt: skip
    order_end(until)
    return entry


@transaction.atomic
def unslow_thread(
    *, moderator: User, thread: Thread, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    thread = held(thread)
    ensure(permissions.can_unslow(moderator, thread))
    set_pace(thread=thread, minutes=None)
    return _log(LogKind.UNSLOW, moderator, thread, rule, reason, now)


@transaction.atomic
def slow_branch(
    *,
    moderator: User,
    top: Post,
    minutes: int,
    rule: Rule,
    reason: str,
    until: datetime | None = None,
    now: datetime | None = None,
) -> LogEntry:
    """The same of one branch, by its top-level post."""
    top = _with_thread(top)
    ensure(permissions.can_slow_branch(moderator, top))
    entry = _log(LogKind.SLOW, moderator, top, rule, reason, now, until)
    pace = Pace(
        minutes, excerpt(reason, LOCK_REASON_LENGTH), until.isoformat() if until else None,
        log.grounds_of(entry)._asdict(),
    )  # fmt: skip
    set_branch_pace(thread=top.thread, branch=top.pk, pace=pace)
    order_end(until)
    return entry


@transaction.atomic
def unslow_branch(
    *, moderator: User, top: Post, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    top = _with_thread(top)
    ensure(permissions.can_unslow_branch(moderator, top))
    set_branch_pace(thread=top.thread, branch=top.pk, pace=None)
    return _log(LogKind.UNSLOW, moderator, top, rule, reason, now)


def _with_thread(top: Post) -> Post:
    fresh = Post.objects.get(pk=top.pk)
    fresh.thread = held(fresh.thread)
    return fresh


def _log(
    kind: LogKind,
    moderator: User,
    what: Thread | Post,
    rule: Rule,
    reason: str,
    now: datetime | None,
    until: datetime | None = None,
) -> LogEntry:
    return log.append(
        kind=kind, subject=words.for_log(words.slowed_subject, what),
        subject_url=what.get_absolute_url(), rule=rule, reason=reason, moderator=moderator,
        at=now or timezone.now(), until=until,
    )  # fmt: skip
