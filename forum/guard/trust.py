"""How far an account is trusted: computed from what its member did, by thresholds that are
published. Plain thinking: who gathers the facts stands higher."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.accounts.models import MEMBER, NEW, REGULAR, TRUSTED

LEVELS = {
    NEW: pgettext_lazy("trust level", "New"),
    MEMBER: pgettext_lazy("trust level", "Member"),
    REGULAR: pgettext_lazy("trust level", "Regular"),
    TRUSTED: pgettext_lazy("trust level", "Trusted"),
}


class Measure(NamedTuple):
    name: str
    words: str | Promise
    # After a number: "12 of 30 days".
    unit: str


MEASURES = (
    Measure("days_member", _("Days since you signed up"), "day"),
    Measure("days_read", _("Days on which you read a debate"), "day"),
    Measure("posts", _("Posts of yours that stand"), "post"),
    Measure("accurate_reports", _("Reports of yours that were followed"), "report"),
    Measure("quiet_days", _("Days without a sanction"), "day"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    days_member: int = 0
    days_read: int = 0
    posts: int = 0
    accurate_reports: int = 0
    # Since the last sanction; without one, since they signed up.
    quiet_days: int = 0
    is_sanctioned: bool = False


class Demand(Protocol):
    """What one level asks for: a row of the thresholds."""

    level: int
    days_member: int
    days_read: int
    posts: int
    accurate_reports: int
    quiet_days: int


@dataclass(frozen=True, slots=True)
class Step:
    measure: Measure
    have: int
    need: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.need

    @property
    def shown(self) -> int:
        """More than is needed says nothing more."""
        return min(self.have, self.need)


def steps(facts: Facts, demand: Demand) -> list[Step]:
    """How far somebody is in each measure that this level asks for."""
    found = (
        Step(each, _have(facts, each, demand), getattr(demand, each.name)) for each in MEASURES
    )
    return [step for step in found if step.need]


def _have(facts: Facts, measure: Measure, demand: Demand) -> int:
    """Whoever was never sanctioned need not wait for what they did not do."""
    if measure.name == "quiet_days" and not facts.is_sanctioned:
        return demand.quiet_days
    return int(getattr(facts, measure.name))


def level_of(facts: Facts, demands: Iterable[Demand]) -> int:
    """The highest level that is reached together with all below it."""
    reached = NEW
    for demand in sorted(demands, key=lambda each: each.level):
        if not all(step.is_met for step in steps(facts, demand)):
            break
        reached = demand.level
    return reached
