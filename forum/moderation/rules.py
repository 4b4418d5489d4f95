"""The rules of the house, as keepers word them. Each change has its line in the history."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from forum.house.history import record_changes
from forum.house.permissions import can_settle
from forum.lib.verdict import ensure
from forum.moderation.models import Rule
from forum.moderation.permissions import can_retire_rule


@transaction.atomic
def add_rule(*, by: Any, title: str, text: str) -> Rule:
    """It gets the next number: none is ever given twice."""
    ensure(can_settle(by))
    newest = Rule.objects.aggregate(newest=Max("number"))["newest"] or 0
    rule = Rule.objects.create(number=newest + 1, title=title, text=text)
    _record(by, rule, {})
    return rule


@transaction.atomic
def word_rule(*, by: Any, rule: Rule, title: str, text: str) -> Rule:
    """The log keeps the words under which something was decided: see LogEntry."""
    ensure(can_settle(by))
    before = _words(Rule.objects.select_for_update().get(pk=rule.pk))
    rule.title, rule.text = title, text
    rule.save(update_fields=["title", "text"])
    _record(by, rule, before)
    return rule


@transaction.atomic
def retire_rule(*, by: Any, rule: Rule, now: datetime | None = None) -> Rule:
    ensure(can_settle(by))
    # Held together, so that of two who retire at once not both retire the last.
    in_force = list(Rule.objects.in_force().select_for_update())
    ensure(can_retire_rule(rule, in_force=len(in_force)))
    before = _words(rule)
    rule.retired_at = now or timezone.now()
    rule.save(update_fields=["retired_at"])
    _record(by, rule, before)
    return rule


@transaction.atomic
def reinstate_rule(*, by: Any, rule: Rule) -> Rule:
    ensure(can_settle(by))
    before = _words(rule)
    rule.retired_at = None
    rule.save(update_fields=["retired_at"])
    _record(by, rule, before)
    return rule


def _words(rule: Rule) -> dict[str, Any]:
    return {"title": rule.title, "text": rule.text, "retired": rule.is_retired}


def _record(by: Any, rule: Rule, before: dict[str, Any]) -> None:
    record_changes(by=by, subject=f"rule {rule.number}", before=before, after=_words(rule))
