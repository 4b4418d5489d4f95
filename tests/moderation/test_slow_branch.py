"""A heated branch is slowed down: readers see it and why, members wait in it and nowhere else."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import Claim, Counterpoint
from forum.lib.verdict import Refused
from forum.moderation import slowing
from forum.moderation.models import LogEntry
from forum.moderation.permissions import MOST_SLOW_BRANCHES
from forum.posts import actions as posts
from forum.posts.models import Post, Thread
from forum.posts.moving_branches import move_back, move_branch
from forum.posts.pace import branch_pace, branch_paces, set_pace
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.moderation.builders import rule

WHY = "Tempers are hot here: take a breath between two posts."


@contextmanager
def atomic_and_back():
    """For one of several cases: the next one begins as this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class SlowBranchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mags, cls.wren = make_moderator("mags"), make_user("wren")
        cls.essay = make_essay()
        cls.top = make_comment(cls.essay)
        cls.below = make_comment(cls.essay, parent=cls.top)
        cls.beside = make_comment(cls.essay)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def client_of(self, user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client

    def slow(self, top=None, minutes=30):
        return slowing.slow_branch(
            moderator=self.mags, top=top or self.top, minutes=minutes, rule=rule(), reason=WHY
        )

    def send(self, way, user=None, **said):
        url = reverse(f"moderation:{way}-branch", args=[self.top.pk])
        values = {"minutes": 30, "rule": rule().pk, "reason": WHY}
        return self.client_of(user or self.mags).post(url, sent(**values | said))

    def write(self, to, user=None):
        url = reverse("discussion:reply", args=[to.pk])
        return self.client_of(user or self.wren).post(url, sent(source="Too hot."))

    def test_every_reader_sees_it_and_why_at_once(self):
        self.client_of().get(self.url)
        answer = self.send("slow")
        self.assertRedirects(
            answer, self.top.get_absolute_url(), fetch_redirect_response=False
        )  # fmt: skip
        for user in (None, self.wren):
            page = self.client_of(user).get(self.url)
            self.assertContains(page, "A branch is slowed down: 30 minutes between two posts")
            self.assertContains(page, WHY)
            self.assertContains(page, f'href="{self.top.get_absolute_url()}"')

    def test_it_is_offered_only_where_the_top_can_be_read(self):
        url = reverse("moderation:report", args=[self.below.pk])
        slow = reverse("moderation:slow-branch", args=[self.top.pk])
        self.assertContains(self.client_of(self.mags).get(url), slow)
        posts.set_status(post=self.top, status="hidden")
        self.assertNotContains(self.client_of(self.mags).get(url), slow)

    def test_members_wait_in_it_at_any_depth_and_keep_their_words(self):
        self.slow()
        self.assertEqual(self.write(self.top).status_code, 302)
        page = self.write(self.below)
        self.assertContains(page, "This branch is slowed down, 30 minutes", status_code=403)
        self.assertContains(page, "Too hot.", status_code=403)

    def test_they_wait_nowhere_else_and_others_not_at_all(self):
        self.slow()
        self.write(self.top)
        self.assertEqual(self.write(self.beside).status_code, 302)
        self.assertEqual(self.write(self.below, make_user()).status_code, 302)
        Post.objects.filter(author=self.wren).update(
            created_at=timezone.now() - timedelta(minutes=31)
        )  # fmt: skip
        self.assertEqual(self.write(self.below).status_code, 302)

    def test_of_thread_and_branch_the_longer_wait_holds_and_is_told(self):
        self.slow(minutes=10)
        set_pace(thread=self.top.thread, minutes=60, reason="All of it is hot.")
        self.write(self.top)
        self.assertContains(self.write(self.below), "This thread is slowed down", status_code=403)
        self.slow(minutes=90)
        self.assertContains(self.write(self.below), "This branch is slowed down", status_code=403)

    def test_in_the_debate_of_a_claim_too(self):
        claim = make_claim(self.essay)
        point = make_counterpoint(claim)
        self.slow(point.post)
        point = Counterpoint.objects.select_related("post__thread__essay").get(pk=point.pk)
        claim = Claim.objects.get(pk=claim.pk)
        make_counterpoint(claim, target=point, author=self.wren)
        with self.assertRaisesMessage(Refused, "This branch is slowed down"):
            make_counterpoint(claim, target=point, author=self.wren)
        make_counterpoint(claim, author=self.wren)

    def test_the_log_says_both_and_slow_no_more_it_is_as_elsewhere(self):
        self.send("slow")
        self.send("unslow")
        kinds = list(LogEntry.objects.order_by("number").values_list("kind", flat=True))
        self.assertEqual(kinds, ["slow", "unslow"])
        self.assertIn(f"The branch of: Post {self.top.pk}", LogEntry.objects.first().subject)
        self.assertIsNone(Thread.objects.get(pk=self.top.thread_id).slow_branches)
        self.write(self.top)
        self.assertEqual(self.write(self.below).status_code, 302)

    def test_it_stays_slow_where_its_branch_is_moved_and_slows_what_it_joins(self):
        self.slow()
        other = make_comment(make_essay())
        move_branch(top=self.top, thread=other.thread, parent=None, url="/")
        moved = Thread.objects.get(pk=other.thread_id)
        self.assertEqual(branch_pace(moved, self.top.pk).minutes, 30)
        self.assertIsNone(Thread.objects.get(pk=self.top.thread_id).slow_branches)
        move_branch(top=self.top, thread=self.beside.thread, parent=self.beside, url="/")
        self.assertIsNone(Thread.objects.get(pk=other.thread_id).slow_branches)
        self.assertEqual(self.paces(), {self.beside.pk: 30})

    def paces(self):
        """Minutes, by the top of each slow branch of the discussion."""
        slow = branch_paces(Thread.objects.get(pk=self.beside.thread_id))
        return {top: pace.minutes for top, pace in slow.items()}

    def test_of_two_slow_branches_that_become_one_the_stricter_pace_stays(self):
        for own, there, both in ((30, 10, 30), (10, 30, 30), (20, None, 20), (None, 20, 20)):
            with self.subTest(own=own, there=there), atomic_and_back():
                for top, minutes in ((self.top, own), (self.beside, there)):
                    if minutes:
                        self.slow(top, minutes)
                move_branch(top=self.top, thread=self.beside.thread, parent=self.beside, url="/")
                self.assertEqual(self.paces(), {self.beside.pk: both})

    def test_taken_back_both_are_as_slow_as_they_were(self):
        for own, there in ((30, 10), (10, 30), (20, None), (None, 20)):
            before = {self.top.pk: own, self.beside.pk: there}
            before = {top: minutes for top, minutes in before.items() if minutes}
            with self.subTest(before), atomic_and_back():
                for top, minutes in before.items():
                    self.slow(Post.objects.get(pk=top), minutes)
                origin = move_branch(
                    top=self.top, thread=self.beside.thread, parent=self.beside, url="/"
                )
                move_back(top=self.fresh(), origin=origin, parent=None)
                self.assertEqual(self.paces(), before)

    def test_what_a_moderator_set_meanwhile_stays(self):
        self.slow(minutes=30)
        origin = move_branch(top=self.top, thread=self.beside.thread, parent=self.beside, url="/")
        self.slow(self.beside, minutes=45)
        move_back(top=self.fresh(), origin=origin, parent=None)
        self.assertEqual(self.paces(), {self.top.pk: 30, self.beside.pk: 45})

    def fresh(self):
        return Post.objects.select_related("thread").get(pk=self.top.pk)

    def test_a_claim_that_becomes_part_of_another_brings_its_slow_branches(self):
        one, other = (
            make_claim(self.essay, words) for words in ("Nobody knew why", "It was cheap")
        )
        tops = [make_counterpoint(claim).post for claim in (one, other)]
        for top, minutes in zip(tops, (20, 40), strict=True):
            self.slow(top, minutes)
        merge_claims(by=self.mags, claim=other, into=one)
        slow = branch_paces(Thread.objects.get(pk=one.pk))
        self.assertEqual(
            {top: pace.minutes for top, pace in slow.items()}, {tops[0].pk: 20, tops[1].pk: 40}
        )
        self.assertIsNone(Thread.objects.get(pk=other.pk).slow_branches)

    def test_a_form_says_what_is_wrong_with_it(self):
        page = self.send("slow", minutes=0, reason="Hot")
        self.assertContains(page, "One minute at least.", status_code=422)
        self.assertContains(page, "Say in a sentence why", status_code=422)
        self.assertContains(page, "Slow a branch down", status_code=422)

    def test_moderators_are_led_there_from_the_page_of_a_report(self):
        report = reverse("moderation:report", args=[self.below.pk])
        slow, unslow = (
            reverse(f"moderation:{way}-branch", args=[self.top.pk]) for way in ("slow", "unslow")
        )
        self.assertContains(self.client_of(self.mags).get(report), slow)
        self.assertNotContains(self.client_of(self.wren).get(report), slow)
        self.slow()
        self.assertContains(self.client_of(self.mags).get(report), unslow)

    def test_refused_to_others_of_no_top_of_too_many_and_where_nothing_is_slow(self):
        for way in ("slow", "unslow"):
            self.assertEqual(self.send(way, self.wren).status_code, 403)
        self.assertContains(self.send("unslow"), "is not slowed down", status_code=403)
        with self.assertRaisesMessage(Refused, "from its top on"):
            self.slow(self.below)
        self.slow(self.beside)
        with self.assertRaisesMessage(Refused, "Only moderators"):
            slowing.unslow_branch(moderator=self.wren, top=self.beside, rule=rule(), reason=WHY)
        with self.assertRaisesMessage(Refused, "is not slowed down"):
            slowing.unslow_branch(moderator=self.mags, top=self.top, rule=rule(), reason=WHY)
        for _ in range(MOST_SLOW_BRANCHES - 1):
            self.slow(make_comment(self.essay))
        with self.assertRaisesMessage(Refused, "slow the whole thread down"):
            self.slow()
        self.assertIsNone(branch_pace(Thread.objects.get(pk=self.top.thread_id), self.top.pk))
