from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.counterpoints.models.claim import Claim
from forum.counterpoints.models.counterpoint import Counterpoint
from forum.counterpoints.models.standing import Standing


class Cause(models.TextChoices):
    """What was done that moved a claim's standing."""

    POSTED = "posted", _("A counterpoint was posted")
    VOTED = "voted", _("A counterpoint was voted on")
    WITHDRAWN = "withdrawn", _("A counterpoint was withdrawn")
    TAKEN_DOWN = "taken-down", _("A counterpoint was taken down")
    RESTORED = "restored", _("A counterpoint was restored")
    MERGED = "merged", _("Another claim was merged into it")
    PARTED = "parted", _("It was parted from another claim")
    MOVED = "moved", _("A branch was moved to it, or from it")
    REVISED = "revised", _("A revision brought its words back")


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
