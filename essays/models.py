from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from essays.querysets import EssayQuerySet
from forum.lib.folding import fold
from forum.lib.rendering import RENDERER_VERSION, render_essay

# What W3C's TextQuoteSelector keeps on either side of a quotation, in characters.
CONTEXT_LENGTH = 32
# A passage is at most a paragraph's worth.
PASSAGE_LENGTH = 1_000
WORDS_A_MINUTE = 230


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
        help_text="The member who wrote it, if a member did: may concede its claims.",
    )
    summary = models.CharField(max_length=300)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="Readers see it from then on; empty for a draft."
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
        default=0, editable=False, help_text="Claims that wait for an answer."
    )

    tags = TaggableManager(through=EssayTag, blank=True)

    objects = EssayManager()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="essay_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("essay", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()


class RevisionManager(models.Manager["Revision"]):
    def get_by_natural_key(self, slug: str, number: int) -> "Revision":
        return self.get(essay__slug=slug, number=number)


class Revision(models.Model):
    """One version of an essay's Markdown, never changed. Positions are counted in `text`."""

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    source = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    html = models.TextField(editable=False)
    text = models.TextField(editable=False)
    # As `render_essay` gives them: each block with its html, its place and its sentences' places.
    blocks = models.JSONField(default=list, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    renderer_version = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = RevisionManager()

    class Meta:
        ordering = ["essay", "number"]
        constraints = [
            models.UniqueConstraint(fields=["essay", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    def save(self, **options: Any) -> None:
        if not self.html:
            self.derive()
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("revision", args=[self.essay.slug, self.number])

    def natural_key(self) -> tuple[str, int]:
        return (self.essay.slug, self.number)

    natural_key.dependencies = ["essays.essay"]  # type: ignore[attr-defined]

    def derive(self) -> None:
        """Fill what follows from the source. Raises `Unrenderable` with a sentence."""
        rendered = render_essay(self.source)
        self.html, self.text, self.blocks = rendered.html, rendered.text, rendered.blocks
        self.word_count = len(self.text.split())
        self.renderer_version = RENDERER_VERSION

    @property
    def minutes(self) -> int:
        return max(1, round(self.word_count / WORDS_A_MINUTE))

    def searchable(self) -> str:
        return fold(f"{self.essay.title}\n{self.essay.summary}\n{self.text}")


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
    EXACT = "exact", "exact"
    MOVED = "moved", "moved"
    CHANGED = "changed", "changed"
    ORPHANED = "orphaned", "orphaned"


class Place(models.Model):
    """Where a passage stands in one revision, in code points of its text. Never changed."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="places")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="places")
    state = models.CharField(max_length=8, choices=PlaceState)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

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
