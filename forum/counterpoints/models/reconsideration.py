from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essays.models import Revision
from forum.counterpoints.models.counterpoint import Counterpoint


class Choice(models.TextChoices):
    STILL_APPLIES = "applies", _("Still applies")
    EDITED = "edited", _("Edited")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Reconsideration(models.Model):
    """The words that a counterpoint is about have changed, and what its author says to that."""

    counterpoint = models.ForeignKey(
        Counterpoint, on_delete=models.CASCADE, related_name="reconsiderations"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    # None while the author has not chosen.
    choice = models.CharField(max_length=9, choices=Choice, null=True, blank=True)  # noqa: DJ001
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counterpoint", "revision"], name="reconsidered_once_a_revision"
            ),
            models.CheckConstraint(
                name="reconsideration_chosen_then",
                condition=Q(choice=None, chosen_at=None)
                | Q(choice__isnull=False, chosen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.choice or "asked"
