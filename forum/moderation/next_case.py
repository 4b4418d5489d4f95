"""Which case a moderator goes on with after one."""

from typing import Any

from forum.moderation import permissions
from forum.moderation.models import Case

# Of the gravest so many are looked at: a moderator has a stake in a few at most.
LOOKED_AT = 10


def next_case(user: Any) -> Case | None:
    """The gravest that is theirs to decide; two queries."""
    waiting = Case.objects.waiting_for(user).gravest_first(None)[:LOOKED_AT]
    return next((case for case in waiting if _is_theirs(user, case)), None)


def _is_theirs(user: Any, case: Case) -> bool:
    return case.claimed_by_id == user.pk or bool(permissions.can_claim(user, case))
