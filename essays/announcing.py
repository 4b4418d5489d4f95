"""That an essay appeared, to whoever follows one of its tags or the member who wrote it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from essays.models import Essay, EssayTag
from forum.lib.site_language import in_each_language
from forum.notifications.actions import Matter
from forum.notifications.happenings import Audience, announce, call_off
from forum.notifications.models import FollowKind, NoticeKind

# What appeared before is no news, whoever saves it again.
NEWS_FOR = timedelta(days=1)


def announce_essay(essay: Essay, *, now: datetime | None = None) -> None:
    """Once, and not before readers see it. If its day is changed or taken away, so is the news."""
    now = now or timezone.now()
    if essay.published_at is None or essay.current_revision_id is None:
        call_off(key=_key(essay))
        return
    if essay.published_at < now - NEWS_FOR:
        return
    tags = EssayTag.objects.filter(content_object=essay.pk).values_list("tag_id", flat=True)
    audiences = [Audience(FollowKind.TAG, tag, NoticeKind.ESSAY) for tag in tags]
    if essay.author_id is not None:
        audiences.append(Audience(FollowKind.MEMBER, essay.author_id, NoticeKind.MEMBER))
    if not audiences:
        return
    announce(
        matter=Matter(
            sentence=in_each_language(_appeared, essay),
            excerpt=essay.summary,
            url=essay.get_absolute_url(), sign="pen", about=f"essay:{essay.pk}", place=essay.title,
        ),
        audiences=audiences, told=[essay.author_id] if essay.author_id else [], key=_key(essay),
        not_before=essay.published_at, now=now,
    )  # fmt: skip


def _appeared(essay: Essay) -> str:
    told = {"title": essay.title, "author": essay.author_name}
    return _("%(title)s by %(author)s has appeared") % told


def _key(essay: Essay) -> str:
    return f"essay:{essay.pk}"
