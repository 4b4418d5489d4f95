from django.db import models

from forum.counterpoints.models.claim import Claim
from forum.counterpoints.models.counterpoint import Counterpoint
from forum.counterpoints.models.standing import Standing


class LabelChange(models.Model):
    """The history of a claim's standing: what it became, when, and by which post."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="label_changes")
    label = models.CharField(max_length=12, choices=Standing)
    decided_by = models.ForeignKey(
        Counterpoint, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.label
