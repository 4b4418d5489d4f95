from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    REBUTS = "rebuts", _("Rebuts")
    UNDERCUTS = "undercuts", _("Undercuts")
    SUPPORTS = "supports", _("Supports")
    CONCEDES = "concedes", _("Concedes")


# Speaks for the essay: its author, or an editor who chose to. No member has the number 0.
ESSAYIST = 0

OBJECTIONS = (Relation.REBUTS, Relation.UNDERCUTS)
