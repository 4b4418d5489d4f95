"""How somebody becomes a member where signing up is not open to all: by a link that a keeper has
made for them, or by somebody who lets them in.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.accounts.admission_letters import tell_of_admission
from forum.accounts.models import Invitation, User
from forum.accounts.permissions import can_admit, can_invite
from forum.lib.verdict import Refused, ensure

SALT = "forum.accounts.invitation"
SPENT = _("This invitation was used already, was taken back, or is too old.")


@transaction.atomic
def invite(*, by: Any, note: str, days: int, now: datetime | None = None) -> Invitation:
    ensure(can_invite(by))
    now = now or timezone.now()
    return Invitation.objects.create(
        note=note, made_by=by, made_at=now, expires_at=now + timedelta(days=days)
    )


@transaction.atomic
def take_invitation_back(*, by: Any, invitation: Invitation) -> None:
    ensure(can_invite(by))
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk, used_at=None).update(expires_at=now)


def invitation_path(invitation: Invitation) -> str:
    """Nothing in the table opens the door: the link is made of the number and the site's key."""
    token = signing.dumps(invitation.pk, salt=SALT)
    return f"{reverse('account_signup')}?invitation={token}"


def find_invitation(token: str, now: datetime | None = None) -> Invitation | None:
    """None if it is none of ours, used, or too old."""
    rows = _good(token, now or timezone.now())
    return rows.first() if rows is not None else None


@transaction.atomic
def spend_invitation(*, token: str, member: User, now: datetime | None = None) -> None:
    """In the transaction that makes the member; of two who come with the same link, one does."""
    now = now or timezone.now()
    rows = _good(token, now)
    if rows is None or not rows.update(used_by=member, used_at=now):
        raise Refused(SPENT)


def _good(token: str, now: datetime) -> "QuerySet[Invitation] | None":
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=pk, used_at=None, expires_at__gt=now)


def waiting() -> "QuerySet[User]":
    """Who has confirmed an address and waits to be let in."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(Exists(confirmed), awaits_approval=True, is_active=True)


@transaction.atomic
def admit(*, by: Any, member: User) -> User:
    return _settle(by, member, is_admitted=True)


@transaction.atomic
def turn_away(*, by: Any, member: User) -> User:
    """Their account is closed: they may ask the keepers, and nobody else gets their name."""
    return _settle(by, member, is_admitted=False)


def _settle(by: Any, member: User, *, is_admitted: bool) -> User:
    member = User.objects.select_for_update().get(pk=member.pk)
    ensure(can_admit(by, member))
    member.awaits_approval = False
    member.is_active = is_admitted
    member.save(update_fields=["awaits_approval", "is_active"])
    # One without the other is never there.
    tell_of_admission.enqueue(member.pk, is_admitted=is_admitted)
    return member
