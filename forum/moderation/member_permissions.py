"""Who reads and writes what moderators keep on a member, and what they write to each other."""

from typing import Any

from django.utils.translation import gettext as _

from forum.accounts.permissions import can_log_in
from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.models import Conversation
from forum.moderation.permissions import can_moderate, can_sanction

# Moderators are few, and read each of them.
MOST_UNANSWERED = 5


def can_look_into(user: Any, member: Any) -> Verdict:
    """A member's record, the notes on them, and the conversation: by other moderators only."""
    verdict = can_moderate(user)
    if verdict and member.pk == user.pk:
        return denied(_("What is kept on you is read by the other moderators."))
    return verdict


def can_open_case_about(user: Any, member: Any) -> Verdict:
    """Nobody is judged who could not be sanctioned."""
    verdict = can_look_into(user, member) and can_sanction(user, member)
    if verdict and member.erased_at is not None:
        return denied(_("The account was erased."))
    return verdict


def can_write_to_moderators(user: Any, conversation: Conversation | None) -> Verdict:
    """Whoever is suspended, too: whom else should they ask?"""
    if not user.is_authenticated:
        return denied(_("Log in to write to the moderators."))
    verdict = can_log_in(user)
    if not verdict or conversation is None:
        return verdict
    if conversation.locked_at is not None:
        reason = {"reason": conversation.lock_reason}
        return denied(_("The moderators have closed this: %(reason)s") % reason)
    if conversation.unanswered >= MOST_UNANSWERED:
        return denied(
            _("Your last messages wait for an answer. You can write again when it comes.")
        )
    return ALLOWED


def can_lock_conversation(user: Any, conversation: Conversation) -> Verdict:
    verdict = can_look_into(user, conversation.member)
    if verdict and conversation.locked_at is not None:
        return denied(_("It is closed already."))
    return verdict


def can_unlock_conversation(user: Any, conversation: Conversation) -> Verdict:
    verdict = can_look_into(user, conversation.member)
    if verdict and conversation.locked_at is None:
        return denied(_("It is open."))
    return verdict
