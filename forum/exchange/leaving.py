"""A member asks to leave, thinks better of it, or the moment comes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.accounts.permissions import can_leave
from forum.exchange.erasing import erase
from forum.exchange.models import Departure
from forum.lib.verdict import ensure


@transaction.atomic
def ask_to_leave(
    *, member: User, keeps_posts: bool, at_once: bool, now: datetime | None = None
) -> Departure:
    ensure(can_leave(member))
    now = now or timezone.now()
    wait = timedelta(days=0 if at_once else settings.ERASURE_WAIT_DAYS)
    departure, _ = Departure.objects.update_or_create(
        member=member,
        defaults={"keeps_posts": keeps_posts, "asked_at": now, "due_at": now + wait},
    )
    return departure


def stay(*, member: User) -> None:
    """Nothing was erased yet; afterwards there is nobody who could ask for it."""
    Departure.objects.filter(member=member).delete()


def departure_of(member: User) -> Departure | None:
    return Departure.objects.filter(member=member).first()


def erase_due(*, now: datetime | None = None) -> int:
    """All whose moment has come, those first whose time it was first. Returns how many."""
    now = now or timezone.now()
    due = Departure.objects.filter(due_at__lte=now).select_related("member").order_by("due_at")
    gone = 0
    for departure in due:
        if can_leave(departure.member) or departure.member.erased_at:
            erase(
                member=departure.member, keeps_posts=departure.keeps_posts,
                asked_by="the member", now=now,
            )  # fmt: skip
            gone += 1
    return gone
