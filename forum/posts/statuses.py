from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostStatus(models.TextChoices):
    VISIBLE = "visible", _("Visible")
    HELD = "held", _("Held for review")
    HIDDEN = "hidden", _("Hidden by a moderator")
    REMOVED = "removed", _("Removed by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    ERASED = "erased", _("Erased with its author")


class StatedRule(NamedTuple):
    """The rule by which a post was taken down, as the log named it then."""

    number: int
    title: str
