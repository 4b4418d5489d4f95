from django.conf import settings
from django.db import models

from essays.models.revision import Revision

NOTE_LENGTH = 2_000


class Bookmark(models.Model):
    """A sentence that a member keeps, with a note for their own eyes."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks",
        db_index=False,
    )  # fmt: skip
    # Sentences keep their numbers for ever in the revision that they were read in.
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    paragraph = models.PositiveIntegerField()
    sentence = models.PositiveIntegerField()
    words = models.TextField()
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "revision", "paragraph", "sentence"], name="bookmark_once"
            )
        ]
        indexes = [models.Index(fields=["member", "-id"], name="bookmarks_newest_first")]

    def __str__(self) -> str:
        return f"{self.paragraph}.{self.sentence} of revision {self.revision_id}"
