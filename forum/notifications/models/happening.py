from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.notifications.models.notice import ABOUT_LENGTH, PLACE_LENGTH


class Happening(models.Model):
    """Something to be told, written together with what happened; the worker makes notices of it.

    To all who follow one of its audiences, or to one member only, but later.
    """

    # At most one of a key waits or was told: the next takes its place while it waits.
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 — many have none
    kind = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    sentence = models.CharField(max_length=300)
    # By language, where it is told to many: each gets their own. NULL where there is one only, so
    # that SQLite adds it without building the table anew.
    sentences = models.JSONField(null=True)
    excerpt = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    about = models.CharField(max_length=ABOUT_LENGTH, blank=True)
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    sign = models.CharField(max_length=12, default="reply")
    # Whose followers hear of it, and as which kind of news: [["claim", 12, "counterpoint"], …].
    audiences = models.JSONField(default=list)
    # Members who know already.
    told = models.JSONField(default=list)
    # What it was before: if it is that again when its time comes, nothing has happened.
    was = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Followers up to this number have been told.
    told_upto = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="happening_to_tell"),
        ]

    def __str__(self) -> str:
        return self.sentence
