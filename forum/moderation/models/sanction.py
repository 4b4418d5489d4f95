from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.lib.seeded_words import as_read
from forum.moderation.models.decision import REASON_LENGTH, Decision


class SanctionKind(models.TextChoices):
    WARN = "warn", _("Warning")
    HOLD = "hold", _("Held for review")
    SILENCE = "silence", _("Silenced")
    SUSPEND = "suspend", _("Suspended")
    BAN = "ban", _("Banned")


# The others end at a moment that is said when they begin.
ENDLESS = (SanctionKind.WARN.value, SanctionKind.BAN.value)
MESSAGE_LENGTH = 2_000


class Sanction(models.Model):
    """What a decision means for the member, beyond the post."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sanctions"
    )
    kind = models.CharField(max_length=7, choices=SanctionKind)
    until = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="sanction")
    reason = models.CharField(max_length=REASON_LENGTH)
    # What the member is told of it: the moderator's own words, or those of its kind.
    message = models.CharField(max_length=MESSAGE_LENGTH, blank=True)
    created_at = models.DateTimeField()
    # By hand or on appeal: from then on it is as if it had not been. The log says by whom and why.
    lifted_at = models.DateTimeField(null=True, blank=True)
    ending = models.ForeignKey(
        "moderation.LogEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sanction_ends_unless_endless",
                condition=Q(kind__in=ENDLESS, until=None)
                | Q(~Q(kind__in=ENDLESS), until__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["member", "-id"], name="sanction_record")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member_id}"

    @property
    def shown_message(self) -> str:
        return as_read(self.message)

    def facts(self) -> dict[str, Any]:
        """What is frozen of it, and said for good."""
        until = self.until.astimezone(UTC).isoformat() if self.until else None
        return {"kind": str(self.kind), "until": until}

    def is_in_force(self, now: datetime) -> bool:
        """A warning is over when it has been said."""
        if self.lifted_at is not None or self.kind == SanctionKind.WARN:
            return False
        return self.until is None or self.until > now

    def can_end(self, now: datetime) -> bool:
        """Before its time: a warning, too, as long as it is on record."""
        if self.lifted_at is not None:
            return False
        return self.kind == SanctionKind.WARN or self.is_in_force(now)
