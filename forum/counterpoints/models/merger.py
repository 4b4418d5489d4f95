from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forum.counterpoints.models.claim import Claim
from forum.counterpoints.models.stance import Side


class Merger(models.Model):
    """A claim became part of another one: all that it takes to part them again.

    Claims that were merged before there was this record have none.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="mergers")
    into = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="mergers_here")
    # The line of the log that says it: the app above owns the log.
    log_number = models.PositiveBigIntegerField(null=True)
    made_at = models.DateTimeField()
    parted_at = models.DateTimeField(null=True)
    # Of the branches that came with it: the number of the post at the top, and which answer to the
    # claim it had been. No other one ever gets that number.
    branches = models.JSONField(default=list)
    # Of its links that lived: the number of each and its state, and whether it ended with this.
    links = models.JSONField(default=list)
    # Claims that had become part of it before, whose addresses have led to the other one since.
    parts = models.JSONField(default=list)
    was_key = models.BooleanField(default=False)
    # The other one is a key claim because this one was.
    made_key = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(parted_at=None), name="merger_once_at_a_time"
            ),
            models.CheckConstraint(name="merger_of_two", condition=~Q(claim=F("into"))),
        ]
        indexes = [
            models.Index(
                fields=["log_number"], condition=Q(log_number__isnull=False), name="merger_in_log"
            )
        ]

    def __str__(self) -> str:
        return f"claim {self.claim_id} into claim {self.into_id}"

    @property
    def steps(self) -> dict[int, int]:
        """By the number of its top-level post the place that each branch had."""
        return dict(self.branches)

    @property
    def links_before(self) -> dict[int, tuple[str, Any]]:
        """By the number of the link its state, and whether it ended."""
        return {pk: (state, is_ended) for pk, state, is_ended in self.links}


class StanceBefore(models.Model):
    """Where somebody stood before a merger who stood anywhere on the claim that went: on that one,
    and on the other. It goes when the two are parted.
    """

    # No index of its own: the constraint below begins with it.
    merger = models.ForeignKey(
        Merger, on_delete=models.CASCADE, related_name="stances", db_index=False
    )
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side)
    since = models.DateTimeField()
    left = models.CharField(max_length=8, choices=Side, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merger", "claim", "member"], name="stance_before_a_merger_once"
            )
        ]

    def __str__(self) -> str:
        # As little as the stance itself: see there.
        return f"a stance on claim {self.claim_id} before a merger"
