from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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
        _("Follow what I answer"),
        default=True,
        help_text=_("A claim that you mark or answer, and a discussion that you write in."),
    )

    class Meta:
        verbose_name_plural = _("news settings")

    def __str__(self) -> str:
        return f"news of member {self.pk}"
