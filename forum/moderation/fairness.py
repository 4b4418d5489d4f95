"""Fairness in figures: what was decided, how often it was reversed, and how long people waited.

Counted from decisions and their log; names are in none of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, Q
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
class Share:
    """Of what was done by one rule, how much was wrong."""

    rule: str
    all: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Figures:
    months: list[date]
    # For each outcome, a number for each month.
    decided: dict[Outcome, list[int]]
    rulings: list[Ruling]
    # Decisions that were appealed, and those of them that were reversed.
    appealed_by: list[Share]
    waits: list[Waits]
    # Posts that were held back, and those of them that were held for nothing.
    held_by: list[Share]
    waiting: int
    oldest: datetime | None

    @property
    def appealed(self) -> int:
        return sum(one.all for one in self.appealed_by)

    @property
    def reversed(self) -> int:
        return sum(one.wrong for one in self.appealed_by)

    @property
    def held(self) -> int:
        return sum(one.all for one in self.held_by)

    @property
    def held_falsely(self) -> int:
        return sum(one.wrong for one in self.held_by)


def figures(now: datetime | None = None) -> Figures:
    """The same number of queries, however long the log is; months as the site counts them."""
    with timezone.override(None):
        return _figures(now)


def _figures(now: datetime | None) -> Figures:
    now = now or timezone.now()
    months = last_months(timezone.localdate(now))
    open_cases = Case.objects.open()
    oldest = open_cases.order_by("opened_at").values_list("opened_at", flat=True).first()
    return Figures(
        months=months,
        decided=_by_month(months),
        rulings=_rulings(),
        appealed_by=_appealed_by(),
        waits=_waits(),
        held_by=_held_by(),
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


def _appealed_by() -> list[Share]:
    of_rule = Appeal.objects.exclude(result=None).order_by("decision__rule__number")
    rows = of_rule.values_list("decision__rule__number", "decision__rule__title").annotate(
        all=Count("pk"), wrong=Count("pk", filter=Q(result=AppealResult.REVERSED))
    )
    return [Share(f"{number}. {as_read(title)}", *counts) for number, title, *counts in rows]


def _held_by() -> list[Share]:
    """The rule that errs most often comes first."""
    rows = Decision.objects.on_held_posts().annotate(
        all=Count("pk"), wrong=Count("pk", filter=Q(outcome__in=LET_THROUGH))
    )
    found = [Share(as_read(rule), *counts) for rule, *counts in rows]
    return sorted(found, key=lambda one: (-one.wrong, -one.all, one.rule))


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
