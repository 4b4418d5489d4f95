"""What a case is to look at again: the cases of its post that led to it, as they were judged."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from forum.moderation.models import Appeal, Case, Decision, LegalNotice, Report
from forum.moderation.surroundings import words_of


@dataclass(slots=True)
class Earlier:
    """A decided case, with all that its moderator had before them."""

    case: Case
    decision: Decision
    around: dict[str, Any]
    reports: list[Report] = field(default_factory=list)
    # Of a member: what they had reported, as far as the reader may read it.
    filed: list[dict[str, Any]] = field(default_factory=list)
    notices: list[LegalNotice] = field(default_factory=list)


def earlier_cases(case: Case) -> list[Earlier]:
    """Those whose decisions are appealed, or followed by what the author amended; and what those
    themselves had decided on appeal. Four queries, however many they are.
    """
    numbers = {one.decision_id for one in case.appeals.all()} | {case.amends_id} - {None}
    if not numbers:
        return []
    first = Appeal.objects.filter(case__decision__in=numbers).order_by().values("decision")
    # Of a case about a member that post is none, and so are theirs.
    decisions = Decision.objects.filter(
        # Hidden with the branch that it stands in, it was another post that was judged.
        Q(pk__in=numbers) | Q(pk__in=first), case__post=case.post_id,
    ).select_related("case", "frozen", "log_entry", "moderator")  # fmt: skip
    found = {
        one.case_id: Earlier(one.case, one, one.frozen.context) for one in decisions.order_by("pk")
    }
    _fill(found)
    return list(found.values())


def _fill(found: dict[int, Earlier]) -> None:
    accuracy = Report.objects.accuracy_in(*found)
    reports: Any = Report.objects.filter(case__in=found).select_related("reporter")
    for report in reports:
        report.accuracy = words_of(accuracy.get(report.reporter_id))
        found[report.case_id].reports.append(report)
    for notice in LegalNotice.objects.filter(case__in=found).order_by("pk"):
        found[notice.case_id].notices.append(notice)
