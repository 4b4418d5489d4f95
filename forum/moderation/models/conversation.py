from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

MESSAGE_LONGEST = 4_000
CLOSING_LENGTH = 300


class Conversation(models.Model):
    """What one member and the moderators write to each other. It is locked, never deleted."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversation"
    )
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Messages of the member's since a moderator wrote last; none: it waits for nobody.
    unanswered = models.PositiveSmallIntegerField(default=0)
    # Then the member cannot write; moderators can.
    locked_at = models.DateTimeField(null=True, blank=True)
    lock_reason = models.CharField(max_length=CLOSING_LENGTH, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="conversation_lately"),
            models.Index(
                fields=["last_at", "id"], condition=Q(unanswered__gt=0), name="conversation_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation with member {self.member_id}"

    def get_absolute_url(self) -> str:
        """Where moderators read it; its member has a page of their own."""
        return reverse("moderation:member", args=[self.member.username])


class Message(models.Model):
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_from_moderators = models.BooleanField()
    source = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="messages_newest_first")]

    def __str__(self) -> str:
        return f"message {self.pk}"
