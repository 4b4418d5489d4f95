"""Counts how often somebody does something, and says when it is too often.

Spans are fixed and begin at multiples of their length, for everybody alike: in the moments around
such a beginning somebody can do twice as much. What that costs is little, and a count is one
statement that needs no lock of ours on either database.
"""

import time
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.db import connection

from forum.guard.models import Limit, Tally

# What holds where the table has no row of that name: times, and in how many seconds.
USUAL = {"api": (120, 60)}

# A column of each row is named in full: "count" is also what the row was that is there already.
COUNT_ONE = """
    INSERT INTO guard_tally (name, subject, since, until, count) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (name, subject, since) DO UPDATE SET count = guard_tally.count + 1
    WHERE guard_tally.count < %s
    RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to somebody in this span. `is_spent`: this time was once too often."""

    most: int
    seconds: int
    left: int
    ends_in: int
    is_spent: bool = False


def limit_of(name: str) -> tuple[int, int]:
    """How many times, in how many seconds."""
    return Limit.objects.filter(name=name).values_list("most", "seconds").first() or USUAL[name]


def take(name: str, subject: str, *, now: float | None = None) -> Allowance:
    """Count one more under the limit of that name, as its row says; 2 queries."""
    most, seconds = limit_of(name)
    return take_of(name, subject, most=most, seconds=seconds, now=now)


def take_of(
    name: str, subject: str, *, most: int, seconds: int, now: float | None = None
) -> Allowance:
    """Count one more, where the caller knows how many there may be; 1 query.

    Of two who ask at the same moment each is counted. Whoever is past the limit changes nothing,
    so a flood of requests writes no more than the limit allows.
    """
    moment = int(time.time() if now is None else now)
    since = moment - moment % seconds
    until = since + seconds
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [name, _digest(subject), since, until, most])
        found = cursor.fetchone()
    if found is None:
        return Allowance(most, seconds, 0, until - moment, is_spent=True)
    return Allowance(most, seconds, most - found[0], until - moment)


def _digest(subject: str) -> str:
    """The same while the site's key is the same, and of no use without it."""
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    return blake2b(subject.encode(), key=key, digest_size=16).hexdigest()


def forget_old_tallies(*, now: float | None = None) -> int:
    """Drop the counts of spans that have ended; periodic work. Returns how many."""
    moment = int(time.time() if now is None else now)
    return Tally.objects.filter(until__lt=moment).delete()[0]
