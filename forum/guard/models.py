from django.conf import settings
from django.db import models
from django.db.models import Q


class FormKey(models.Model):
    """One use of a write form: the same key sent twice gives the first result."""

    key = models.UUIDField()
    action = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    session_key = models.CharField(max_length=40, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key", "action"],
                condition=Q(user__isnull=False),
                name="form_key_once_a_member",
            ),
            models.UniqueConstraint(
                fields=["session_key", "key", "action"],
                condition=Q(user=None),
                name="form_key_once_a_session",
            ),
        ]
        indexes = [models.Index(fields=["used_at"], name="form_key_age")]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
