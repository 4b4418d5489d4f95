from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from essays.models import Essay
from forum.counterpoints.link_querysets import LIVE, ClaimLinkQuerySet
from forum.counterpoints.models.claim import Claim

WORDS_LENGTH = 300


class LinkKind(models.TextChoices):
    SAME = "same", _("Makes the same point")
    DEPENDS = "depends", _("Depends on it")
    CONTRADICTS = "contradicts", _("Contradicts it")


class LinkState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed by a moderator")
    # Both its claims are one now, or it says what another link of theirs says.
    MERGED = "merged", _("Gone with a merger")


class ClaimLink(models.Model):
    """A claim seen together with another one, of the same essay or not: "see also".

    It carries no strength, and moves no standing. Of "depends on", `source` is what depends; the
    others say the same in both directions, and then `source` is the older claim.
    """

    # No index of its own: two of those below begin with it.
    source = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="links_out", db_index=False
    )
    target = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="links_in", db_index=False
    )
    # Of the claims, again: a page of an essay finds by them which essays belong with it.
    source_essay = models.ForeignKey(
        Essay, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    target_essay = models.ForeignKey(
        Essay, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=11, choices=LinkKind)
    # Why, in a sentence; may be empty.
    words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    state = models.CharField(max_length=9, choices=LinkState, default=LinkState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        db_index=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField()
    # Whoever confirmed, refused, withdrew or removed it.
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        db_index=False,
    )  # fmt: skip
    settled_at = models.DateTimeField(null=True)

    objects = ClaimLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="link_not_to_itself", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="link_older_first_both_ways",
                condition=Q(kind="depends") | Q(source__lt=F("target")),
            ),
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=Q(state__in=LIVE),
                name="link_once_a_pair_and_kind",
            ),
            models.CheckConstraint(
                name="link_settled_unless_proposed",
                condition=Q(state="proposed", settled_at=None)
                | Q(~Q(state="proposed"), settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="link_confirmed_by_another",
                condition=~Q(state="confirmed")
                | Q(proposed_by=None)
                | Q(settled_by=None)
                | ~Q(proposed_by=F("settled_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["source", "target"], name="link_by_source"),
            models.Index(fields=["target", "source"], name="link_by_target"),
            models.Index(
                fields=["source_essay", "target_essay"],
                condition=Q(state="confirmed"),
                name="link_from_essay",
            ),
            models.Index(
                fields=["target_essay", "source_essay"],
                condition=Q(state="confirmed"),
                name="link_to_essay",
            ),
            models.Index(fields=["proposed_by", "-proposed_at"], name="link_by_proposer"),
        ]

    def __str__(self) -> str:
        return f"claim {self.source_id} {self.kind} claim {self.target_id}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_confirmed(self) -> bool:
        return self.state == LinkState.CONFIRMED
