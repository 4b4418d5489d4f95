"""Fairness in figures: what was decided, how often it was reversed, and how long people waited.

Counted from decisions and their log; names are in none of it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from forum.lib.seeded_words import as_read
from forum.moderation.models import Appeal, AppealResult, Case, Decision, LogEntry, Outcome

MONTHS = 6
# As many as a row of dots holds, and as many waits as can be told apart.
APPEALS_SHOWN = 40
WAITS_READ = 200
# What was decided of a post that a rule held back, and then had held it back for nothing.
LET_THROUGH = (Outcome.RESTORE, Outcome.KEEP)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One appeal that was decided."""

    is_reversed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Waits:
    """Of the cases decided by one rule, the newest: hours from the first report to the decision."""

    rule: str
    hours: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.hours)


@dataclass(frozen=True, slots=True)
class Figures:
    months: list[date]
    # For each outcome, a number for each month.
    decided: dict[Outcome, list[int]]
    rulings: list[Ruling]
    appealed: int
    reversed: int
    waits: list[Waits]
    held: int
    held_falsely: int
    waiting: int
    oldest: datetime | None


def figures(now: datetime | None = None) -> Figures:
    """The same number of queries, however long the log is; months as the site counts them."""
    with timezone.override(None):
        return _figures(now)


def _figures(now: datetime | None) -> Figures:
    now = now or timezone.now()
    months = last_months(timezone.localdate(now))
    results = Counter(Appeal.objects.exclude(result=None).values_list("result", flat=True))
    held = Decision.objects.on_held_posts()
    open_cases = Case.objects.open()
    oldest = open_cases.order_by("opened_at").values_list("opened_at", flat=True).first()
    return Figures(
        months=months,
        decided=_by_month(months),
        rulings=_rulings(),
        appealed=results.total(),
        reversed=results[AppealResult.REVERSED],
        waits=_waits(),
        held=sum(held.values()),
        held_falsely=sum(held[outcome] for outcome in LET_THROUGH),
        waiting=open_cases.counted(),
        oldest=oldest,
    )


def last_months(today: date) -> list[date]:
    """The first days of the last MONTHS months, this one the last of them."""
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1)]


def _by_month(months: list[date]) -> dict[Outcome, list[int]]:
    since = timezone.make_aware(datetime.combine(months[0], datetime.min.time()))
    rows = (
        LogEntry.objects.filter(kind__in=Outcome.values, at__gte=since, decision__undone_at=None)
        .order_by()
        .values_list("kind", TruncMonth("at"))
        .annotate(number=Count("pk"))
    )
    found = {(kind, timezone.localdate(month)): number for kind, month, number in rows}
    return {outcome: [found.get((outcome, month), 0) for month in months] for outcome in Outcome}


def _rulings() -> list[Ruling]:
    rows = (
        Appeal.objects.exclude(result=None)
        .order_by("-case__decision__pk", "-pk")
        .values_list("result", "case__decision__created_at")[:APPEALS_SHOWN]
    )
    return [Ruling(result == AppealResult.REVERSED, at) for result, at in reversed(rows)]


def _waits() -> list[Waits]:
    rows = (
        Decision.objects.standing()
        .order_by("-pk")
        .values_list("rule__number", "rule__title", "created_at", "case__opened_at")
    )
    hours = defaultdict(list)
    for number, title, decided, opened in rows[:WAITS_READ]:
        hours[number, title].append((decided - opened).total_seconds() / 3600)
    return [
        Waits(f"{number}. {as_read(title)}", tuple(found))
        for (number, title), found in sorted(hours.items())
    ]
