"""What a moderator weighs of a member, where it is about no one post: their profile, what they
reported lately and what came of it. Read from the tables while a case is open, and frozen with the
decision.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from forum.accounts.models import User
from forum.lib.moments import date_words
from forum.moderation import own_page
from forum.moderation.models import Case, Decision
from forum.moderation.surroundings import decided
from forum.posts.models import Post

REPORTS_SHOWN = 10


def profile_words(member: User) -> str:
    """What everybody reads of them on their page: the name, and below it what they say."""
    return f"{member.name}\n\n{member.about}".strip()


def around_member(case: Case, decision: Decision | None = None) -> dict[str, Any]:
    """Nobody else's words are in it, so it goes with the member and with nobody else."""
    before = Decision.objects.exclude(pk=decision.pk if decision else 0)
    return {"filed": filed(case.accused), "record": decided(before.on(case.accused))}


def filed(member: User) -> list[dict[str, Any]]:
    """Their last reports; two queries. Which post each was of says who may read it."""
    reports = own_page.reports_of(member)[:REPORTS_SHOWN]
    return [
        {
            "post": one.report.post_id, "subject": one.subject, "reason": one.report.reason_words,
            "text": one.report.text, "became": one.became, "since": one.became_since,
            "on": date_words(timezone.localdate(one.report.created_at)),
        }
        for one in own_page.followed(reports, timezone.now())
    ]  # fmt: skip


def readable(filed_reports: Iterable[dict[str, Any]], reader: Any) -> list[dict[str, Any]]:
    """But for those of the reader’s own posts: no moderator learns who reported them, and so none
    has that to hold against a member whom they judge. One query.
    """
    shown = list(filed_reports)
    own = Post.objects.filter(author=reader, pk__in=[one["post"] for one in shown])
    hidden = set(own.values_list("pk", flat=True))
    return [one for one in shown if one["post"] not in hidden]
