"""What lies on the editors' desk: nothing of it is public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from essays.models.essay import Essay
from essays.models.revision import Revision


class Draft(models.Model):
    """The next revision of an essay while it is being written."""

    essay = models.OneToOneField(Essay, on_delete=models.CASCADE, related_name="draft")
    source = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    # The revision that it began from; None for an essay that has none yet.
    based_on = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Raised by each saving: nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What was said of passages that change: {"reasons": {passage: text}, "answers": [counterpoint]}
    decisions = models.JSONField(default=dict, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    # The zone in which the moment was named: "Europe/Rome".
    publish_zone = models.CharField(max_length=64, blank=True)
    # Why the last try to publish it at its time came to nothing.
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["publish_at"], condition=Q(publish_at__isnull=False), name="draft_due"
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.essay_id}"


class PreviewLink(models.Model):
    """Shows a draft to whoever has its address, for a while. Only a digest of it is kept."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="preview_links")
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"


class OpenEdit(models.Model):
    """An editor has this essay open: the others are told."""

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="open_edits")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_edits"
    )
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["essay", "editor"], name="open_edit_once")]

    def __str__(self) -> str:
        return f"{self.editor_id} edits {self.essay_id}"


class Manuscript(models.Model):
    """A file of essays as it was cut, until an editor has said that it is cut rightly."""

    file_name = models.CharField(max_length=200)
    author_name = models.CharField(max_length=80, blank=True)
    # As `essays.manuscripts` gives them: for each essay its title, source, tags and doubts.
    pieces = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
