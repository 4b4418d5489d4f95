from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


def readable_by(user: Any) -> Q:
    """Published essays for everybody; drafts for the editors' eyes only."""
    if getattr(user, "is_editor", False):
        return Q(current_revision__isnull=False)
    return Q(published_at__lte=timezone.now(), current_revision__isnull=False)


class EssayQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "EssayQuerySet":
        return self.filter(readable_by(user))

    def for_list(self, user: Any) -> "EssayQuerySet":
        """All that a list of essays shows, without their texts."""
        return (
            self.visible_to(user)
            .defer("folded")
            .order_by("-published_at", "-id")
            .prefetch_related("tags")
        )

    def for_page(self, user: Any) -> "EssayQuerySet":
        """An essay with its revision's particulars; the long texts come when they are needed."""
        long = ("source", "html", "text", "blocks")
        return (
            self.visible_to(user)
            .select_related("current_revision")
            .defer("folded", *(f"current_revision__{name}" for name in long))
        )
