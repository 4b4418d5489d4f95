from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.moderation.models.decision import REASON_LENGTH, Decision


class SanctionKind(models.TextChoices):
    WARN = "warn", "Warning"
    SILENCE = "silence", "Silenced"
    SUSPEND = "suspend", "Suspended"


class Sanction(models.Model):
    """What a decision means for the member, beyond the post."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sanctions"
    )
    kind = models.CharField(max_length=7, choices=SanctionKind)
    until = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sanction")
    reason = models.CharField(max_length=REASON_LENGTH)
    created_at = models.DateTimeField()
    # On appeal: from then on it is as if it had not been.
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sanction_ends_unless_warning",
                condition=Q(kind="warn", until=None) | Q(~Q(kind="warn"), until__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["member", "-id"], name="sanction_record")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member_id}"
