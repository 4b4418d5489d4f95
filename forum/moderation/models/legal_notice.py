from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.moderation.models.case import Case
from forum.moderation.models.decision import Decision
from forum.posts.models import Post

EXPLANATION_LENGTH = 5_000


class LegalNotice(models.Model):
    """Somebody, with an account or without, says that a post is against the law: who, what and
    why, and until when they are answered. It is never deleted; what it says of them is emptied.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="legal_notices")
    # Where it is decided.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="legal_notices")
    # Who was logged in when they wrote it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    # In which they wrote it, and are written to.
    language = models.CharField(max_length=10, blank=True)
    explanation = models.TextField(max_length=EXPLANATION_LENGTH, blank=True)
    # Which version of the post it was.
    version = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="legal_notices"
    )
    # When the letter with the decision went out.
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="legal_notice_answered_by_decision",
                condition=Q(answered_at=None) | Q(decision__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(answered_at=None), name="legal_notices_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"legal notice {self.pk}"

    @property
    def is_late(self) -> bool:
        """Decided, it only waits for its letter."""
        return self.decision_id is None and self.due_at < timezone.now()
