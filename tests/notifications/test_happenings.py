from datetime import timedelta
from unittest import mock

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.accounts.models import User
from forum.notifications import happenings
from forum.notifications.actions import Matter
from forum.notifications.choosing import choose
from forum.notifications.following import set_following
from forum.notifications.happenings import (
    Audience,
    announce,
    call_off,
    notify_later,
    tell_due,
)
from forum.notifications.models import Happening, Notice
from tests.factories import make_user

CLAIM = Audience("claim", 7, "counterpoint")
MEMBER = Audience("member", 10**6, "member")


def all_readable(urls):
    return set(urls)


def nothing_readable(_urls):
    return set()


def matter(sentence="rebuts claim 7.", **said):
    return Matter(sentence=sentence, **{"url": "/posts/1/"} | said)


def follow(member, kind="claim", thing=7):
    set_following(member=member, kind=kind, thing=thing, follows=True)


@override_settings(NEWS_READABLE=f"{__name__}.all_readable")
class AnnounceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias, cls.mara = make_user("ruth"), make_user("tobias"), make_user("mara")

    def announce(self, *audiences, **said):
        announce(**{"matter": matter(), "audiences": audiences or [CLAIM]} | said)

    def told(self):
        rows = Notice.objects.order_by("recipient_id").values_list("recipient__username", "kind")
        return list(rows)

    def test_followers_are_told_by_the_worker_and_counted(self):
        follow(self.ruth)
        self.announce(actor=self.tobias)
        self.assertEqual(self.told(), [])
        self.assertEqual(tell_due(), 1)
        self.assertEqual(self.told(), [("ruth", "counterpoint")])
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.unread_notices, 1)
        self.assertEqual(tell_due(), 0)
        self.assertEqual(len(self.told()), 1)

    def test_each_is_told_in_their_own_language_or_else_in_the_site_s(self):
        for member, language in ((self.ruth, "de"), (self.tobias, ""), (self.mara, "xx")):
            User.objects.filter(pk=member.pk).update(language=language)
            follow(member)
        self.announce(matter=matter({"en-gb": "rebuts claim 7.", "de": "widerspricht 7. " * 30}))
        tell_due()
        said = dict(Notice.objects.values_list("recipient__username", "sentence"))
        self.assertEqual(said["tobias"], "rebuts claim 7.")
        self.assertEqual(said["mara"], "rebuts claim 7.")
        self.assertTrue(said["ruth"].startswith("widerspricht 7."))
        self.assertEqual(len(said["ruth"]), 300)

    def test_nothing_is_stored_where_nobody_follows(self):
        follow(self.ruth, thing=8)
        follow(self.tobias)
        self.announce(actor=self.tobias)
        self.assertFalse(Happening.objects.exists())

    def test_it_is_put_into_words_where_somebody_follows_and_only_there(self):
        worded = []

        def make():
            worded.append(True)
            return matter("says something.")

        self.announce(matter=make)
        self.assertFalse(worded)
        follow(self.ruth)
        self.announce(matter=make)
        tell_due()
        self.assertEqual(len(worded), 1)
        self.assertEqual(Notice.objects.get().sentence, "says something.")

    def test_neither_its_author_nor_who_knows_already_is_told(self):
        for member in (self.ruth, self.tobias, self.mara):
            follow(member)
        self.announce(actor=self.tobias, told=[self.mara.pk])
        tell_due()
        self.assertEqual(self.told(), [("ruth", "counterpoint")])

    def test_whoever_follows_it_twice_is_told_once(self):
        follow(self.ruth)
        follow(self.ruth, "member", MEMBER.thing)
        follow(self.mara, "member", MEMBER.thing)
        self.announce(CLAIM, MEMBER)
        tell_due()
        self.assertEqual(self.told(), [("ruth", "counterpoint"), ("mara", "member")])

    def test_the_first_that_they_want_to_hear_of_counts(self):
        follow(self.ruth)
        follow(self.ruth, "member", MEMBER.thing)
        off = {"counterpoint": "off"}
        choose(member=self.ruth, ways=off, follows_own=True, wants_letters=True)
        self.announce(CLAIM, MEMBER)
        tell_due()
        self.assertEqual(self.told(), [("ruth", "member")])

    def test_who_left_or_let_go_in_between_is_not_told(self):
        follow(self.ruth)
        follow(self.mara)
        self.announce()
        self.ruth.is_active = False
        self.ruth.save()
        set_following(member=self.mara, kind="claim", thing=7, follows=False)
        tell_due()
        self.assertEqual(self.told(), [])

    def test_what_was_hidden_in_between_is_told_to_nobody(self):
        follow(self.ruth)
        self.announce()
        with override_settings(NEWS_READABLE=f"{__name__}.nothing_readable"):
            self.assertEqual(tell_due(), 0)
        self.assertEqual(tell_due(), 0)
        self.assertEqual(self.told(), [])

    def test_many_followers_are_told_some_at_a_time_and_each_once(self):
        members = [make_user() for _ in range(11)]
        for member in members:
            follow(member)
            follow(member, "member", MEMBER.thing)
        self.announce(CLAIM, MEMBER)
        # Two rows a member: a batch ends within one of them.
        with mock.patch.object(happenings, "BATCH", 5):
            tell_due()
        self.assertEqual(Notice.objects.count(), 11)
        self.assertEqual(Notice.objects.values("recipient").distinct().count(), 11)

    def test_after_a_crash_it_goes_on_where_it_stopped(self):
        for _ in range(5):
            follow(make_user())
        self.announce()
        happening = Happening.objects.get()
        with mock.patch.object(happenings, "BATCH", 3):
            happenings._tell_some(happening.pk, timezone.now())
        self.assertEqual(Notice.objects.count(), 2)
        tell_due()
        self.assertEqual(Notice.objects.count(), 5)

    def test_to_write_costs_the_same_however_many_follow(self):
        counts = []
        for more in (1, 40):
            for _ in range(more):
                follow(make_user())
            with CaptureQueriesContext(connection) as queries:
                self.announce(actor=self.tobias)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])

    def test_one_that_cannot_be_told_keeps_the_others_back_no_longer_than_it_must(self):
        follow(self.ruth)
        for _ in range(2):
            self.announce()
        first = Happening.objects.order_by("pk").first()
        Happening.objects.filter(pk=first.pk).update(kind="x", audiences=[["claim", 7, "x"]])
        with self.assertLogs("forum.notifications.happenings", "ERROR"):
            self.assertEqual(tell_due(), 1)
        first.refresh_from_db()
        self.assertGreater(first.due_at, timezone.now())


@override_settings(NEWS_READABLE=f"{__name__}.all_readable")
class LaterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth")

    def setUp(self):
        self.now = timezone.now()

    def later(self, **said):
        notify_later(
            recipient=self.ruth, kind="decided", matter=matter(**said), key="decision:1",
            not_before=self.now + timedelta(minutes=10), now=self.now,
        )  # fmt: skip

    def test_one_member_is_told_when_the_time_has_come(self):
        self.later()
        tell_due(now=self.now + timedelta(minutes=9))
        self.assertFalse(Notice.objects.exists())
        tell_due(now=self.now + timedelta(minutes=10))
        self.assertEqual(Notice.objects.get().kind, "decided")

    def test_until_then_it_can_be_called_off(self):
        self.later()
        self.assertTrue(call_off(key="decision:1"))
        tell_due(now=self.now + timedelta(hours=1))
        self.assertFalse(Notice.objects.exists())

    def test_afterwards_it_is_too_late(self):
        self.later()
        tell_due(now=self.now + timedelta(minutes=10))
        self.assertFalse(call_off(key="decision:1"))
        self.assertEqual(Notice.objects.count(), 1)

    def test_the_last_word_of_a_key_counts_while_it_waits(self):
        self.later(sentence="was hidden.")
        self.later(sentence="was removed.")
        tell_due(now=self.now + timedelta(hours=1))
        self.assertEqual(Notice.objects.get().sentence, "was removed.")
        self.later(sentence="was hidden after all.")
        tell_due(now=self.now + timedelta(hours=1))
        self.assertEqual(Notice.objects.count(), 1)

    def stands(self, was, label):
        announce(
            matter=matter(sign=label), audiences=[CLAIM], key="standing:7", was=was, now=self.now,
            not_before=self.now + timedelta(minutes=10),
        )  # fmt: skip

    def test_what_is_undone_before_it_is_told_was_nothing(self):
        follow(self.ruth)
        self.stands("unchallenged", "unanswered")
        self.stands("unanswered", "unchallenged")
        tell_due(now=self.now + timedelta(hours=1))
        self.assertFalse(Notice.objects.exists())

    def test_what_changes_again_after_it_was_told_is_told_again(self):
        follow(self.ruth)
        for was, label in (("unchallenged", "unanswered"), ("unanswered", "stands")):
            self.stands(was, label)
            tell_due(now=self.now + timedelta(hours=1))
        self.assertEqual(
            list(Notice.objects.order_by("pk").values_list("sign", flat=True)),
            ["unanswered", "stands"],
        )
