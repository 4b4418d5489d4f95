from django.conf import settings
from django.db import models

from forum.moderation.models.case import Case

NOTE_LENGTH = 2_000


class ModeratorNote(models.Model):
    """What moderators tell each other of a member. Only they read it; it goes with the member."""

    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderator_notes",
        db_index=False,
    )  # fmt: skip
    # The case that it was written on, if it was.
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=NOTE_LENGTH)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "-id"], name="moderator_notes_newest_first")]

    def __str__(self) -> str:
        return f"note {self.pk}"
