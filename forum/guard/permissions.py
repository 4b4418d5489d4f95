"""What may be published now, and by whom. Each answer is a Verdict with its reason."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forum.lib.moments import minute_words
from forum.lib.verdict import ALLOWED, Verdict, denied


def can_make_good(user: Any) -> Verdict:
    """What a moderator asked for: whoever is silenced or suspended as well. Nobody reads it before
    a moderator has.
    """
    if not user.is_authenticated:
        return denied(_("Log in to take part."))
    if not user.is_active:
        return denied(_("This account is closed."))
    if user.is_banned:
        return denied(_("Your account is banned: you can read, and write nothing any more."))
    return ALLOWED


def can_write(user: Any) -> Verdict:
    """Anything that others will read, or that counts: posts, votes, revisions."""
    verdict = can_make_good(user)
    if not verdict:
        return verdict
    now = timezone.now()
    if user.is_suspended(now):
        return denied(
            _("Your account is suspended until %(until)s.")
            % {"until": minute_words(user.suspended_until)}
        )
    if user.is_silenced(now):
        return denied(
            _("You can read, but not write, until %(until)s.")
            % {"until": minute_words(user.silenced_until)}
        )
    return ALLOWED
