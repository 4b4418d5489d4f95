from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forum.counterpoints.models.claim import Claim


class Side(models.TextChoices):
    AGREE = "agree", _("I agree")
    DISAGREE = "disagree", _("I disagree")
    UNSURE = "unsure", _("I am unsure")


class Stance(models.Model):
    """Where a member stands on a claim. Others only ever see sums of these.

    It moves no label: it tells which camp its member's votes on the claim's counterpoints are in.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="stances")
    # No index of its own: the constraint below begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stances", db_index=False
    )
    side = models.CharField(max_length=8, choices=Side)
    since = models.DateTimeField()
    # The side that they left last, while they have not said what moved them; empty otherwise.
    left = models.CharField(max_length=8, choices=Side, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "claim"], name="stance_once"),
            models.CheckConstraint(
                name="stance_is_one_of_three", condition=Q(side__in=["agree", "disagree", "unsure"])
            ),
        ]

    def __str__(self) -> str:
        # Neither who nor which side: nobody is told, not even by a list of what a deletion takes.
        return f"a stance on claim {self.claim_id}"
