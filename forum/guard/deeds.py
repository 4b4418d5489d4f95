"""Whose deed a request is: by account, by address, and how far they are trusted."""

from typing import Any

from django.http import HttpRequest

from forum.accounts.models import TRUSTED
from forum.guard.limits import Deed
from forum.lib.client_address import client_address


def level_of(user: Any) -> int:
    """Whoever keeps the site, its essays or its peace is trusted by that."""
    if user.is_moderator or user.is_editor or user.is_superuser:
        return TRUSTED
    return int(user.trust_level)


def deed_of(request: HttpRequest, kind: str) -> Deed:
    user = request.user
    if not user.is_authenticated:
        return Deed(kind, address=client_address(request))
    return Deed(kind, str(user.pk), client_address(request), level_of(user))
