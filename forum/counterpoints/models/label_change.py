from django.db import models

from forum.counterpoints.models.claim import Claim
from forum.counterpoints.models.counterpoint import Counterpoint
from forum.counterpoints.models.standing import Standing


class Cause(models.TextChoices):
    """What was done that moved a claim's standing."""

    POSTED = "posted", "A counterpoint was posted"
    VOTED = "voted", "A counterpoint was voted on"
    WITHDRAWN = "withdrawn", "A counterpoint was withdrawn"
    TAKEN_DOWN = "taken-down", "A counterpoint was taken down"
    RESTORED = "restored", "A counterpoint was restored"
    MERGED = "merged", "Another claim was merged into it"
    REVISED = "revised", "A revision brought its words back"


class LabelChange(models.Model):
    """The history of a claim's standing: what it became, when, why, and by which post."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="label_changes")
    label = models.CharField(max_length=12, choices=Standing)
    decided_by = models.ForeignKey(
        Counterpoint, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Empty for its marking, and for what was loaded with its standing.
    cause = models.CharField(max_length=10, choices=Cause, blank=True)
    # The counterpoint to which that was done: often another than the one that decides.
    moved_by = models.ForeignKey(
        Counterpoint, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.label
