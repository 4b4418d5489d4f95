"""An inbox's notices, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone

from forum.notifications.models import Notice


@dataclass(frozen=True, slots=True)
class Day:
    heading: str
    notices: list[Notice]


def by_day(notices: Iterable[Notice], today: date) -> list[Day]:
    days = groupby(notices, key=lambda notice: timezone.localdate(notice.created_at))
    return [Day(heading(day, today), list(those)) for day, those in days]


def heading(day: date, today: date) -> str:
    """Today, 9 March · Yesterday, 8 March · 7 March · 31 December 2025."""
    words = f"{day.day} {day:%B}"
    if day.year != today.year:
        words += f" {day.year}"
    if day == today:
        return f"Today, {words}"
    if day == today - timedelta(days=1):
        return f"Yesterday, {words}"
    return words
