from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Image(models.Model):
    """An essay's image, as we encoded it anew: in each of its widths one file."""

    # The address under which Markdown names it: /media/<name>.
    name = models.CharField(max_length=100, unique=True, editable=False)
    alt = models.CharField(
        _("text instead"), max_length=300, help_text=_("What it shows, for whoever cannot see it.")
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    # The widths in pixels in which it is stored, the smallest first.
    widths = models.JSONField(default=list, editable=False)
    uploaded_at = models.DateTimeField(editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(alt=""), name="image_has_words")]

    def __str__(self) -> str:
        return self.name
