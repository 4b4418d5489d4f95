"""One run of the post: what happened becomes notices, what is due in the outbox becomes letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from forum.notifications.happenings import tell_due
from forum.notifications.models import Happening, Letter, LetterState
from forum.notifications.orders import order_delivery
from forum.notifications.sending import send_due

# Then the worker does what else waits for it, and is ordered anew for the rest.
LETTERS_A_RUN = 200
# Retention: who was sent a letter is nobody's business for long, but failures are looked into.
KEPT_FOR = timedelta(days=30)
FAILURES_KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Tally:
    happenings: int
    sent: int
    failed: int


def deliver(*, most: int = LETTERS_A_RUN, now: datetime | None = None) -> Tally:
    """All that is due, up to so many letters; and the order for the next run, if any is due."""
    now = now or timezone.now()
    happenings = tell_due(now=now)
    sent, failed, resumes_at = send_due(most=most, now=now)
    following = _next_due()
    if following is not None:
        order_delivery(at=max(following, resumes_at), now=now)
    return Tally(happenings, sent, failed)


def _next_due() -> datetime | None:
    """A letter that is held may come back: whoever holds it may be dead."""
    letters = Letter.objects.filter(state=LetterState.WAITING)
    moments = [
        *letters.filter(held_until=None).aggregate(due=Min("due_at")).values(),
        *letters.exclude(held_until=None).aggregate(due=Min("held_until")).values(),
        *Happening.objects.filter(done_at=None).aggregate(due=Min("due_at")).values(),
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def forget_delivered(*, now: datetime | None = None) -> int:
    """Periodic work. What is forgotten of a letter is that it was sent; its notices stay."""
    now = now or timezone.now()
    ended = Letter.objects.exclude(state=LetterState.WAITING)
    old = ended.exclude(state=LetterState.FAILED).filter(ended_at__lt=now - KEPT_FOR)
    failed = ended.filter(state=LetterState.FAILED, ended_at__lt=now - FAILURES_KEPT_FOR)
    told = Happening.objects.filter(done_at__lt=now - KEPT_FOR)
    return sum(rows.delete()[1].get("notifications.Letter", 0) for rows in (old, failed, told))
