from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.lib.seeded_words import as_read
from forum.moderation.models.rule import Rule
from forum.moderation.reasons import GRAVEST, REASON_NAME_LENGTH


class ReportReasonQuerySet(models.QuerySet["ReportReason"]):
    def offered(self) -> "ReportReasonQuerySet":
        return self.filter(is_offered=True)


class ReportReason(models.Model):
    """What a post may be reported for. Reports keep the name under which they were filed, so it is
    reworded or no longer offered, and never deleted.
    """

    key = models.CharField(max_length=12, unique=True, editable=False)
    name = models.CharField(
        max_length=REASON_NAME_LENGTH, unique=True, help_text=_("As members choose it.")
    )
    text = models.CharField(
        max_length=200, blank=True, help_text=_("What is meant by it, if the name does not tell.")
    )
    rule = models.ForeignKey(
        Rule, null=True, blank=True, on_delete=models.PROTECT, related_name="report_reasons",
        help_text=_("Which rule such a report speaks of: whoever decides begins with it."),
    )  # fmt: skip
    gravity = models.PositiveSmallIntegerField(
        _("harm"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(GRAVEST)],
        help_text=_("From 1 to 4: the graver, the sooner it is looked at. 3 and 4 are marked."),
    )
    asks_for_words = models.BooleanField(
        default=False, help_text=_("Whoever chooses it has to say more in words of their own.")
    )
    place = models.PositiveSmallIntegerField(
        default=50, help_text=_("The lower, the higher it stands in the list.")
    )
    is_offered = models.BooleanField(
        default=True, help_text=_("Without it nobody can choose it any more; it stays here.")
    )

    objects = ReportReasonQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return as_read(self.name)

    @property
    def label(self) -> str:
        """As it is chosen."""
        return f"{self}: {as_read(self.text)}" if self.text else str(self)
