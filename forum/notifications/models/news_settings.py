from django.conf import settings
from django.db import models


class NewsSettings(models.Model):
    """What a member chose about news; whoever chose nothing has no row."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True,
        related_name="news_settings",
    )  # fmt: skip
    # The way of each kind that is not the kind's own: {"answered": "site"}.
    ways = models.JSONField(default=dict, blank=True)
    # By which way kinds came before their letters were stopped, to take that back.
    before = models.JSONField(default=dict, blank=True)
    letters_stopped_at = models.DateTimeField(null=True, blank=True)
    follows_own = models.BooleanField(
        "Follow what I answer",
        default=True,
        help_text="A claim that you mark or answer, and a discussion that you write in.",
    )

    class Meta:
        verbose_name_plural = "news settings"

    def __str__(self) -> str:
        return f"news of member {self.pk}"
