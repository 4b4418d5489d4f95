from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forum.counterpoints.models.counterpoint import Counterpoint
from forum.counterpoints.models.stance import Side


class ChangedMind(models.Model):
    """A member says that a counterpoint changed their mind about its claim: from what to what.

    Its writer is told that it happened, and never who it was.
    """

    counterpoint = models.ForeignKey(
        Counterpoint, on_delete=models.CASCADE, related_name="changed_minds"
    )
    # No index of its own: the constraint below begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="changed_minds",
        db_index=False,
    )  # fmt: skip
    before = models.CharField(max_length=8, choices=Side)
    after = models.CharField(max_length=8, choices=Side)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "counterpoint"], name="mind_changed_once"),
            models.CheckConstraint(name="mind_changed_at_all", condition=~Q(before=F("after"))),
        ]

    def __str__(self) -> str:
        return f"a mind changed by {self.counterpoint_id}"
