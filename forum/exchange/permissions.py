from typing import Any

from django.utils.translation import gettext as _

from forum.accounts.models import RESEARCHERS
from forum.accounts.permissions import can_take_part
from forum.exchange.models import Token
from forum.lib.verdict import ALLOWED, Verdict, denied


def can_issue_token(by: Any) -> Verdict:
    if by.is_active and by.has_perm("exchange.add_token"):
        return ALLOWED
    return denied(_("Only the keepers of the site issue tokens."))


def can_limit_token(by: Any) -> Verdict:
    """Say how much it may ask for, or end it."""
    if by.is_active and by.has_perm("exchange.change_token"):
        return ALLOWED
    return denied(_("Only the keepers of the site limit and revoke tokens."))


def can_hold_token(owner: Any, *, is_researcher: bool) -> Verdict:
    if not can_take_part(owner):
        return denied(_("Whoever cannot take part holds no token."))
    if not is_researcher:
        return denied(
            _("Put %(name)s into the group “%(researchers)s” first.")
            % {"name": owner.name, "researchers": RESEARCHERS}
        )
    return ALLOWED


def can_use_token(token: Token) -> Verdict:
    if token.is_revoked:
        return denied("This token was revoked. Ask whoever runs the site for another.")
    if not can_take_part(token.owner):
        return denied("The member whom this token belongs to cannot use the site at present.")
    return ALLOWED


def can_answer_letters(by: Any) -> Verdict:
    """Hand out what the site has about somebody who asked by letter, or erase them."""
    if by.is_active and by.is_superuser:
        return ALLOWED
    return denied(_("Only the keepers of the site answer letters about data."))


def can_keep_hooks(by: Any) -> Verdict:
    """Register webhooks, see what they are told, and send it again."""
    if by.is_active and by.is_superuser:
        return ALLOWED
    return denied(_("Only the keepers of the site register webhooks."))
