from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from forum.accounts.clock import zone_of
from forum.accounts.models import User
from forum.lib.moments import minute_words
from forum.lib.verdict import ALLOWED, Verdict, denied


def can_log_in(user: User) -> Verdict:
    if not user.is_active:
        return denied(_("This account is closed."))
    # Everybody who has seen a demonstration knows its password.
    if user.is_demonstration and not settings.DEMO:
        return denied(_("This account belongs to the demonstration."))
    if user.awaits_approval:
        return denied(
            _("Your account waits until a moderator lets you in. A letter will tell you.")
        )
    return ALLOWED


def can_take_part(user: User, now: datetime | None = None) -> Verdict:
    """Whoever is suspended comes in to read what was decided, to appeal, to take their data along
    and to leave, and for nothing else: see suspension.py."""
    verdict = can_log_in(user)
    if verdict and user.is_banned:
        return denied(_("This account is banned."))
    if verdict and user.suspended_until is not None and user.is_suspended(now):
        until = minute_words(user.suspended_until, zone_of(user))
        return denied(_("This account is suspended until %(moment)s.") % {"moment": until})
    return verdict


def can_change_roles(by: User | None) -> Verdict:
    """`None` is the installation itself: a command, a fixture."""
    if by is None or (by.is_active and by.is_superuser):
        return ALLOWED
    return denied(_("Only the keepers of the site give and take roles."))


def can_change_name(member: User, now: datetime | None = None) -> Verdict:
    """A new name must not hide who a decision was about, while it is in force."""
    if not member.is_active:
        return denied(_("This account is closed."))
    if member.is_silenced(now):
        return denied(_("While you are silenced your name stays as it is."))
    return ALLOWED


def can_leave(member: User) -> Verdict:
    """Have the account erased. Whoever keeps the site first hands on what they keep."""
    if member.erased_at is not None:
        return denied(_("This account has been erased already."))
    if member.is_superuser:
        return denied(
            _("You are a keeper of the site: let another keeper take that from you first.")
        )
    if member.is_staff or member.is_editor or member.is_moderator or member.roles_wait:
        return denied(_("You are an editor or a moderator: let a keeper take the role back first."))
    return ALLOWED


def can_invite(by: User) -> Verdict:
    if by.is_active and by.is_superuser:
        return ALLOWED
    return denied(_("Only the keepers of the site invite people."))


def can_see_waiting(by: User) -> Verdict:
    if by.is_active and (by.is_superuser or by.is_moderator):
        return ALLOWED
    return denied(_("Moderators and keepers of the site let new members in."))


def can_admit(by: User, member: User) -> Verdict:
    verdict = can_see_waiting(by)
    if verdict and not member.awaits_approval:
        return denied(
            _("%(name)s does not wait any more: somebody has decided it.") % {"name": member.name}
        )
    return verdict


def can_view_as(by: Any) -> Verdict:
    if by.is_authenticated and by.is_active and by.is_staff:
        return ALLOWED
    return denied(_("Only the keepers of the site and its editors see it as others do."))


def can_see_roles(by: Any) -> Verdict:
    if by.is_authenticated and by.is_active and by.is_staff:
        return ALLOWED
    return denied(_("Only staff see who has which role."))
