"""Tokens of the read API: issued by the keepers, shown once, kept as digests."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import RESEARCHERS, User
from forum.exchange import permissions
from forum.exchange.models import USUAL_LIMIT, Token
from forum.lib.verdict import ensure

# By which people, and programs that look for lost secrets, know one.
PREFIX = "cp_"
HINT_LENGTH = 8


@transaction.atomic
def issue_token(
    *,
    by: Any,
    owner: User,
    name: str,
    purpose: str,
    hourly_limit: int = USUAL_LIMIT,
    now: datetime | None = None,
) -> tuple[Token, str]:
    """The token's row, and the token itself: nobody can be told it again."""
    ensure(permissions.can_issue_token(by))
    ensure(permissions.can_hold_token(owner, is_researcher=is_researcher(owner)))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        digest=digest_of(secret), hint=secret[:HINT_LENGTH], owner=owner, name=name,
        purpose=purpose, hourly_limit=hourly_limit, created_at=now or timezone.now(),
        created_by=by,
    )  # fmt: skip
    return token, secret


@transaction.atomic
def limit_token(*, by: Any, token: Token, hourly_limit: int) -> Token:
    ensure(permissions.can_limit_token(by))
    token.hourly_limit = hourly_limit
    token.save(update_fields=["hourly_limit"])
    return token


@transaction.atomic
def revoke_token(*, by: Any, token: Token, now: datetime | None = None) -> Token:
    """For good: whoever needs one again is given another."""
    ensure(permissions.can_limit_token(by))
    if not token.is_revoked:
        token.revoked_at = now or timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def is_researcher(owner: User) -> bool:
    return owner.groups.filter(name=RESEARCHERS).exists()


def digest_of(secret: str) -> str:
    """It is too long and too random to be guessed: no slow hash is needed."""
    return sha256(secret.encode()).hexdigest()


def find_token(secret: str) -> Token | None:
    return Token.objects.select_related("owner").filter(digest=digest_of(secret)).first()


def note_use(token: Token, *, now: datetime | None = None) -> None:
    """A write on the first request of a day, and on no other."""
    today = timezone.localdate(now)
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
