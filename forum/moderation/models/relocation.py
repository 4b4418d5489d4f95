from typing import Any

from django.db import models

from forum.moderation.models.decision import Decision
from forum.posts.models import Post, Thread
from forum.posts.moving_branches import Origin
from forum.posts.pace import Pace


class Relocation(models.Model):
    """Where a decision put a branch, and where it stood: it can be put back to the very place."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="relocation")
    # What it answers there; None: the claim itself, or nothing.
    target = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    answered = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    # The same of where it had been.
    source = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    answered_before = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    # See posts' Origin.
    step_before = models.PositiveIntegerField()
    order_before = models.JSONField(default=list, blank=True)
    moved_url_before = models.CharField(max_length=200, blank=True)
    # So many posts went over.
    count = models.PositiveIntegerField()
    # See there, too.
    took_sign = models.BooleanField(default=False)
    # Minutes and why, where it was slow by itself; and of the branch that it joined.
    pace_before = models.JSONField(null=True, blank=True)
    pace_there_before = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return f"thread {self.source_id} to thread {self.target_id}"

    @property
    def origin(self) -> Origin:
        return Origin(
            thread=self.source_id, parent=self.answered_before_id, step=self.step_before,
            order=self.order_before, moved_url=self.moved_url_before or None, count=self.count,
            took_sign=self.took_sign, pace=_pace(self.pace_before),
            pace_there=_pace(self.pace_there_before),
        )  # fmt: skip

    @property
    def is_split(self) -> bool:
        """It became a branch of its own where it was."""
        return self.source_id == self.target_id and self.answered_id is None


def _pace(stored: list[Any] | None) -> Pace | None:
    return Pace(*stored) if stored else None
