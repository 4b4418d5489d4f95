"""An inbox's notices, day by day, and within a day by what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forum.notifications.models import Notice

# Of notices about the same, one after another, so many are shown; the others are folded beneath.
SHOWN_OF_A_RUN = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Notices of one kind about one thing, one after another."""

    shown: list[Notice]
    folded: list[Notice]


@dataclass(frozen=True, slots=True)
class Day:
    heading: str
    runs: list[Run]

    @property
    def notices(self) -> list[Notice]:
        return [notice for run in self.runs for notice in (*run.shown, *run.folded)]


def by_day(notices: Iterable[Notice], today: date) -> list[Day]:
    days = groupby(notices, key=lambda notice: timezone.localdate(notice.created_at))
    return [Day(heading(day, today), [_run(list(same)) for _, same in groupby(those, key=_matter)])
            for day, those in days]  # fmt: skip


def _matter(notice: Notice) -> tuple[str, str | int]:
    return notice.kind, notice.about or notice.pk


def _run(notices: list[Notice]) -> Run:
    # One alone is not worth a fold.
    if len(notices) <= SHOWN_OF_A_RUN + 1:
        return Run(notices, [])
    return Run(notices[:SHOWN_OF_A_RUN], notices[SHOWN_OF_A_RUN:])


def heading(day: date, today: date) -> str:
    """Today, 9 March · Yesterday, 8 March · 7 March · 31 December 2025."""
    words = date_format(day, "j F" if day.year == today.year else "j F Y")
    if day == today:
        return _("Today, %(day)s") % {"day": words}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(day)s") % {"day": words}
    return words
