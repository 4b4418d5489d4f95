"""At the queue's head: what came in and was decided within a week, and what waits longest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forum.lib.nouns import digits
from forum.moderation.case_querysets import COUNTED_UP_TO
from forum.moderation.fairness_drawing import wait_words
from forum.moderation.models import Case, Decision

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    opened: int
    decided: int
    # Hours from the opening of a case to its decision: half of them took no longer.
    middle: float | None
    longest: Case | None

    def __str__(self) -> str:
        told = {"opened": _number(self.opened), "decided": _number(self.decided)}
        if self.middle is None:
            return _("Cases of the last seven days: %(opened)s opened, none decided.") % told
        return _(
            "Cases of the last seven days: %(opened)s opened, %(decided)s decided, half of them"
            " within %(time)s."
        ) % {**told, "time": wait_words(self.middle)}


def _number(number: int) -> str:
    return f"{COUNTED_UP_TO - 1}+" if number >= COUNTED_UP_TO else digits(number)


def week(reader: Any, now: datetime | None = None) -> Week:
    """Three queries, and none of them reads a whole table: the newest hundred say enough. Nobody
    hears of a case about themselves.
    """
    since = (now or timezone.now()) - WEEK
    cases = Case.objects.visible_to(reader)
    opened = cases.order_by("-pk").values_list("opened_at", flat=True)[:COUNTED_UP_TO]
    waits = [
        (decided_at - opened_at).total_seconds() / 3600
        for decided_at, opened_at in Decision.objects.standing()
        .exclude(member=reader.pk)
        .order_by("-pk")
        .values_list("created_at", "case__opened_at")[:COUNTED_UP_TO]
        if decided_at >= since
    ]
    return Week(
        opened=sum(at >= since for at in opened),
        decided=len(waits),
        middle=median(waits) if waits else None,
        longest=cases.open().oldest_first(None).first(),
    )
