from django.db import models


class PostStatus(models.TextChoices):
    VISIBLE = "visible", "Visible"
    HELD = "held", "Held for review"
    HIDDEN = "hidden", "Hidden by a moderator"
    REMOVED = "removed", "Removed by a moderator"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"
    ERASED = "erased", "Erased with its author"
