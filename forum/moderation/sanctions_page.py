"""A member's sanctions, for moderators: what is in force, and who may end it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import Verdict
from forum.moderation.models import Sanction
from forum.moderation.permissions import can_end_sanction

# Of running ones there are a few; of warnings, as many as a moderator reads.
MOST = 20


@dataclass(frozen=True, slots=True)
class InForce:
    sanction: Sanction
    can_end: Verdict


def in_force(user: Any, member: User, now: datetime | None = None) -> list[InForce]:
    """The newest first, warnings that are on record too; 1 query."""
    now = now or timezone.now()
    running = Q(until=None) | Q(until__gt=now)
    found = (
        Sanction.objects.filter(running, member=member, lifted_at=None)
        .select_related("decision__moderator", "decision__rule", "decision__log_entry")
        .order_by("-pk")
    )
    return [InForce(one, can_end_sanction(user, one, now)) for one in found[:MOST]]
