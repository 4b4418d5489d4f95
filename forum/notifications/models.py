from django.conf import settings
from django.db import models

from forum.notifications.querysets import NoticeQuerySet


class NoticeKind(models.TextChoices):
    ANSWERED = "answered", "Answered"
    DECIDED = "decided", "Decided"
    MENTIONED = "mentioned", "Mentioned"
    REVISED = "revised", "Revised"
    CREDITED = "credited", "Credited"


class Notice(models.Model):
    """One line in a member's inbox. It names its subject by URL only: the apps above own it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=9, choices=NoticeKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What happened, after the actor's name: "rebuts your counterpoint on claim 4 of Oats".
    sentence = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    # The sign beside it: a relation, a standing or "reply", "scales", "pen".
    sign = models.CharField(max_length=12, default="reply")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "-id"], name="notice_inbox")]

    def __str__(self) -> str:
        return self.sentence
