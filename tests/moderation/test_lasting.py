"""Locks and slow modes last as long as was decided, say so, and end by themselves."""

from datetime import timedelta
from io import StringIO

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from forum.accounts.erasing import empty_person
from forum.lib.moments import minute_words
from forum.moderation import locking, log, slowing
from forum.moderation.models import LogEntry
from forum.moderation.running_out import end_due
from forum.posts import locking as posts_locking
from forum.posts.models import Post, Thread
from forum.posts.pace import branch_pace
from forum.waiting import waiting_for
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.kept import forget_what_is_kept
from tests.moderation.builders import rule

WHY = "Tempers are hot: come back to it rested."
HOUR = timedelta(hours=1)


class LastingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mags = make_moderator("mags", display_name="Mags Underhill")
        cls.wren = make_user("wren")
        cls.essay = make_essay()
        cls.top = make_comment(cls.essay)
        cls.claim = make_claim(cls.essay)
        cls.point = make_counterpoint(cls.claim)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])
        cls.reply = reverse("discussion:reply", args=[cls.top.pk])

    def setUp(self):
        self.until = (timezone.now() + HOUR).replace(second=0, microsecond=0)

    def client_of(self, user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client

    def read(self, url=None, user=None):
        return self.client_of(user).get(url or self.url)

    def thread(self):
        return Thread.objects.get(pk=self.top.thread_id)

    def terms(self, **changes):
        return {"moderator": self.mags, "rule": rule(2), "reason": WHY, **changes}

    def lock(self, thread=None, **changes):
        thread = thread or self.top.thread
        return locking.lock_thread(thread=thread, **self.terms(**{"until": self.until, **changes}))

    def slow(self, **changes):
        terms = self.terms(minutes=30, **{"until": self.until, **changes})
        return slowing.slow_thread(thread=self.top.thread, **terms)

    def slow_branch(self, top=None, **changes):
        terms = self.terms(minutes=30, **{"until": self.until, **changes})
        return slowing.slow_branch(top=top or self.top, **terms)

    def write(self, source="Rested."):
        return self.client_of(self.wren).post(self.reply, sent(source=source))

    def afterwards(self):
        return time_machine.travel(self.until, tick=False)

    def kinds(self):
        return list(LogEntry.objects.order_by("number").values_list("kind", flat=True))


class WritingAfterwardsTests(LastingCase):
    """From the very moment on, though no worker has come yet."""

    def test_a_locked_thread_takes_posts_again(self):
        self.lock()
        with time_machine.travel(self.until - timedelta(seconds=1), tick=False):
            refused = self.write()
            told = f"This thread is closed until {minute_words(self.until)}: {WHY}"
            self.assertContains(refused, told, status_code=403)
            self.assertContains(refused, "Rested.", status_code=403)
        with self.afterwards():
            self.assertNotContains(self.read(user=self.wren), "Locked")
            self.assertEqual(self.write().status_code, 302)

    def test_so_does_the_debate_of_a_claim_and_what_waits_there_is_told_again(self):
        author = self.claim.opening.author
        self.lock(self.claim.thread)
        self.assertFalse(waiting_for(author).exists())
        page = self.read(self.claim.get_absolute_url(), self.wren)
        self.assertContains(page, "This debate is closed")
        with self.afterwards():
            self.assertTrue(waiting_for(author).exists())
            page = self.read(self.claim.get_absolute_url(), self.wren)
            self.assertNotContains(page, "This debate is closed")
            self.assertContains(page, "Post the counterpoint")

    def test_nobody_waits_any_more_in_a_thread_that_was_slow(self):
        for slow in (self.slow, self.slow_branch):
            with self.subTest(slow.__name__):
                slow()
                with time_machine.travel(self.until - timedelta(seconds=1), tick=False):
                    self.write()
                    self.assertContains(self.write(), "is slowed down", status_code=403)
                with self.afterwards():
                    self.assertNotContains(self.read(user=self.wren), "slowed down")
                    self.assertEqual(self.write().status_code, 302)
                Post.objects.filter(author=self.wren).delete()

    def test_moderators_are_offered_the_lock_again_and_not_to_open_it(self):
        self.lock()
        lock, unlock = (
            reverse(f"moderation:{way}", args=[self.top.thread_id]) for way in ("lock", "unlock")
        )
        self.assertContains(self.read(user=self.mags), unlock)
        with self.afterwards():
            self.assertContains(self.read(user=self.mags), lock)
            self.assertEqual(self.read(unlock, self.mags).status_code, 403)

    def test_a_branch_that_is_over_makes_room_for_another(self):
        tops = [make_comment(self.essay) for _ in range(5)]
        for top in tops:
            self.slow_branch(top)
        with self.afterwards():
            self.slow_branch(until=None)
            self.assertIsNone(branch_pace(self.thread(), tops[0].pk))
            self.assertEqual(self.kinds(), ["slow"] * 5 + ["lapse"] * 5 + ["slow"])


class EndingTests(LastingCase):
    def test_it_ends_once_and_the_log_says_so_by_its_first_entry(self):
        for begin in (self.lock, self.slow, self.slow_branch):
            with self.subTest(begin.__name__):
                entry = begin()
                self.assertEqual(end_due(), 0)
                with self.afterwards():
                    self.assertEqual((end_due(), end_due()), (1, 0))
                ended = LogEntry.objects.first()
                self.assertEqual(
                    (ended.kind, ended.about_number, ended.until, ended.moderator_name),
                    ("lapse", entry.number, self.until, ""),
                )
                self.assertEqual(
                    (ended.subject, ended.subject_url, ended.rule_number),
                    (entry.subject, entry.subject_url, 2),
                )
                self.assertIsNone(log.first_broken())
                thread = self.thread()
                kept = (
                    thread.locked_at, thread.locked_until, thread.lock_grounds, thread.slow_minutes,
                    thread.slow_until, thread.slow_grounds, thread.slow_branches,
                )  # fmt: skip
                self.assertEqual(set(kept), {None})

    def test_all_that_is_over_in_a_thread_ends_at_once_and_nothing_else(self):
        other = make_comment(self.essay)
        self.slow()
        self.slow_branch()
        self.slow_branch(other, until=None)
        self.lock()
        with self.afterwards():
            self.assertEqual(end_due(), 1)
        self.assertEqual(self.kinds()[4:], ["lapse"] * 3)
        thread = self.thread()
        self.assertFalse(thread.is_locked or thread.is_slow)
        self.assertEqual(list(thread.slow_branches), [str(other.pk)])

    def test_what_has_no_end_stays(self):
        self.lock(until=None)
        with time_machine.travel(timezone.now() + timedelta(days=999), tick=False):
            self.assertEqual(end_due(), 0)
            self.assertTrue(self.thread().is_locked)

    def test_pages_that_are_kept_for_visitors_are_made_anew(self):
        self.lock()
        self.lock(self.claim.thread)
        pages = {self.url: "Locked", self.claim.get_absolute_url(): "This debate is closed"}
        for url, words in pages.items():
            self.assertContains(self.read(url), words)
            self.assertContains(self.read(url), words)
        with self.afterwards():
            end_due()
            for url, words in pages.items():
                self.assertNotContains(self.read(url), words)

    def test_a_task_comes_at_that_moment(self):
        for begin in (self.slow_branch, self.slow, self.lock):
            with self.subTest(begin.__name__):
                DBTaskResult.objects.all().delete()
                begin()
                self.assertEqual(DBTaskResult.objects.get().run_after, self.until)

    def test_without_a_worker_tidy_does_it(self):
        self.lock()
        with self.afterwards():
            out = StringIO()
            call_command("tidy", stdout=out)
            self.assertIn("Ended what had run out in one thread.", out.getvalue())
        self.assertIsNone(self.thread().locked_at)

    def test_a_lock_after_one_that_ran_out_is_a_new_one(self):
        self.lock()
        with self.afterwards():
            self.lock(until=None)
        self.assertEqual(self.kinds(), ["lock", "lapse", "lock"])
        self.assertIsNone(self.thread().locked_until)


class BannerTests(LastingCase):
    def banner(self, entry, span):
        return (
            f"By Mags Underhill, under rule 2, “{rule(2).title}”. {span}",
            f'href="{entry.get_absolute_url().replace("&", "&amp;")}"',
            WHY,
        )

    def assert_told(self, entry, span, url=None):
        for user in (None, self.wren):
            page = self.read(url, user)
            for words in self.banner(entry, span):
                self.assertContains(page, words)

    def span(self, entry):
        return f"From {minute_words(entry.at)} until {minute_words(self.until)}."

    def test_each_says_by_whom_under_which_rule_from_when_until_when_and_where_the_log_is(self):
        for begin in (self.slow_branch, self.slow, self.lock):
            with self.subTest(begin.__name__):
                entry = begin()
                self.assert_told(entry, self.span(entry))

    def test_so_does_a_claims(self):
        entry = self.lock(self.claim.thread)
        self.assert_told(entry, self.span(entry), self.claim.get_absolute_url())

    def test_without_an_end_it_says_who_ends_it(self):
        entry = self.slow(until=None)
        span = f"Since {minute_words(entry.at)}, until a moderator ends it."
        self.assert_told(entry, span)

    def test_one_from_before_that_was_kept_says_what_is_known_of_it(self):
        posts_locking.lock(thread=self.claim.thread, reason=WHY)
        since = Thread.objects.get(pk=self.claim.pk).locked_at
        page = self.read(self.claim.get_absolute_url())
        span = f"Since {minute_words(since)}, until a moderator ends it."
        self.assertContains(page, span)
        self.assertNotContains(page, "By Mags")
        self.assertNotContains(page, "In the log")
        Thread.objects.filter(pk=self.top.thread_id).update(
            slow_minutes=5, slow_reason=WHY, slow_branches={str(self.top.pk): [30, WHY]}
        )
        page = self.read()
        for words in ("This thread is slowed down: five", "A branch is slowed down: 30"):
            self.assertContains(page, words)
        self.assertNotContains(page, "Since ")

    def test_it_stands_in_place_of_the_reply_form(self):
        self.lock()
        for user in (None, self.wren):
            page = self.read(user=user)
            self.assertContains(page, f"closed until {minute_words(self.until)}: {WHY}")
            self.assertContains(page, 'id="reply"', count=1)
            self.assertNotContains(page, "Add to the discussion")

    def test_it_names_whoever_acted_as_the_log_does_when_their_account_is_gone(self):
        entry = self.lock()
        self.mags.is_moderator = False
        self.mags.save()
        empty_person(member=self.mags, now=timezone.now())
        self.assert_told(entry, self.span(entry))
        self.assertContains(self.read(reverse("moderation:log")), "Mags Underhill")

    def test_it_is_said_in_the_language_of_the_reader_and_the_reason_as_written(self):
        self.slow()
        page = self.client_of().get(self.url, headers={"accept-language": "de"})
        self.assertContains(page, "Von Mags Underhill, nach Regel 2, ")
        self.assertContains(page, "bis zum")
        self.assertContains(page, WHY)

    def test_it_costs_no_reader_a_query(self):
        urls = (self.url, self.claim.get_absolute_url(), self.essay.get_absolute_url())
        readers = [(user, url) for user in (None, self.wren) for url in urls]
        before = [self.cost(*reader) for reader in readers]
        for thread in (self.top.thread, self.claim.thread):
            self.lock(thread)
        for reader, cost in zip(readers, before, strict=True):
            with self.subTest(reader):
                self.assertLessEqual(self.cost(*reader), cost)

    def cost(self, user, url):
        client = self.client_of(user)
        forget_what_is_kept()
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    def test_a_slow_one_costs_whoever_has_written_nothing_one_to_look_for_what_they_wrote(self):
        for url in (self.url, self.essay.get_absolute_url()):
            before = [self.cost(user, url) for user in (None, self.wren)]
            self.slow()
            self.slow_branch()
            visitor, member = (self.cost(user, url) for user in (None, self.wren))
            self.assertEqual([visitor, member - 1], before)
            slowing.unslow_thread(thread=self.top.thread, **self.terms())


class LogPageTests(LastingCase):
    def test_the_line_says_until_when_and_afterwards_that_it_ran_out(self):
        self.lock()
        page = self.read(reverse("moderation:log"))
        self.assertContains(page, '<h3 class="relname">Locked</h3>')
        self.assertContains(page, "<b>until ")
        with self.afterwards():
            end_due()
        page = self.read(reverse("moderation:log"))
        self.assertContains(page, "Its time was over.")
        self.assertContains(page, 'Ran out: <a href="/moderation/log/?upto=2#decision-2">No. 2</a>')
        self.assertContains(
            page, 'What <a href="/moderation/log/?upto=1#decision-1">No. 1</a> began'
        )

    def test_what_has_no_end_is_hashed_as_it_always_was(self):
        entry = self.lock(until=None)
        self.assertNotIn("until", entry.public())
