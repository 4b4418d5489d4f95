from typing import Any

from django.db import models
from django.db.models import Q

from forum.posts.statuses import PostStatus


class ClaimQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """A claim is read where its essay is, unless its opening was taken down."""
        if getattr(user, "is_moderator", False):
            return self
        rule = Q(opening__status=PostStatus.VISIBLE)
        if user.is_authenticated:
            rule |= Q(opening__author=user)
        return self.filter(rule)


class CounterpointQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def counted(self) -> "CounterpointQuerySet":
        return self.filter(is_counted=True)
