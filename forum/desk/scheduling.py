"""Publishes drafts whose time has come. Whatever was missed is published at the next run."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from essays.drafting import Overtaken
from essays.models import Draft
from forum.desk.decisions import Decisions, Undecided
from forum.desk.publishing import publish_draft
from forum.lib.rendering import Unrenderable
from forum.lib.site_language import in_each_language
from forum.notifications.actions import notify
from forum.notifications.models import NoticeKind

logger = logging.getLogger(__name__)

# What an editor has to look at before it can be published after all.
NOT_AS_IT_IS = (Overtaken, Undecided, Unrenderable, PermissionDenied)
# The width of the column.
FAILURE_LENGTH = 300


def publish_due(*, now: datetime | None = None) -> int:
    """Each draft by itself: one that cannot be published as it is keeps none of the others back.

    Returns how many were published. Its editor is told of one that was not.
    """
    now = now or timezone.now()
    due = Draft.objects.filter(publish_at__lte=now).order_by("publish_at", "pk")
    return sum(_publish(pk, now) for pk in due.values_list("pk", flat=True))


def _publish(pk: int, now: datetime) -> bool:
    draft = Draft.objects.select_related("essay", "saved_by").filter(pk=pk).first()
    if draft is None:
        return False
    try:
        publish_draft(
            by=draft.saved_by, essay=draft.essay, seen=draft.version, note=draft.note,
            decisions=Decisions.of_draft(draft.decisions), now=now,
        )  # fmt: skip
    except NOT_AS_IT_IS as reason:
        _put_off(draft, reason, now)
        return False
    return True


@transaction.atomic
def _put_off(draft: Draft, reason: Exception, now: datetime) -> None:
    words = str(reason)
    if isinstance(reason, Undecided):
        words = " ".join(reason.errors.values())
    same = Draft.objects.filter(pk=draft.pk, version=draft.version, publish_at=draft.publish_at)
    if not same.update(publish_at=None, failure=words[:FAILURE_LENGTH]):
        # Another worker published it, or somebody saved it anew, in the meantime.
        return
    logger.warning("The draft of %s was not published at its time: %s", draft.essay, words)
    if draft.saved_by is not None:
        notify(
            recipient=draft.saved_by, kind=NoticeKind.REVISED, sign="clock",
            sentence=in_each_language(_late, draft),
            excerpt=words, url=reverse("desk:impact", args=[draft.essay.slug]), now=now,
            place=draft.essay.title,
        )  # fmt: skip


def _late(draft: Draft) -> str:
    named = {"essay": draft.essay.title}
    return _("Your draft of %(essay)s was not published at its time") % named


@task
def publish_when_due() -> int:
    """For the worker. It looks for all that is due, not only for what it was ordered for."""
    return publish_due()
