from django.db import models


class Standing(models.TextChoices):
    UNCHALLENGED = "unchallenged", "Unchallenged"
    STANDS = "stands", "Stands"
    UNANSWERED = "unanswered", "Unanswered"
    CONTESTED = "contested", "Contested"
    REFUTED = "refuted", "Refuted"
    CONCEDED = "conceded", "Conceded"
