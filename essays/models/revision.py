from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse

from essays.models.essay import Essay
from forum.lib.folding import fold
from forum.lib.rendering import RENDERER_VERSION, render_essay

WORDS_A_MINUTE = 230


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
