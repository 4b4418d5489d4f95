"""What members are told of sanctions, where the moderator says nothing else."""

from forum.accounts.clock import zone_of
from forum.lib.moments import minute_words
from forum.moderation.models import Sanction, SanctionKind

MESSAGES = {
    SanctionKind.WARN: (
        "This is a warning: nothing is kept from you. If it happens again, more may follow."
    ),
    SanctionKind.HOLD: (
        "For a while a moderator reads what you write before it is public. Write as before: you"
        " see at each post that it waits, and are told when it is read."
    ),
    SanctionKind.SILENCE: (
        "For a while you can read, but not write or vote. What you wrote before stays."
    ),
    SanctionKind.SUSPEND: (
        "For a while you take no part here. You can still log in to read this, to appeal, to take"
        " your data along, or to leave."
    ),
    SanctionKind.BAN: (
        "You take no part here any more. You can still log in to read this, to appeal, to take"
        " your data along, or to leave."
    ),
}


def sanction_words(sanction: Sanction | None) -> str:
    """A sentence for a line in the inbox."""
    if sanction is None:
        return ""
    if sanction.kind == SanctionKind.WARN:
        return "This counts as a warning."
    if sanction.until is None:
        return "Your account is banned."
    until = minute_words(sanction.until, zone_of(sanction.member))
    if sanction.kind == SanctionKind.HOLD:
        return f"What you write is read by a moderator first, until {until}."
    if sanction.kind == SanctionKind.SILENCE:
        return f"You can read, but not write, until {until}."
    return f"Your account is suspended until {until}."
