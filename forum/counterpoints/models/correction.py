from django.db import models

from essays.models import Revision
from forum.accounts.models import User
from forum.counterpoints.models.counterpoint import Counterpoint


class Correction(models.Model):
    """A revision mended what a counterpoint had found wrong: its author is credited."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="corrections")
    counterpoint = models.ForeignKey(
        Counterpoint, on_delete=models.PROTECT, related_name="corrections"
    )
    # One sentence on what was mended; may be empty.
    words = models.CharField(max_length=300, blank=True)
    was = models.CharField(max_length=1_000)
    # Empty where the passage was taken out.
    became = models.CharField(max_length=1_000, blank=True)
    credited = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="corrections"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "counterpoint"], name="correction_once_a_revision"
            )
        ]

    def __str__(self) -> str:
        return f"correction by {self.counterpoint_id}"
