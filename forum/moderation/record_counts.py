"""A member's record in numbers, beside the list of its newest lines."""

from dataclasses import dataclass

from django.db.models import Count, Q

from forum.accounts.models import User
from forum.moderation.models import TAKING_DOWN, Case, Decision, Outcome, SanctionKind

AGAINST = Q(outcome__in=[*TAKING_DOWN, Outcome.NOTE, Outcome.CENSURE]) | Q(sanction__isnull=False)


@dataclass(frozen=True, slots=True)
class RecordCounts:
    against: int
    # Of those, what a second look found wrong.
    reversed: int
    # On record, and not taken back.
    warnings: int


def record_counts(member: User, *, before: Case | None = None) -> RecordCounts:
    """One query, however long the record is. What was decided in a case is not on record before."""
    warned = Q(sanction__kind=SanctionKind.WARN, sanction__lifted_at=None)
    found = Decision.objects.standing().filter(member=member).exclude(case=before).order_by()
    return RecordCounts(
        **found.aggregate(
            against=Count("pk", filter=AGAINST),
            reversed=Count("pk", filter=AGAINST & Q(reversed_by__isnull=False)),
            warnings=Count("pk", filter=warned),
        )
    )
