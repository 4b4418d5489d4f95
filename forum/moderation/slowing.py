"""Slowing a heated thread down: readers see it, members wait between two posts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation import log, permissions, words
from forum.moderation.models import LOCK_REASON_LENGTH, LogEntry, LogKind, Rule
from forum.posts.mentioning import excerpt
from forum.posts.models import Thread
from forum.posts.pace import set_pace


@transaction.atomic
def slow_thread(
    *,
    moderator: User,
    thread: Thread,
    minutes: int,
    rule: Rule,
    reason: str,
    now: datetime | None = None,
) -> LogEntry:
    """Or change by how much it is slow already."""
    thread = _held(thread)
    ensure(permissions.can_slow(moderator, thread))
    set_pace(thread=thread, minutes=minutes, reason=excerpt(reason, LOCK_REASON_LENGTH))
    return _log(LogKind.SLOW, moderator, thread, rule, reason, now)


@transaction.atomic
def unslow_thread(
    *, moderator: User, thread: Thread, rule: Rule, reason: str, now: datetime | None = None
) -> LogEntry:
    thread = _held(thread)
    ensure(permissions.can_unslow(moderator, thread))
    set_pace(thread=thread, minutes=None)
    return _log(LogKind.UNSLOW, moderator, thread, rule, reason, now)


def _held(thread: Thread) -> Thread:
    log.hold()
    rows = Thread.objects.select_related("essay").select_for_update(of=("self",))
    return rows.get(pk=thread.pk)


def _log(
    kind: LogKind, moderator: User, thread: Thread, rule: Rule, reason: str, now: datetime | None
) -> LogEntry:
    return log.append(
        kind=kind, subject=words.for_log(words.thread_subject, thread),
        subject_url=thread.get_absolute_url(), rule=rule, reason=reason,
        moderator=moderator, at=now or timezone.now(),
    )  # fmt: skip
