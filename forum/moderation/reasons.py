"""Why a post may be reported: a short list, each reason under the house rule that it speaks of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    ATTACK = "attack", _("Personal attack")
    HATRED = "hatred", _("Hatred")
    NO_ARGUMENT = "no-argument", _("No argument, or off the point")
    UNFAIR = "unfair", _("Claim not restated fairly")
    COPIED = "copied", _("Copied, not quoted")
    ADVERTISING = "advertising", _("Advertising")
    UNLAWFUL = "unlawful", _("Against the law")
    OTHER = "other", _("Something else")


# The number of the rule that a report for this reason appeals to; "other" names none.
RULE_OF = {
    Reason.NO_ARGUMENT: 1,
    Reason.ATTACK: 2,
    Reason.HATRED: 2,
    Reason.UNFAIR: 3,
    Reason.COPIED: 4,
    Reason.ADVERTISING: 5,
    Reason.UNLAWFUL: 6,
}

# What harms a person goes before what harms the debate: the order of the queue.
GRAVITY = {
    Reason.HATRED: 4,
    Reason.UNLAWFUL: 4,
    Reason.ATTACK: 3,
    Reason.ADVERTISING: 2,
    Reason.UNFAIR: 2,
    Reason.COPIED: 2,
    Reason.NO_ARGUMENT: 1,
    Reason.OTHER: 1,
}
GRAVE = 3
# Nobody is harmed by what nobody reads, but somebody waits to be heard.
HELD_GRAVITY = 2
# Whoever has done what was asked of them waits for nobody else.
AMENDED_GRAVITY = 5
# What somebody says is against the law has a day by which it is answered.
LEGAL_GRAVITY = 6


def gravity_of(reason: str) -> int:
    return GRAVITY[Reason(reason)]
