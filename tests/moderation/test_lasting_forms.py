"""Whoever locks a thread or slows it down is asked for how long; whoever ends it is not."""

from datetime import timedelta

import time_machine
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.lib.moments import minute_words
from forum.lib.verdict import Refused
from forum.moderation import locking, slowing
from forum.moderation.branch_acts import branch_acts
from forum.moderation.models import LogEntry
from forum.posts.models import Post, Thread
from forum.posts.pace import branch_pace
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import decide, make_case, rule

WHY = "Tempers are hot: come back to it rested."
NOW = timezone.now().replace(second=0, microsecond=0)
LASTS = {
    "": None,
    "1": timedelta(hours=1),
    "8": timedelta(hours=8),
    "24": timedelta(days=1),
    "72": timedelta(days=3),
    "168": timedelta(days=7),
    "720": timedelta(days=30),
}


class FormCase(TestCase):
    BEGIN = ("slow", "slow-branch", "lock")
    END = ("unslow", "unslow-branch", "unlock")

    @classmethod
    def setUpTestData(cls):
        cls.mags, cls.wren = make_moderator("mags"), make_user("wren")
        cls.top = make_comment()
        cls.below = make_comment(parent=cls.top)

    def url(self, way):
        what = self.top.pk if way.endswith("branch") else self.top.thread_id
        return reverse(f"moderation:{way}", args=[what])

    def client_of(self, user=None):
        client = Client()
        client.force_login(user or self.mags)
        return client

    def send(self, way, user=None, **said):
        values = {"minutes": 30, "rule": rule().pk, "reason": WHY, **said}
        return self.client_of(user).post(self.url(way), sent(**values))

    def thread(self):
        return Thread.objects.get(pk=self.top.thread_id)

    def ends(self):
        thread = self.thread()
        pace = branch_pace(thread, self.top.pk)
        return {
            "lock": thread.locked_until,
            "slow": thread.slow_until,
            "slow-branch": pace.ends_at if pace else None,
        }


class HowLongTests(FormCase):
    def test_each_answer_is_that_long_on_the_whole_minute(self):
        for way in ("slow-branch", "slow", "lock"):
            for lasts, long in LASTS.items():
                with (
                    self.subTest(way=way, lasts=lasts),
                    time_machine.travel(NOW + timedelta(seconds=1), tick=False),
                ):
                    self.assertEqual(self.send(way, lasts=lasts).status_code, 302)
                    ends = NOW + timedelta(minutes=1) + long if long else None
                    self.assertEqual(self.ends()[way], ends)
                    self.assertEqual(LogEntry.objects.first().until, ends)
                if way == "lock":
                    self.send("unlock")

    def test_every_answer_is_offered_and_first_that_it_has_no_end(self):
        for way in ("slow-branch", "slow", "lock"):
            page = self.client_of().get(self.url(way))
            offered = page.context["form"].fields["lasts"].choices
            self.assertEqual([value for value, _ in offered], list(LASTS))
            self.assertContains(page, "For how long")

    def test_another_answer_is_refused_by_its_field_and_nothing_typed_is_lost(self):
        for way in ("slow-branch", "slow", "lock"):
            page = self.send(way, lasts="999")
            self.assertContains(page, "Choose for how long.", status_code=422)
            self.assertContains(page, WHY, status_code=422)
        self.assertEqual(set(self.ends().values()), {None})

    def test_whoever_changes_what_is_slow_may_leave_its_end_as_it_is(self):
        for way in ("slow-branch", "slow"):
            with self.subTest(way):
                self.send(way, lasts="8")
                ends = self.ends()[way]
                page = self.client_of().get(self.url(way))
                so_far = f'<option value="so-far" selected>As it is: until {minute_words(ends)}'
                self.assertContains(page, so_far)
                self.send(way, lasts="so-far", minutes=45)
                self.assertEqual(self.ends()[way], ends)
                self.send(way, lasts="")
                self.assertIsNone(self.ends()[way])

    def test_an_end_that_is_past_meanwhile_cannot_be_left(self):
        self.send("slow", lasts="1")
        with time_machine.travel(self.ends()["slow"], tick=False):
            page = self.send("slow", lasts="so-far")
            self.assertContains(page, "Choose for how long.", status_code=422)

    def test_to_end_it_takes_a_rule_and_a_reason_only(self):
        for begin, end in zip(self.BEGIN, self.END, strict=True):
            with self.subTest(end):
                self.send(begin, lasts="8")
                page = self.client_of().get(self.url(end))
                self.assertEqual(list(page.context["form"].fields), ["form_key", "rule", "reason"])
                self.assertContains(page, "Everybody can read it in the log.")
                self.send(end)
                self.assertEqual(LogEntry.objects.first().kind, end.removesuffix("-branch"))
        self.assertEqual(set(self.ends().values()), {None})

    def test_a_lock_is_opened_before_it_is_given_another_end(self):
        self.send("lock", lasts="1")
        page = self.client_of().get(self.url("lock"))
        self.assertContains(page, "Open it first", status_code=403)

    def test_a_lock_that_comes_with_a_decision_waits_for_a_moderator(self):
        decide(make_case(self.top), "keep", lock=True)
        self.assertTrue(self.thread().is_locked)
        self.assertIsNone(self.thread().locked_until)


class WhoMayTests(FormCase):
    def begin_all(self):
        for way in self.BEGIN:
            self.send(way)

    def test_nobody_but_moderators_is_shown_a_form_nor_told_what_is_wrong_with_theirs(self):
        for ways in (self.BEGIN, self.END):
            for way in ways:
                with self.subTest(way):
                    for answer in (
                        self.client_of(self.wren).get(self.url(way)),
                        self.send(way, self.wren, reason="No"),
                        self.send(way, self.wren),
                    ):
                        self.assertContains(answer, "Only moderators", status_code=403)
            self.begin_all()

    def test_a_moderator_is_shown_no_form_that_would_be_refused(self):
        for way, why in (
            ("unslow", "is not slowed down"), ("unslow-branch", "is not slowed down"),
            ("unlock", "is not locked"),
        ):  # fmt: skip
            for answer in (self.client_of().get(self.url(way)), self.send(way)):
                self.assertContains(answer, why, status_code=403)
        self.begin_all()
        for way, why in (("slow", "nobody writes in it"), ("slow-branch", "nobody writes in it"),
                         ("lock", "locked already")):  # fmt: skip
            for answer in (self.client_of().get(self.url(way)), self.send(way)):
                self.assertContains(answer, why, status_code=403)

    def test_the_actions_themselves_refuse_whoever_is_no_moderator(self):
        terms = {"moderator": self.wren, "rule": rule(), "reason": WHY}
        thread, top = {"thread": self.top.thread}, {"top": self.top}
        for ways in (
            (
                lambda: slowing.slow_thread(minutes=5, **thread, **terms),
                lambda: slowing.slow_branch(minutes=5, **top, **terms),
                lambda: locking.lock_thread(**thread, **terms),
            ),
            (
                lambda: slowing.unslow_thread(**thread, **terms),
                lambda: slowing.unslow_branch(**top, **terms),
                lambda: locking.unlock_thread(**thread, **terms),
            ),
        ):
            for act in ways:
                with self.assertRaisesMessage(Refused, "Only moderators"):
                    act()
            self.begin_all()


class BranchActsTests(FormCase):
    """What is offered is what is allowed, in a locked thread too."""

    def offered(self, user=None, post=None):
        post = Post.objects.select_related("thread__essay").get(pk=(post or self.below).pk)
        acts = branch_acts(user or self.mags, post)
        return {way for way in ("slow", "unslow") if acts[f"{way}_url"]}

    def test_a_branch_is_slowed_or_slowed_no_more(self):
        self.assertEqual(self.offered(), {"slow"})
        self.send("slow-branch")
        self.assertEqual(self.offered(), {"unslow"})
        self.assertEqual(self.offered(self.wren), set())

    def test_where_the_thread_is_locked_it_can_only_be_slowed_no_more(self):
        self.send("slow-branch")
        self.send("lock")
        self.assertEqual(self.offered(), {"unslow"})
        self.assertEqual(self.client_of().get(self.url("unslow-branch")).status_code, 200)
        self.send("unslow-branch")
        self.assertEqual(self.offered(), set())

    def test_one_that_ran_out_can_be_slowed_again(self):
        self.send("slow-branch", lasts="1")
        with time_machine.travel(self.ends()["slow-branch"], tick=False):
            self.assertEqual(self.offered(), {"slow"})
