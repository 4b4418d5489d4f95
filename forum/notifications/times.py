"""When a letter is due, by the clock on its reader's wall."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from forum.accounts.models import User
from forum.lib.prepared import Prepared
from forum.notifications.kinds import Way

# Digests come with breakfast, the weekly one on Mondays.
HOUR = time(7)
MONDAY = 0
# What is older is no news any more: it lies in the inbox, and no letter tells of it.
STALE_AFTER = timedelta(days=3)


_own_zones = Prepared(
    lambda members: User.objects.filter(pk__in=members).values_list("pk", "time_zone")
)


def zones_of(members: Collection[int]) -> dict[int, ZoneInfo]:
    """Each member's own where members have one, the site's otherwise."""
    site = ZoneInfo(settings.TIME_ZONE)
    own = dict(_own_zones(members=sorted(members))) if members else {}
    return {member: ZoneInfo(own[member]) if own.get(member) else site for member in members}


def digest_due(way: str, after: datetime, zone: ZoneInfo) -> datetime:
    """The next breakfast after a moment, or the next Monday's."""
    local = after.astimezone(zone)
    day = local.date()
    while True:
        due = datetime.combine(day, HOUR, tzinfo=zone)
        if due > after and (way == Way.DAILY or day.weekday() == MONDAY):
            return due
        day += timedelta(days=1)
