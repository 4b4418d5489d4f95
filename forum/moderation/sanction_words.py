"""What members are told of sanctions, where the moderator says nothing else."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.clock import zone_of
from forum.lib.moments import minute_words
from forum.moderation.models import Sanction, SanctionKind

MESSAGES = {
    SanctionKind.WARN: gettext_lazy(
        "This is a warning: nothing is kept from you. If it happens again, more may follow."
    ),
    SanctionKind.HOLD: gettext_lazy(
        "For a while a moderator reads what you write before it is public. Write as before: you"
        " see at each post that it waits, and are told when it is read."
    ),
    SanctionKind.SILENCE: gettext_lazy(
        "For a while you can read, but not write or vote. What you wrote before stays."
    ),
    SanctionKind.SUSPEND: gettext_lazy(
        "For a while you take no part here. You can still log in to read this, to appeal, to take"
        " your data along, or to leave."
    ),
    SanctionKind.BAN: gettext_lazy(
        "You take no part here any more. You can still log in to read this, to appeal, to take"
        " your data along, or to leave."
    ),
}

# What they are told when one ends before its time.
ENDED = {
    SanctionKind.WARN: gettext_lazy("A moderator has taken a warning of yours back."),
    SanctionKind.HOLD: gettext_lazy("A moderator has ended the hold on what you write."),
    SanctionKind.SILENCE: gettext_lazy("You were silenced: a moderator has ended it."),
    SanctionKind.SUSPEND: gettext_lazy("A moderator has ended the suspension of your account."),
    SanctionKind.BAN: gettext_lazy("A moderator has ended the ban of your account."),
}


def sanction_words(sanction: Sanction | None) -> str:
    """A sentence for a line in the inbox."""
    if sanction is None:
        return ""
    if sanction.kind == SanctionKind.WARN:
        return _("This counts as a warning.")
    if sanction.until is None:
        return _("Your account is banned.")
    until = {"until": minute_words(sanction.until, zone_of(sanction.member))}
    if sanction.kind == SanctionKind.HOLD:
        return _("What you write is read by a moderator first, until %(until)s.") % until
    if sanction.kind == SanctionKind.SILENCE:
        return _("You can read, but not write, until %(until)s.") % until
    return _("Your account is suspended until %(until)s.") % until
