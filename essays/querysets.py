from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


def readable_by(user: Any, now: datetime | None = None) -> Q:
    """Published essays for everybody; drafts for the editors' eyes only."""
    if getattr(user, "is_editor", False):
        return Q(current_revision__isnull=False)
    return Q(published_at__lte=now or timezone.now(), current_revision__isnull=False)


def is_readable_by(user: Any, essay: Any) -> bool:
    """The same rule, asked of an essay in hand."""
    may_see = essay.is_published or getattr(user, "is_editor", False)
    return may_see and essay.current_revision_id is not None


class EssayQuerySet(models.QuerySet):
    def visible_to(self, user: Any, now: datetime | None = None) -> "EssayQuerySet":
        return self.filter(readable_by(user, now))

    def listed_for(self, user: Any, now: datetime | None = None) -> "EssayQuerySet":
        """What lists offer: one that was retired is read by whoever has its address."""
        return self.visible_to(user, now).filter(retired_at=None)

    def for_page(self, user: Any) -> "EssayQuerySet":
        """An essay with its revision's particulars; the long texts come when they are needed."""
        long = ("source", "html", "text", "blocks")
        return (
            self.visible_to(user)
            .select_related("current_revision")
            .defer("folded", *(f"current_revision__{name}" for name in long))
        )
