"""The rules that hold a post back and the watch lists, as they stand now.

They are read once and kept by each process for some seconds, so that no post waits for them: a rule
that a keeper changes holds everywhere that much later.
"""

import time
from dataclasses import dataclass

from django.conf import settings

from forum.guard.models import HoldRule, WatchEntry


@dataclass(frozen=True, slots=True)
class Rules:
    holds: tuple[HoldRule, ...] = ()
    watched: tuple[WatchEntry, ...] = ()

    def hold(self, name: str) -> HoldRule | None:
        """The rule of that name, where it is switched on."""
        return next((rule for rule in self.holds if rule.name == name), None)


class _Kept:
    """What this process knows, and since when."""

    rules = Rules()
    until = 0.0


def rules_now() -> Rules:
    if time.monotonic() >= _Kept.until:
        _Kept.rules = Rules(
            tuple(HoldRule.objects.filter(is_on=True)), tuple(WatchEntry.objects.filter(is_on=True))
        )
        _Kept.until = time.monotonic() + settings.RULES_KEPT_SECONDS
    return _Kept.rules


def forget_rules() -> None:
    """In this process; whoever changed one calls it."""
    _Kept.until = 0.0
