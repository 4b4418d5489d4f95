from django.db import models


class Relation(models.TextChoices):
    REBUTS = "rebuts", "Rebuts"
    UNDERCUTS = "undercuts", "Undercuts"
    SUPPORTS = "supports", "Supports"
    CONCEDES = "concedes", "Concedes"


# Speaks for the essay: its author, or an editor who chose to. No member has the number 0.
ESSAYIST = 0

OBJECTIONS = (Relation.REBUTS, Relation.UNDERCUTS)
