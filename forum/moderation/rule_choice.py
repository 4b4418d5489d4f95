"""Which rule a form of decision begins with: the one in question, or else none."""

from collections.abc import Iterable
from typing import Any

from forum.moderation.models import Case, Report


def rule_in_question(case: Case, tally: list[dict[str, Any]]) -> int | None:
    """The number of the rule of what is to be decided again, or of the gravest reports."""
    again = [one.decision for one in case.waiting_appeals()]
    if case.amends is not None:
        again.append(case.amends)
    if again:
        return int(again[0].rule.number)
    return next((row["rule"] for row in tally if row["rule"]), None)


def rule_in_common(cases: Iterable[Case]) -> int | None:
    """Of many that are decided together; one query."""
    tallies = Report.objects.tallied(list(cases))
    found = {rule_in_question(case, tallies.get(case.pk, [])) for case in cases}
    return found.pop() if len(found) == 1 else None
