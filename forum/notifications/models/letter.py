from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    # There was nothing to say any more, or nowhere to send it.
    DROPPED = "dropped", _("Not needed any more")
    FAILED = "failed", _("Given up")


class Letter(models.Model):
    """The outbox: a row is written in the same transaction as the notices that it carries.

    Whoever sends it holds it first, for some minutes, by `held_until`. So two workers never send
    the same letter. If one dies after the mail server took the letter and before that was noted,
    it is sent once more, under the same Message-ID: at least once, and twice only then.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    # "at_once" carries one notice; "daily" and "weekly" what has gathered when they are taken.
    way = models.CharField(max_length=8)
    # "daily:12" while member 12's notices still gather for it.
    gathers = models.CharField(max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001
    state = models.CharField(max_length=7, choices=LetterState, default=LetterState.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # Why the last try failed, or why it was dropped.
    reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="letter_to_send"),
            models.Index(fields=["ended_at"], condition=~Q(state="waiting"), name="letter_ended"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
