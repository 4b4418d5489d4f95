from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.moderation.models.case import Case
from forum.moderation.models.decision import REASON_SHORTEST, Decision

APPEAL_LENGTH = 2_000


class AppealResult(models.TextChoices):
    HELD = "held", _("The decision held")
    REVERSED = "reversed", _("The decision was reversed")


class Ruling(models.TextChoices):
    """The same, as the log says it: of a decision on a post and its author, one part may hold."""

    HELD = "held", _("Decision held")
    PARTLY = "partly", _("Reversed in part")
    REVERSED = "reversed", _("Decision reversed")


class Appeal(models.Model):
    """Somebody whom a decision concerns asks, once, for another moderator to look at it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    appellant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appeals"
    )
    # Empty once its writer has been erased.
    text = models.CharField(
        max_length=APPEAL_LENGTH, blank=True, validators=[MinLengthValidator(REASON_SHORTEST)]
    )
    # Where it is decided.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    made_at = models.DateTimeField()
    # None until it is decided.
    result = models.CharField(  # noqa: DJ001 — undecided is no result
        max_length=8, choices=AppealResult, null=True, blank=True
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "appellant"], name="appeal_once_a_decision")
        ]
        indexes = [models.Index(fields=["case"], condition=Q(result=None), name="appeals_waiting")]

    def __str__(self) -> str:
        return f"appeal against decision {self.decision_id}"
