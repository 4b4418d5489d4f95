"""The pictures of the page of figures, as numbers for its template. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

LEFT, RIGHT = 190, 710
# A month of the chart of decisions.
MONTH, BAR, ROW, TALLEST = 88, 56, 74, 48
FIRST_ROW = 80
WIDTH = 720
# A dot of the row of appeals: its radius with half the gap to the next. Two dates stand below each
# other, or they would overlap.
DOT = 17
DATE_Y = (50, 68)
# Waits stand on a scale on which each step doubles them, between these, in hours.
SHORTEST, LONGEST = 0.25, 24 * 14
WAIT_ROW, FIRST_WAIT = 50, 48
MARKS = (
    (0.5, _("30 min")),
    (1, _("1 h")),
    (6, _("6 h")),
    (24, pgettext_lazy("mark of a scale", "a day")),
    (72, pgettext_lazy("mark of a scale", "3 days")),
    (168, pgettext_lazy("mark of a scale", "a week")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    number: int
    label_y: int

    @property
    def middle(self) -> int:
        return self.x + BAR // 2


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    total: int
    base: int
    bars: list[Bar]

    @property
    def name_y(self) -> int:
        return self.base - 30

    @property
    def total_y(self) -> int:
        return self.base - 12


def bars(rows: Sequence[tuple[str, Sequence[int]]]) -> list[Series]:
    """One row of bars for each name, all on one scale."""
    most = max((number for _, numbers in rows for number in numbers), default=0)
    return [
        Series(name, sum(numbers), base, [_bar(at, n, most, base) for at, n in enumerate(numbers)])
        for base, (name, numbers) in zip(
            range(FIRST_ROW, FIRST_ROW + ROW * len(rows), ROW), rows, strict=True
        )
    ]


def _bar(at: int, number: int, most: int, base: int) -> Bar:
    height = max(round(TALLEST * number / most), 2) if number else 0
    return Bar(LEFT + 10 + MONTH * at, base - height, height, number, base - height - 6)


def month_x(at: int) -> int:
    return LEFT + 10 + MONTH * at + BAR // 2


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    date_y: int
    ruling: Any


def dots(rulings: Sequence[Any]) -> list[Dot]:
    """One for each appeal; the dates of those that were reversed take turns on two lines."""
    drawn, reversed_before = [], 0
    for at, ruling in enumerate(rulings):
        drawn.append(Dot(DOT * (2 * at + 1) + DOT, DATE_Y[reversed_before % 2], ruling))
        reversed_before += ruling.is_reversed
    return drawn


def dots_width(number: int) -> int:
    """As wide as the other pictures, however few there are: the scale is the same."""
    return max(WIDTH, DOT * 2 * (number + 1))


def wait_x(hours: float) -> float:
    share = log(min(max(hours, SHORTEST), LONGEST) / SHORTEST) / log(LONGEST / SHORTEST)
    return round(LEFT + (RIGHT - LEFT) * share, 1)


def wait_words(hours: float) -> str:
    """48 min, 2.6 h, 3.1 days."""
    if hours < 1:
        return gettext("%(number)s min") % {"number": round(hours * 60)}
    if hours < 48:  # noqa: PLR2004 — two days are more readable in hours than a day and a half
        return gettext("%(number)s h") % {"number": _tenths(hours)}
    return gettext("%(number)s days") % {"number": _tenths(hours / 24)}


def _tenths(number: float) -> str:
    return str(number_format(round(number, 1), decimal_pos=1, use_l10n=True))
