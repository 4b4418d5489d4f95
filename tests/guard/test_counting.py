"""A deed is counted for its account, its address and the site, in one statement."""

from datetime import UTC, datetime

import time_machine
from django.test import SimpleTestCase, TestCase, TransactionTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.guard.limits import Deed, Spent, count
from forum.guard.models import Limit, Tally
from forum.guard.usual import USUAL, Per, usual
from forum.guard.words import WORDS, again_words, span_words, spent_sentence
from tests.together import together

# The beginning of a span of any length that a limit has.
NOON = 1_767_225_600


def wren(level=0, address="192.0.2.7"):
    return Deed("post", "7", address, level)


def how_many(deed, tries, now=NOON):
    done = 0
    for _ in range(tries):
        try:
            count(deed, now=now)
            done += 1
        except Spent:
            pass
    return done


class CountTests(TestCase):
    def test_it_takes_one_query_however_many_it_counts_for(self):
        for deed in (wren(), Deed("post", "8"), Deed("mention", "8")):
            # With the savepoint that undoes it, and that savepoint's end.
            with self.subTest(deed=deed), self.assertNumQueries(3):
                count(deed, now=NOON)
        self.assertEqual(Tally.objects.count(), 6 - 1)

    def test_each_level_may_do_more_than_the_one_below(self):
        most = usual("post-account")
        for level in range(4):
            allowed = most.most_at(level)
            with self.subTest(level=level):
                done = how_many(Deed("post", f"m{level}", "", level), allowed + 2)
                self.assertEqual(done, allowed)
        self.assertLess(most.most_at(0), most.most_at(3))

    def test_a_level_that_the_table_says_nothing_of_may_as_much_as_the_one_below(self):
        Limit.objects.filter(name="post-account").update(
            most=2, most_member=None, most_regular=4, most_trusted=None
        )
        done = [how_many(Deed("post", f"m{level}", "", level), 6) for level in range(4)]
        self.assertEqual(done, [2, 2, 4, 4])

    def test_where_the_table_has_no_such_row_the_program_knows(self):
        Limit.objects.all().delete()
        self.assertEqual(how_many(wren(), 12), usual("post-account").most)

    def test_what_is_refused_is_counted_for_nobody(self):
        Limit.objects.filter(name="post-account").update(most=1)
        self.assertEqual(how_many(wren(), 5), 1)
        self.assertEqual(set(Tally.objects.values_list("count", flat=True)), {1})

    def test_one_address_with_many_accounts_is_stopped_and_others_are_not(self):
        Limit.objects.filter(name="post-address").update(most=3)
        done = [how_many(Deed("post", str(each), "192.0.2.7"), 1) for each in range(5)]
        self.assertEqual(done, [1, 1, 1, 0, 0])
        self.assertEqual(how_many(Deed("post", "9", "192.0.2.8"), 1), 1)

    def test_the_site_has_a_limit_of_its_own(self):
        Limit.objects.filter(name="post-site").update(most=2)
        done = [how_many(Deed("post", str(each), f"192.0.2.{each}"), 1) for each in range(4)]
        self.assertEqual(done, [1, 1, 0, 0])

    def test_it_begins_anew_with_the_next_span(self):
        how_many(wren(), 10)
        with self.assertRaises(Spent) as caught:
            count(wren(), now=NOON + 599)
        self.assertEqual(caught.exception.ends_in, 1)
        self.assertEqual(how_many(wren(), 1, now=NOON + 600), 1)

    def test_of_two_limits_that_are_reached_the_one_that_ends_last_is_told(self):
        Limit.objects.filter(name="post-account").update(most=1)
        Limit.objects.filter(name="post-address").update(most=1, seconds=3600)
        count(wren(), now=NOON)
        with self.assertRaises(Spent) as caught:
            count(wren(), now=NOON + 1)
        self.assertEqual((caught.exception.name, caught.exception.ends_in), ("post-address", 3599))

    def test_several_at_once_are_counted_as_several(self):
        deed = Deed("mention", "7")
        count(deed, times=19, now=NOON)
        with self.assertRaises(Spent):
            count(deed, times=2, now=NOON)
        count(deed, now=NOON)
        with self.assertRaises(Spent):
            count(Deed("mention", "8"), times=21, now=NOON)

    def test_no_address_and_no_name_is_kept(self):
        count(Deed("sign-in", "ruth@example.org", "192.0.2.7"), now=NOON)
        for subject in Tally.objects.values_list("subject", flat=True):
            self.assertRegex(subject, r"\A[0-9a-f]{32}\Z")


class WordsTests(SimpleTestCase):
    @time_machine.travel(datetime(2026, 1, 1, 14, 25, tzinfo=UTC))
    def test_a_limit_says_what_it_is_why_and_until_when(self):
        until = datetime(2026, 1, 1, 14, 31, 20, tzinfo=UTC)
        self.assertEqual(
            spent_sentence("post-account", 10, 600, until),
            "You have posted 10 times in 10 minutes, which is the limit. It keeps a few quick"
            " hands from filling a debate. You can post again at 14:32 UTC.",
        )
        tomorrow = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
        said = spent_sentence("sign-in-address", 1, 3600, tomorrow)
        self.assertIn("From your network somebody has tried to log in once in an hour", said)
        self.assertIn("again at 2 January 2026, 01:00 UTC.", said)

    def test_every_limit_has_its_words(self):
        self.assertEqual({each.kind for each in USUAL}, set(WORDS))
        for each in USUAL:
            said = spent_sentence(each.name, each.most, each.seconds, datetime.now(UTC))
            self.assertIn(f"{each.most:,} times in ", said)
            self.assertEqual(each.name, f"{each.kind}-{each.per}" if each.name != "api" else "api")

    def test_spans_are_told_in_their_greatest_unit(self):
        told = [span_words(each) for each in (45, 60, 600, 3600, 7200, 86_400, 90)]
        self.assertEqual(
            told, ["45 seconds", "a minute", "10 minutes", "an hour", "2 hours", "a day",
                   "90 seconds"],
        )  # fmt: skip

    @given(st.datetimes(min_value=datetime(2026, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    def test_nobody_is_told_a_moment_that_is_too_early(self, until):
        with time_machine.travel(until):
            hour, minute = map(int, again_words(until).removesuffix(" UTC")[-5:].split(":"))
        self.assertGreaterEqual((hour * 60 + minute - until.hour * 60 - until.minute) % 1440, 0)
        whole = until.replace(second=0, microsecond=0)
        self.assertEqual((minute - until.minute) % 60, 0 if until == whole else 1)


class BurstTests(TransactionTestCase):
    def test_sixteen_at_once_do_ten_times_too_much_and_no_more_than_may_be_is_done(self):
        Limit.objects.all().delete()
        limits = [("post-account", Per.ACCOUNT, 6), ("post-address", Per.ADDRESS, 9)]
        for name, _, most in limits:
            Limit.objects.create(name=name, most=most, seconds=600)

        def burst(account, address):
            return lambda: how_many(Deed("post", account, address), 6)

        # One account from sixteen addresses; then sixteen accounts from one address.
        done = together(*[burst("7", f"198.51.100.{place}") for place in range(16)])
        self.assertEqual(sum(done), 6)
        done = together(*[burst(f"m{place}", "192.0.2.7") for place in range(16)])
        self.assertEqual(sum(done), 9)
