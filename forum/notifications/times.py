"""When a letter is due, by the clock on its reader's wall."""

from datetime import datetime, time, timedelta, tzinfo

from forum.notifications.kinds import Way

# Digests come with breakfast, the weekly one on Mondays.
HOUR = time(7)
MONDAY = 0
# What is older is no news any more: it lies in the inbox, and no letter tells of it.
STALE_AFTER = timedelta(days=3)


def digest_due(way: str, after: datetime, zone: tzinfo) -> datetime:
    """The next breakfast after a moment, or the next Monday's."""
    local = after.astimezone(zone)
    day = local.date()
    while True:
        due = datetime.combine(day, HOUR, tzinfo=zone)
        if due > after and (way == Way.DAILY or day.weekday() == MONDAY):
            return due
        day += timedelta(days=1)
