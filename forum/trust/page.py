"""What is shown of trust: the thresholds to everybody, and to a member how far they are."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils import timezone

from forum.accounts.models import TRUSTED, User
from forum.guard.limits import MOST_COLUMNS
from forum.guard.models import Limit, Threshold
from forum.guard.trust import LEVELS, MEASURES, Step, level_of, steps
from forum.guard.words import span_words
from forum.lib.seeded_words import as_read
from forum.trust.facts import facts_of


class Line(NamedTuple):
    words: str
    # Level by level, from the lowest that has one.
    values: list[int]
    span: str = ""


def thresholds_shown() -> list[Line]:
    """Each measure, and what each level asks for in it; 1 query."""
    rows = list(Threshold.objects.all())
    lines = [Line(str(each.words), [getattr(row, each.name) for row in rows]) for each in MEASURES]
    return [line for line in lines if any(line.values)]


def limits_shown() -> list[Line]:
    """What an account may do in a span of time, by its level; 1 query."""
    # Whoever signs in is not known yet, so it has no level.
    rows = Limit.objects.filter(name__endswith="-account").exclude(most_trusted=None)
    return [Line(as_read(row.about), _by_level(row), span_words(row.seconds)) for row in rows]


def _by_level(limit: Limit) -> list[int]:
    values: list[int] = []
    for name in MOST_COLUMNS:
        values.append(getattr(limit, name) or values[-1])
    return values


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a member, for themselves."""

    level: str
    # The next level's name and its measures; none where they are trusted.
    next_level: str
    steps: list[Step]
    # They have reached, or lost, something that is not taken up yet.
    is_due: bool


def progress_of(member: Any) -> Progress:
    """4 queries."""
    demands = list(Threshold.objects.all())
    facts = facts_of([member], timezone.now())[member.pk]
    level = member.trust_level
    ahead = next((each for each in demands if each.level == level + 1), None)
    return Progress(
        level=str(LEVELS[min(level, TRUSTED)]),
        next_level=str(LEVELS[ahead.level]) if ahead else "",
        steps=steps(facts, ahead) if ahead else [],
        is_due=_is_due(member, level_of(facts, demands)),
    )


def _is_due(member: User, reached: int) -> bool:
    return reached != member.trust_level and not member.is_demonstration
