"""Locking a thread, for a while or until somebody opens it again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation import log, permissions, words
from forum.moderation.models import LOCK_REASON_LENGTH, LogEntry, LogKind, Rule
from forum.moderation.running_out import held, order_end
from forum.posts import locking
from forum.posts.mentioning import excerpt
from forum.posts.models import Thread


@transaction.atomic
def lock_thread(
    *,
    moderator: User,
    thread: Thread,
    rule: Rule,
    reason: str,
    until: datetime | None = None,
    now: datetime | None = None,
) -> LogEntry:
    thread = held(thread)
    ensure(permissions.can_lock(moderator, thread))
    now = now or timezone.now()
    entry = _log(LogKind.LOCK, moderator, thread, rule, reason, now, until)
    locking.lock(
        thread=thread, reason=excerpt(reason, LOCK_REASON_LENGTH), until=until,
        grounds=log.grounds_of(entry), now=now,
    )  # fmt: skip
    order_end(until)
    return entry


@transaction.atomic
def unlock_thread(
    *, moderator: User, thread: Thread, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    thread = held(thread)
    ensure(permissions.can_unlock(moderator, thread))
    locking.unlock(thread=thread)
    return _log(LogKind.UNLOCK, moderator, thread, rule, reason, now or timezone.now())


def _log(
    kind: LogKind,
    moderator: User,
    thread: Thread,
    rule: Rule,
    reason: str,
    at: datetime,
    until: datetime | None = None,
) -> LogEntry:
    return log.append(
        kind=kind, subject=words.for_log(words.thread_subject, thread),
        subject_url=thread.get_absolute_url(), rule=rule, reason=reason, moderator=moderator, at=at,
        until=until,
    )  # fmt: skip
