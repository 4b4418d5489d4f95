"""What members did, as far as the thresholds ask. It lies in several apps."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Max

from forum.accounts.models import User
from forum.guard.trust import Facts
from forum.moderation.models import Report, Sanction
from forum.posts.models import Post
from forum.posts.statuses import PostStatus


def facts_of(members: Sequence[User], now: datetime) -> dict[int, Facts]:
    """3 queries, however many members."""
    pks = [member.pk for member in members]
    posts = dict(
        Post.objects.filter(author__in=pks, status=PostStatus.VISIBLE)
        .values_list("author")
        .annotate(number=Count("pk"))
    )
    reports = dict(
        Report.objects.right()
        .filter(reporter__in=pks)
        .order_by()
        .values_list("reporter")
        .annotate(number=Count("pk"))
    )
    sanctions = dict(
        Sanction.objects.filter(member__in=pks, lifted_at=None)
        .order_by()
        .values_list("member")
        .annotate(last=Max("created_at"))
    )
    return {
        member.pk: Facts(
            days_member=(now - member.date_joined).days,
            days_read=member.days_read,
            posts=posts.get(member.pk, 0),
            accurate_reports=reports.get(member.pk, 0),
            quiet_days=(now - sanctions.get(member.pk, member.date_joined)).days,
            is_sanctioned=member.pk in sanctions,
        )
        for member in members
    }
