"""What may be published now, and by whom. Each answer is a Verdict with its reason."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from forum.lib.verdict import ALLOWED, Verdict, denied


def can_write(user: Any) -> Verdict:
    """Anything that others will read, or that counts: posts, votes, reports."""
    if not user.is_authenticated:
        return denied("Log in to take part.")
    if not user.is_active:
        return denied("This account is closed.")
    now = timezone.now()
    if user.is_suspended(now):
        return denied(f"Your account is suspended until {_minute(user.suspended_until)}.")
    if user.is_silenced(now):
        return denied(f"You can read, but not write, until {_minute(user.silenced_until)}.")
    return ALLOWED


def _minute(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")
