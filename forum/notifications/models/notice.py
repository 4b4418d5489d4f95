from django.conf import settings
from django.db import models
from django.db.models import Q

from forum.notifications.models.letter import Letter
from forum.notifications.querysets import NoticeQuerySet

ABOUT_LENGTH = 40
PLACE_LENGTH = 160


class Notice(models.Model):
    """One line in a member's inbox. It names its subject by URL only: the apps above own it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    # One of kinds.py. The column does not list them, so that a new one changes no table.
    kind = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What happened, after the actor's name: "rebuts your counterpoint on claim 4 of Oats".
    sentence = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    # What goes on there, "thread:12": notices and letters about the same stand together.
    about = models.CharField(max_length=ABOUT_LENGTH, blank=True)
    # The essay's title: digests are grouped by it.
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    # The sign beside it: a relation, a standing or "reply", "scales", "pen".
    sign = models.CharField(max_length=12, default="reply")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # By which kind of letter it goes out, if by any, and in which one it went.
    way = models.CharField(max_length=8, blank=True)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient", "kind", "-id"], name="notice_inbox_of_a_kind"),
            models.Index(
                fields=["recipient", "way"],
                condition=Q(way__in=["daily", "weekly"], letter=None),
                name="notice_for_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
