"""Where a member is logged in, and the end of it."""

from datetime import datetime, timedelta
from functools import lru_cache

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.prepared import PreparedUpdate

# Told to the hour at best: so most of what is sent writes nothing more than it must.
SEEN_EVERY = timedelta(minutes=15)
_seen = PreparedUpdate(
    lambda key, before, now: (
        UserSession.objects.filter(session_key=key, last_seen_at__lt=before),
        {"last_seen_at": now},
    )
)


def note_activity(session_key: str, *, now: datetime | None = None) -> None:
    """Of whoever sends something. No page that is only read writes that it was."""
    now = now or timezone.now()
    _note(session_key, now.timestamp() // SEEN_EVERY.total_seconds())


# Within a span each process looks once: what it would find again is not asked for with each post.
@lru_cache(maxsize=4_096)
def _note(session_key: str, _span: float) -> None:
    now = timezone.now()
    _seen(key=session_key, before=now - SEEN_EVERY, now=now)


def end_session(*, member: User, pk: int) -> UserSession | None:
    """None if it is over already, or was never theirs."""
    session = UserSession.objects.filter(user=member, pk=pk).first()
    if session is not None:
        session.end()
    return session


def end_all_sessions(member: User) -> None:
    for session in UserSession.objects.filter(user=member):
        session.end()


def is_this_one(session: UserSession, request: HttpRequest) -> bool:
    return bool(session.session_key == request.session.session_key)
