"""Holding rules and watch lists for a test; afterwards the process knows the migrated ones."""

from unittest import TestCase

from forum.guard.models import HoldRule, WatchEntry
from forum.guard.rules import _Kept, forget_rules


def _give_back(test: TestCase) -> None:
    test.addCleanup(setattr, _Kept, "rules", _Kept.rules)
    test.addCleanup(setattr, _Kept, "until", _Kept.until)
    forget_rules()


def switch(test: TestCase, name: str, *, on: bool = True, **fields) -> HoldRule:
    _give_back(test)
    HoldRule.objects.filter(name=name).update(is_on=on, **fields)
    return HoldRule.objects.get(name=name)


def watch(test: TestCase, pattern: str, does="hold", kind="words", reason="", **fields):
    _give_back(test)
    reason = reason or "Collars are sold elsewhere."
    return WatchEntry.objects.create(
        pattern=pattern, does=does, kind=kind, reason=reason, **{"is_on": True, **fields}
    )
