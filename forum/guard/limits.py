"""Counts how often somebody does something, and says when it is too often.

Spans are fixed and begin at multiples of their length, for everybody alike: in the moments around
such a beginning somebody can do twice as much. What that costs is little, and a count is one
statement that needs no lock of ours on either database.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from django.conf import settings
from django.db import connection

from forum.guard.models import Limit, Tally
from forum.guard.usual import Per, Usual, of_kind, usual
from forum.guard.words import spent_sentence
from forum.lib.transactions import joined
from forum.lib.verdict import Refused

# A column of each row is named in full: "count" is also what the row was that is there already.
COUNT_ONE = """
    INSERT INTO guard_tally (name, subject, since, until, most, count)
    VALUES (%s, %s, %s, %s, %s, 1)
    ON CONFLICT (name, subject, since) DO UPDATE SET count = guard_tally.count + 1
    WHERE guard_tally.count < %s
    RETURNING count
"""

# What somebody asks to be counted under, beside what the table says of each limit; the program's
# own values, `most` by `most`, where it has no such row. What is past its limit is counted, too:
# whoever asks undoes it all.
ASKED_FIRST = (
    "SELECT CAST(%s AS varchar(40)) AS name, CAST(%s AS varchar(64)) AS subject,"
    " CAST(%s AS integer) AS most, CAST(%s AS integer) AS seconds, CAST(%s AS integer) AS place"
)
ASKED_NEXT = " UNION ALL SELECT %s, %s, %s, %s, %s"
COUNT_ALL = """
    INSERT INTO guard_tally (name, subject, since, until, most, count)
    SELECT name, subject, now - now %% seconds, now - now %% seconds + seconds, most, %s
    FROM (
        SELECT asked.name, asked.subject, asked.place, CAST(%s AS bigint) AS now,
            COALESCE({most}, asked.most) AS most,
            COALESCE(guard_limit.seconds, asked.seconds) AS seconds
        FROM ({asked}) asked LEFT JOIN guard_limit ON guard_limit.name = asked.name
    ) counted
    WHERE true
    ORDER BY place
    ON CONFLICT (name, subject, since) DO UPDATE
        SET count = guard_tally.count + excluded.count, most = excluded.most
    RETURNING name, count, most, since, until
"""
# By trust level, the lowest first: who may do more says nothing where it is as much as below.
MOST_COLUMNS = ("most", "most_member", "most_regular", "most_trusted")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to somebody in this span. `is_spent`: this time was once too often."""

    most: int
    seconds: int
    left: int
    ends_in: int
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is counted: what it is, who does it as far as is known, how far they are
    trusted. `account` is a member's number, or the name that a stranger gives."""

    kind: str
    account: str = ""
    address: str = ""
    level: int = 0

    def subjects(self) -> list[tuple[Usual, str]]:
        """In the same order for everybody, so that of two none waits for the other."""
        told = {Per.ACCOUNT: self.account, Per.ADDRESS: self.address, Per.SITE: "site"}
        return [(each, told[each.per]) for each in of_kind(self.kind) if told[each.per]]


class Spent(Refused):
    """A limit is reached. The sentence says which, why there is one, and when it ends."""

    def __init__(self, name: str, most: int, seconds: int, until: int, now: int) -> None:
        self.name = name
        self.ends_in = max(until - now, 1)
        self.until = datetime.fromtimestamp(until, UTC)
        super().__init__(spent_sentence(name, most, seconds, self.until))


def limit_of(name: str) -> tuple[int, int]:
    """How many times, in how many seconds."""
    found = Limit.objects.filter(name=name).values_list("most", "seconds").first()
    return found or (usual(name).most, usual(name).seconds)


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
    moment = _moment(now)
    since = moment - moment % seconds
    until = since + seconds
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [name, _digest(subject), since, until, most, most])
        found = cursor.fetchone()
    if found is None:
        return Allowance(most, seconds, 0, until - moment, is_spent=True)
    return Allowance(most, seconds, most - found[0], until - moment)


@joined
def count(deed: Deed, *, times: int = 1, now: float | None = None) -> None:
    """Count a deed under every limit of its kind: for the account, the address and the site; 1
    query. Raises `Spent` where it is once too often, and then nothing of it counts.

    Where it is part of a change it comes last: until that is done, it holds up whoever is counted
    under the same limit, and of the whole site that is everybody.
    """
    subjects = deed.subjects()
    if not subjects:
        return
    moment = _moment(now)
    asked = ASKED_FIRST + ASKED_NEXT * (len(subjects) - 1)
    said: list[str | int] = [times, moment]
    for place, (each, subject) in enumerate(subjects):
        said += [each.name, _digest(subject), each.most_at(deed.level), each.seconds, place]
    columns = [f"guard_limit.{name}" for name in MOST_COLUMNS[: deed.level + 1]]
    most = columns[0] if len(columns) == 1 else f"COALESCE({', '.join(reversed(columns))})"
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ALL.format(most=most, asked=asked), said)
        _ensure_left(cursor.fetchall(), moment)


def _ensure_left(rows: Sequence[tuple[str, int, int, int, int]], moment: int) -> None:
    """Of several limits that are reached, the one that ends last decides."""
    spent = [row for row in rows if row[1] > row[2]]
    if spent:
        name, _, most, since, until = max(spent, key=lambda row: row[4])
        raise Spent(name, most, until - since, until, moment)


def _moment(now: float | None) -> int:
    return int(time.time() if now is None else now)


def _digest(subject: str) -> str:
    """The same while the site's key is the same, and of no use without it."""
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    return blake2b(subject.encode(), key=key, digest_size=16).hexdigest()


def forget_old_tallies(*, now: float | None = None) -> int:
    """Drop the counts of spans that have ended; periodic work. Returns how many."""
    return Tally.objects.filter(until__lt=_moment(now)).delete()[0]
