from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from essays.models.essay import REASON_LENGTH, Essay
from essays.models.revision import Revision

# What W3C's TextQuoteSelector keeps on either side of a quotation, in characters.
CONTEXT_LENGTH = 32
# A passage is at most a paragraph's worth.
PASSAGE_LENGTH = 1_000


class Passage(models.Model):
    """A quotation of an essay as it was first made: W3C's TextQuoteSelector."""

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="passages")
    made_in = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    exact = models.CharField(max_length=PASSAGE_LENGTH)
    prefix = models.CharField(max_length=CONTEXT_LENGTH, blank=True)
    suffix = models.CharField(max_length=CONTEXT_LENGTH, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(exact=""), name="passage_has_words")]

    def __str__(self) -> str:
        return self.exact


class PlaceState(models.TextChoices):
    EXACT = "exact", pgettext_lazy("of a passage", "exact")
    MOVED = "moved", pgettext_lazy("of a passage", "moved")
    CHANGED = "changed", pgettext_lazy("of a passage", "changed")
    ORPHANED = "orphaned", pgettext_lazy("of a passage", "orphaned")


class Place(models.Model):
    """Where a passage stands in one revision, in code points of its text.

    An editor may settle a doubtful one: then a `Settlement` keeps what was there before.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="places")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="places")
    state = models.CharField(max_length=8, choices=PlaceState)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # Of the words there to the quotation as first made, 0 to 1; None where it is orphaned.
    similarity = models.FloatField(null=True)
    # Why an answered passage was let go, as the editor said it: readers see it.
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "revision"], name="place_once_a_revision"),
            models.CheckConstraint(
                name="place_unless_orphaned",
                condition=Q(state="orphaned", start=None, end=None)
                | Q(~Q(state="orphaned"), start__isnull=False, end__gt=F("start")),
            ),
        ]
        indexes = [models.Index(fields=["revision", "start"], name="place_by_revision")]

    def __str__(self) -> str:
        return f"{self.state} {self.start}–{self.end}"


class Settlement(models.Model):
    """An editor's word on where a doubtful passage stands, and what the rule had said."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="settlements")
    state_before = models.CharField(max_length=8, choices=PlaceState)
    start_before = models.PositiveIntegerField(null=True)
    end_before = models.PositiveIntegerField(null=True)
    similarity_before = models.FloatField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.state_before} settled"
