"""Who follows what. Saying it twice is saying it once."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.keyset import Order
from forum.lib.prepared import Prepared
from forum.lib.transactions import joined
from forum.lib.verdict import ensure
from forum.notifications.models import Follow, FollowKind, NewsSettings
from forum.notifications.permissions import can_follow

NEWEST = Order("id", is_falling=True)


@transaction.atomic
def set_following(
    *, member: User, kind: str, thing: int, follows: bool, now: datetime | None = None
) -> None:
    """Begin, or end, whatever it was before."""
    ensure(can_follow(member, kind, thing))
    kind = FollowKind(kind)
    known = Follow.objects.filter(member=member, kind=kind, thing=thing)
    if follows:
        Follow.objects.get_or_create(
            member=member, kind=kind, thing=thing, defaults={"since": now or timezone.now()}
        )
    known.exclude(is_on=follows).update(is_on=follows)


_known = Prepared(
    lambda member, kind, thing: Follow.objects.filter(
        member=member, kind=kind, thing=thing
    ).values_list("pk")[:1]
)


@joined
def follow_own(*, member: User, kind: str, thing: int, now: datetime | None = None) -> None:
    """Whoever writes there follows it from then on, unless they ended that once, or never want it.

    One statement where they follow it already.
    """
    if _known(member=member.pk, kind=str(kind), thing=thing):
        return
    if NewsSettings.objects.filter(pk=member.pk, follows_own=False).exists():
        return
    made = Follow(member=member, kind=FollowKind(kind), thing=thing, since=now or timezone.now())
    Follow.objects.bulk_create([made], ignore_conflicts=True)


@transaction.atomic
def move_follows(*, kind: str, thing: int, to: int) -> None:
    """The thing has become part of another one: whoever followed it follows that, but for those
    who have said before whether they do.
    """
    knowing = Follow.objects.filter(kind=kind, thing=to).values("member")
    follows = Follow.objects.filter(kind=kind, thing=thing)
    follows.exclude(member__in=knowing).update(thing=to)
    follows.delete()


@transaction.atomic
def share_follows(*, kind: str, thing: int, to: int) -> None:
    """Something has come out of the thing, and was followed with it: whoever follows the one
    follows both, and whoever has ended it for the one has ended it for both, but for those who have
    said before whether they follow the other.
    """
    knowing = Follow.objects.filter(kind=kind, thing=to).values("member")
    follows = list(Follow.objects.filter(kind=kind, thing=thing).exclude(member__in=knowing))
    for follow in follows:
        follow.pk, follow.thing = None, to
    Follow.objects.bulk_create(follows)


@transaction.atomic
def end_follows(*, member: User, pk: int | None = None, kind: str = "") -> int:
    """One from the list, or all of a kind; gives how many."""
    follows = Follow.objects.filter(member=member, is_on=True)
    if pk is not None:
        follows = follows.filter(pk=pk)
    elif kind:
        follows = follows.filter(kind=FollowKind(kind))
    else:
        return 0
    return follows.update(is_on=False)


def is_following(member: object, kind: str, thing: int | None) -> bool:
    """One query, and none for a stranger."""
    if not getattr(member, "is_authenticated", False) or thing is None:
        return False
    return bool(_follow_query()(member=member.pk, kind=str(kind), thing=thing))  # type: ignore[attr-defined]


@cache
def _follow_query() -> Prepared:
    def build(member: int, kind: str, thing: int) -> Any:
        follows = Follow.objects.filter(member=member, kind=kind, thing=thing, is_on=True)
        return follows.order_by().values_list("pk")[:1]

    return Prepared(build)


def followed_by(member: int, kind: FollowKind, thing: Any) -> Exists:
    """The same within the query of the thing itself; `member` is 0 for a stranger."""
    return Exists(Follow.objects.filter(member=member, kind=kind.value, thing=thing, is_on=True))


def follows_of(member: object, *, kind: str = "") -> "QuerySet[Follow]":
    """What a member follows, the newest first."""
    follows = Follow.objects.filter(member=member, is_on=True)  # type: ignore[misc]
    return NEWEST.sorted(follows.filter(kind=kind) if kind else follows)
