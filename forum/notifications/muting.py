"""Whom a member mutes or blocks: their posts fold for the member, and no news of them comes.

`User.muted` says the same as the table: it comes with whoever asks for a page, so that to fold
posts costs no query.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.accounts.models import User, UserQuerySet
from forum.lib.keyset import Order
from forum.lib.verdict import ensure
from forum.notifications.models import Follow, FollowKind, Mute
from forum.notifications.permissions import can_mute

NEWEST = Order("id", is_falling=True)


class Silence(models.TextChoices):
    """How much a member wants of another."""

    NONE = "none", _("Neither")
    MUTE = "mute", _("Mute")
    BLOCK = "block", _("Block")


@transaction.atomic
def silence(*, member: User, other: User, how: str, now: datetime | None = None) -> None:
    """Say how it shall be: said twice, or by two at once, it is so once."""
    how = Silence(how)
    held = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if how == Silence.NONE:
        Mute.objects.filter(member=held, other=other).delete()
    else:
        ensure(can_mute(held, other))
        Mute.objects.update_or_create(
            member=held, other=other, defaults={"is_block": how == Silence.BLOCK},
            create_defaults={"is_block": how == Silence.BLOCK, "since": now or timezone.now()},
        )  # fmt: skip
        Follow.objects.filter(member=held, kind=FollowKind.MEMBER, thing=other.pk).update(
            is_on=False
        )
    _say_in_column(held)


@transaction.atomic
def end_mute(*, member: User, pk: int) -> None:
    """One of the list; one that is gone already, or somebody else's, changes nothing."""
    held = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    Mute.objects.filter(member=held, pk=pk).delete()
    _say_in_column(held)


@transaction.atomic
def forget_mutes_of(other: User) -> None:
    """Nobody has to mute whoever is gone."""
    for mute in Mute.objects.filter(other=other).order_by("member"):
        end_mute(member=mute.member, pk=mute.pk)


def silence_of(member: Any, other: User) -> Silence:
    """How it is; 1 query, and none where nobody of them is muted."""
    if other.pk not in getattr(member, "muted", ()):
        return Silence.NONE
    mute = Mute.objects.filter(member=member, other=other).first()
    if mute is None:
        return Silence.NONE
    return Silence.BLOCK if mute.is_block else Silence.MUTE


def mutes_of(member: Any) -> "QuerySet[Mute]":
    """The newest first."""
    return NEWEST.sorted(Mute.objects.filter(member=member).select_related("other"))


def mentionable(by: Any) -> UserQuerySet:
    """Whose names are offered to whoever mentions: whom they blocked is none of them."""
    return UserQuerySet(User).exclude(Exists(Mute.objects.filter(
        member=OuterRef("pk"), other=by.pk, is_block=True
    )))  # fmt: skip


def is_muted(other: int) -> Any:
    """Of members: whether they mute the one with this id."""
    return Exists(Mute.objects.filter(member=OuterRef("pk"), other=other))


def silent_for(user: Any) -> list[int]:
    """Whose posts are no news to a member: their own, and those of whom they mute."""
    return [user.pk, *user.muted]


def _say_in_column(member: User) -> None:
    muted = sorted(Mute.objects.filter(member=member).values_list("other", flat=True))
    User.objects.filter(pk=member.pk).update(muted=muted)
