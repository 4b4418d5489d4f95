from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    UNCHALLENGED = "unchallenged", _("Unchallenged")
    STANDS = "stands", _("Stands")
    UNANSWERED = "unanswered", _("Unanswered")
    CONTESTED = "contested", _("Contested")
    REFUTED = "refuted", _("Refuted")
    CONCEDED = "conceded", _("Conceded")
