"""When the main address of an account changes, the old one is told, and may object.

Whoever steals a session first turns the letters to themselves. The link in the letter to the old
address is signed and good for two weeks; it gives the account back to whoever reads that address.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import transaction
from django.urls import reverse

from forum.accounts.logins import end_all_sessions
from forum.accounts.models import User

SALT = "forum.accounts.objection"
GOOD_FOR = timedelta(days=14)
# A thief adds a way in of their own first: those of the day before the change go too.
DOUBTFUL_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    member_id: int
    old: str
    new: str
    at: datetime


def objection_url(*, member: User, old: str, new: str, now: datetime) -> str:
    token = signing.dumps([member.pk, old, new, int(now.timestamp())], salt=SALT)
    return reverse("accounts:objection", args=[token])


def read_change(token: str) -> Change | None:
    """None if the link is no link of ours, too old, or its account is gone."""
    try:
        pk, old, new, at = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        return None
    if not User.objects.filter(pk=pk, is_active=True).exists():
        return None
    return Change(pk, old, new, datetime.fromtimestamp(at, tz=UTC))


@transaction.atomic
def take_back(*, change: Change) -> bool:
    """The old address is the only one again, everybody is logged out, and the passphrase is void.

    False if the old address has meanwhile become another account's.
    """
    member = User.objects.select_for_update().get(pk=change.member_id)
    others = EmailAddress.objects.filter(email__iexact=change.old, verified=True)
    if others.exclude(user=member).exists():
        return False
    EmailAddress.objects.filter(user=member).delete()
    EmailAddress.objects.create(user=member, email=change.old, verified=True, primary=True)
    since = change.at - DOUBTFUL_BEFORE
    Authenticator.objects.filter(user=member, created_at__gte=since).delete()
    member.email = change.old
    member.set_unusable_password()
    member.save(update_fields=["email", "password"])
    end_all_sessions(member)
    return True
