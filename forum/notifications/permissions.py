from typing import Any

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.notifications.models import FollowKind


def can_follow(user: Any, kind: str, thing: int) -> Verdict:
    """Following changes nothing for others: whoever may log in may follow, silenced or not."""
    if not user.is_authenticated:
        return denied("Log in to follow this.")
    if kind == FollowKind.MEMBER and thing == user.pk:
        return denied("Nobody follows themselves.")
    return ALLOWED
