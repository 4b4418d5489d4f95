from typing import Any

from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.notifications.models import FollowKind


def can_follow(user: Any, kind: str, thing: int) -> Verdict:
    """Following changes nothing for others: whoever may log in may follow, silenced or not."""
    if not user.is_authenticated:
        return denied(_("Log in to follow this."))
    if kind == FollowKind.MEMBER and thing == user.pk:
        return denied(_("Nobody follows themselves."))
    return ALLOWED


# They come with every page that their member opens, and nobody quarrels with more.
MOST_MUTED = 500


def can_mute(user: Any, other: Any) -> Verdict:
    """It changes nothing for others: whoever may log in may, silenced or not."""
    if not user.is_authenticated:
        return denied(_("Log in to mute somebody."))
    if other.pk == user.pk:
        return denied(_("Nobody mutes themselves."))
    if other.pk not in user.muted and len(user.muted) >= MOST_MUTED:
        return denied(
            _("You mute %(most)s members already. Let go of one to mute another.")
            % {"most": MOST_MUTED}
        )
    return ALLOWED
