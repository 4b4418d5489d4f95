"""Closing a thread to all who write, and opening it. Whoever calls it has asked its permission."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from essays.actions import raise_version as raise_essay_version
from forum.posts.grounds import Grounds
from forum.posts.models import Thread


@transaction.atomic
def lock(
    *,
    thread: Thread,
    reason: str,
    until: datetime | None = None,
    grounds: Grounds | None = None,
    now: datetime | None = None,
) -> None:
    Thread.objects.filter(pk=thread.pk).update(
        locked_at=now or timezone.now(),
        lock_reason=reason,
        locked_until=until,
        lock_grounds=grounds._asdict() if grounds else None,
        version=F("version") + 1,
    )
    raise_essay_version(thread.essay_id)


@transaction.atomic
def unlock(*, thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(
        locked_at=None,
        lock_reason="",
        locked_until=None,
        lock_grounds=None,
        version=F("version") + 1,
    )
    raise_essay_version(thread.essay_id)
