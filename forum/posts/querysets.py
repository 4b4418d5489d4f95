from typing import Any

from django.db import models
from django.db.models import Q

from essays.models import Essay
from forum.posts.statuses import PostStatus


def readable_by(user: Any) -> Q:
    """The reading rule, stated once. A withdrawn post stays readable; it only carries nothing."""
    if getattr(user, "is_moderator", False):
        return Q(pk__isnull=False)
    rule = Q(status__in=[PostStatus.VISIBLE, PostStatus.WITHDRAWN])
    if user.is_authenticated:
        rule |= Q(author=user)
    return rule


class PostQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "PostQuerySet":
        """For flat lists: leave out what this reader may not read."""
        return self.filter(readable_by(user))

    def in_place(self, user: Any) -> "PostQuerySet":
        """Posts of the essays that this reader may open, with all that leads to them."""
        return (
            self.filter(thread__essay__in=Essay.objects.visible_to(user).order_by())
            .select_related("thread__essay", "author")
            .defer("folded", "thread__essay__folded", "thread__essay__summary")
        )
