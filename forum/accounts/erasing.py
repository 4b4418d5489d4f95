"""Empties the person. What they wrote hangs on the row, which stays, without a name."""

import secrets
from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.db import transaction

from forum.accounts.logins import end_all_sessions
from forum.accounts.models import User
from forum.accounts.names import FORMER_NAME
from forum.accounts.permissions import can_leave
from forum.lib.verdict import ensure

# Nobody signs up under such a name, so none is ever given twice: names.py keeps them free.
FORMER_USERNAME = "former-member-"
BATCH = 500


@transaction.atomic
def empty_person(*, member: User, now: datetime) -> User:
    """Everything of the row that tells who it was. Their ways in, and all logins, end with it."""
    member = User.objects.select_for_update().get(pk=member.pk)
    ensure(can_leave(member))
    end_all_sessions(member)
    member.username = f"{FORMER_USERNAME}{secrets.token_hex(6)}"
    member.display_name, member.about, member.email = FORMER_NAME, "", ""
    member.set_unusable_password()
    member.is_active = False
    member.erased_at = member.date_joined = now
    member.last_login = None
    member.trust_level = member.days_read = 0
    member.last_read_on = None
    member.silenced_until = member.suspended_until = member.held_until = member.banned_at = None
    member.unread_notices = 0
    member.time_zone = member.language = ""
    member.uses_keys = True
    member.muted = []
    member.is_demonstration = False
    member.save()
    return member


def end_unlisted_sessions(member: User) -> None:
    """Those that no list of logins knows, such as one that stopped before the second step."""
    found = Session.objects.order_by("pk").iterator(chunk_size=BATCH)
    begun = user_pk_to_url_str(member)
    theirs = [each.pk for each in found if _is_of(each, str(member.pk), begun)]
    Session.objects.filter(pk__in=theirs).delete()


def _is_of(session: Session, logged_in: str, begun: str) -> bool:
    """Whoever is logged in by it, or is about to be."""
    told = session.get_decoded()
    stage = told.get("account_login") or {}
    return told.get("_auth_user_id") == logged_in or stage.get("user_pk") == begun
