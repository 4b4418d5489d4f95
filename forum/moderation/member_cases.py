"""A case about a member: for what is not one post."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import ensure
from forum.moderation.cases import open_case_about
from forum.moderation.member_permissions import can_open_case_about
from forum.moderation.models import Case
from forum.moderation.permissions import can_claim


@transaction.atomic
def open_member_case(*, moderator: User, member: User, now: datetime | None = None) -> Case:
    """Gives the one that is open, if one is. Whoever opens it holds it."""
    ensure(can_open_case_about(moderator, member))
    now = now or timezone.now()
    case = open_case_about(member, now, opened_by=moderator)
    if case.claimed_by_id is None and can_claim(moderator, case, now):
        case.claimed_by, case.claimed_at = moderator, now
        case.save(update_fields=["claimed_by", "claimed_at"])
    return case
