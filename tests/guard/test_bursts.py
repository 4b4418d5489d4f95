"""Sixteen at once do ten times what each limit of the table allows, and lie about who asks."""

from functools import partial

from django.test import RequestFactory, TransactionTestCase

from forum.guard.limits import Deed, Spent, count, take
from forum.guard.models import Limit, Tally
from forum.guard.usual import USUAL, Per
from forum.lib.client_address import client_address
from tests.together import together

NOON = 1_767_225_600
DAY = 86_400
AT_ONCE, TIMES = 16, 2
# So that in each burst the limit that is tried is the one that ends it.
MOST = {Per.ACCOUNT: 1, Per.ADDRESS: 2, Per.SITE: 3}
assert 10 * max(MOST.values()) <= AT_ONCE * TIMES


def asked_by(limit, place, time):
    """Whose deed it is: one account's, one address's, or everybody's; with forged headers."""
    remote = f"192.0.2.{place}" if limit.per == Per.SITE else "192.0.2.7"
    forged = {"X-Forwarded-For": f"198.51.100.{place}, 203.0.113.{time}", "X-Real-IP": "1.1.1.1"}
    request = RequestFactory().post("/", REMOTE_ADDR=remote, headers=forged)
    account = "wren" if limit.per == Per.ACCOUNT else f"m{place}-{time}"
    return Deed(limit.kind, account, client_address(request))


def try_once(limit, deed, now):
    if limit.kind == "api":
        return not take(limit.name, deed.address, now=now).is_spent
    try:
        count(deed, now=now)
    except Spent:
        return False
    return True


def try_all(place):
    """How often each limit let this one through. Each is tried on a day of its own."""
    done = {}
    for at, limit in enumerate(USUAL):
        deeds = [asked_by(limit, place, time) for time in range(TIMES)]
        done[limit.name] = sum(try_once(limit, deed, NOON + at * DAY) for deed in deeds)
    return done


class BurstTests(TransactionTestCase):
    def test_no_limit_of_the_table_lets_through_more_than_it_allows(self):
        Limit.objects.all().delete()
        for limit in USUAL:
            Limit.objects.create(name=limit.name, most=MOST[limit.per], seconds=limit.seconds)
        done = together(*[partial(try_all, place) for place in range(AT_ONCE)])
        for at, limit in enumerate(USUAL):
            with self.subTest(limit.name):
                through = sum(each[limit.name] for each in done)
                self.assertEqual(through, MOST[limit.per])
                since = NOON + at * DAY
                counted = Tally.objects.get(name=limit.name, since=since, count=through)
                self.assertEqual(counted.most, MOST[limit.per])
