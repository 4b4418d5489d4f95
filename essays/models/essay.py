from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from essays.querysets import EssayQuerySet

# One sentence that everybody reads: why an essay was closed, slowed or retired.
REASON_LENGTH = 300


class EssayTagManager(models.Manager["EssayTag"]):
    def get_by_natural_key(self, tag: str, slug: str) -> "EssayTag":
        return self.get(tag__name=tag, content_object__slug=slug)


class EssayTag(ItemBase):
    """Which tag an essay carries: a table of its own, so that fixtures can name both ends."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="essay_tags")
    content_object = models.ForeignKey("Essay", on_delete=models.CASCADE)

    objects = EssayTagManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="essay_tag_once")
        ]

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag_id}"

    def natural_key(self) -> tuple[str, str]:
        """By names, so that a fixture loaded twice finds what it made the first time."""
        return (self.tag.name, self.content_object.slug)

    natural_key.dependencies = ["taggit.tag", "essays.essay"]  # type: ignore[attr-defined]


class Series(models.Model):
    """Essays that are read one after another."""

    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class Openness(models.TextChoices):
    OPEN = "open", _("Open")
    SLOW = "slow", _("Slowed down")
    CLOSED = "closed", _("Closed")


class EssayManager(models.Manager.from_queryset(EssayQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, slug: str) -> "Essay":
        return self.get(slug=slug)


class Essay(models.Model):  # type: ignore[django-manager-missing]
    """A long-form text under debate. Readers see its newest published revision."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    author_name = models.CharField(max_length=80)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="essays",
        help_text=_("The member who wrote it, if a member did: may concede its claims."),
    )
    summary = models.CharField(max_length=300)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Readers see it from then on; empty for a draft.")
    )
    current_revision = models.ForeignKey(
        "Revision", null=True, blank=True, editable=False, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    # Raised by every change of anything that a page about this essay shows.
    version = models.PositiveBigIntegerField(default=1, editable=False)
    # Title, summary and text, lower-case and without accents: what search looks through.
    folded = models.TextField(default="", blank=True, editable=False)
    claim_count = models.PositiveIntegerField(default=0, editable=False)
    counterpoint_count = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False)
    open_count = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Claims that wait for an answer.")
    )

    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="essays"
    )
    series_place = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Its place in the series: 1 is read first.")
    )

    discussion_openness = models.CharField(
        "discussion", max_length=6, choices=Openness, default=Openness.OPEN
    )
    claims_openness = models.CharField(
        "claims", max_length=6, choices=Openness, default=Openness.OPEN
    )
    openness_reason = models.CharField(
        "reason", max_length=REASON_LENGTH, blank=True,
        help_text=_("Readers see it beside what is closed or slowed down."),
    )  # fmt: skip
    slow_minutes = models.PositiveSmallIntegerField(
        default=10, help_text=_("While slowed down, a member waits so long between two posts here.")
    )

    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    redirects_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces",
        help_text=_("A retired essay's address leads there; its revisions and claims stay."),
    )  # fmt: skip

    tags = TaggableManager(through=EssayTag, blank=True)

    objects = EssayManager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="essay_newest"),
            models.Index(fields=["series", "series_place"], name="essay_in_series"),
        ]
        constraints = [
            models.CheckConstraint(
                name="essay_closed_with_reason",
                condition=Q(discussion_openness="open", claims_openness="open")
                | ~Q(openness_reason=""),
            ),
            models.CheckConstraint(
                name="essay_retired_with_reason",
                condition=Q(retired_at=None, redirects_to=None) | ~Q(retired_reason=""),
            ),
            models.CheckConstraint(
                name="essay_leads_elsewhere", condition=~Q(redirects_to=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("essay", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()
