"""What a rule holds back: its author sees why, others see nothing, and letting it through is
posting it."""

from datetime import timedelta

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from essays.models import Essay
from forum.accounts.models import User
from forum.guard.models import WatchEntry
from forum.moderation.models import Case
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts.models import Holding, Post, Thread
from tests.factories import make_comment, make_essay, make_moderator, make_newcomer, sent
from tests.moderation.builders import decide
from tests.ruling import switch, watch

SAID = "I sell horse collars, cheaply."


class HeldPostTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.wren = make_newcomer("wren", trust_level=2)
        cls.robin, cls.mags = make_newcomer("robin"), make_moderator("mags")
        cls.essay = make_essay()
        cls.parent = make_comment(cls.essay, author=cls.robin)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def setUp(self):
        watch(self, "collar*")
        self.client.force_login(self.wren)

    def write(self, source=SAID, parent=None):
        parent = parent or self.parent
        answer = self.client.post(
            reverse("discussion:reply", args=[parent.pk]), sent(source=source)
        )
        return answer, Post.objects.latest("pk")

    def page(self, user=None, url=""):
        client = Client()
        if user:
            client.force_login(user)
        return client.get(url or self.url).content.decode()

    def counts(self):
        return (
            Thread.objects.get(pk=self.parent.thread_id).post_count,
            Essay.objects.get(pk=self.essay.pk).post_count,
            User.objects.get(pk=self.wren.pk).post_count,
            Notice.objects.exclude(kind="decided").count(),
        )

    def test_its_author_is_led_to_it_and_sees_why_who_and_what_next(self):
        answer, post = self.write()
        self.assertEqual(post.status, "held")
        page = self.client.get(answer.url, follow=True)
        self.assertContains(page, SAID)
        self.assertContains(page, "Waiting for a moderator")
        self.assertContains(page, "Collars are sold elsewhere.")
        self.assertContains(page, "If it is let through, it is posted in that minute")
        self.assertContains(page, reverse("posts:edit", args=[post.pk]))

    def test_the_same_again_is_held_of_whoever_said_it_and_of_nobody_else(self):
        for name, on in (("similar", True), ("too-quick", False)):
            switch(self, name, on=on)
        said = "Nobody asked the horse whether it choked, and nobody will."
        make_comment(self.essay, source=said)
        self.client.force_login(self.robin)
        self.assertEqual([self.write(said)[1].status for _ in range(2)], ["visible", "held"])

    def test_others_see_nothing_of_it_not_even_its_place(self):
        before = self.page(self.robin).count('<li class="post')
        _, post = self.write()
        for user in (None, self.robin):
            for url in (self.url, f"{self.url}?branch={self.parent.pk}",
                        self.essay.get_absolute_url()):  # fmt: skip
                page = self.page(user, url)
                self.assertNotIn("collars", page)
                self.assertNotIn(f"post-{post.pk}", page)
                self.assertNotIn("waits for a moderator", page)
        self.assertEqual(self.page(self.robin).count('<li class="post'), before)
        self.assertIn("only its author and moderators see it", self.page(self.mags))

    def test_one_that_stands_alone_leaves_the_discussion_empty_for_others(self):
        essay = make_essay()
        url = reverse("discussion:thread", args=[essay.slug])
        self.client.post(url, sent(source=SAID))
        self.assertNotIn('<ol class="thread">', self.page(self.robin, url))
        self.assertIn("Waiting for a moderator", self.page(self.wren, url))

    def test_it_counts_nowhere_and_is_told_to_nobody_but_the_moderators(self):
        before = self.counts()
        self.write(f"{SAID} @robin")
        self.assertEqual(self.counts(), before)
        case = Case.objects.get()
        self.assertEqual(case.held_by_rule, "Collars are sold elsewhere.")

    def test_let_through_it_is_counted_and_told_as_if_posted_in_that_minute(self):
        before = self.counts()
        _, post = self.write(f"{SAID} @mags")
        Post.objects.update(created_at=timezone.now() - timedelta(days=2))
        decide(Case.objects.get(), "restore", moderator=make_moderator())
        thread, essay, own, notices = self.counts()
        self.assertEqual((thread, essay, own), tuple(one + 1 for one in before[:3]))
        told = {
            (each.recipient.username, each.kind) for each in Notice.objects.filter(actor=self.wren)
        }
        self.assertEqual(told, {("robin", "answered"), ("mags", "mentioned")})
        post.refresh_from_db()
        self.assertLess(timezone.now() - post.created_at, timedelta(minutes=1))
        self.assertEqual(Thread.objects.get(pk=post.thread_id).last_post_at, post.created_at)
        self.assertFalse(Holding.objects.exists())
        self.assertIn(SAID, self.page(self.robin))

    def test_hidden_later_it_is_an_ordinary_post_and_counts_once(self):
        _, post = self.write()
        decide(Case.objects.get(), "restore")
        after = self.counts()
        for status in ("hidden", "visible"):
            posts.set_status(post=Post.objects.get(pk=post.pk), status=status)
        self.assertEqual(self.counts(), after)

    def test_one_that_is_not_let_through_was_never_there(self):
        before = self.counts()
        _, post = self.write()
        decide(Case.objects.get(), "remove")
        self.assertEqual(self.counts(), before)
        self.assertNotIn(f"post-{post.pk}", self.page(self.robin))
        self.assertIn(f"post-{post.pk}", self.page(self.wren))
        self.assertTrue(Holding.objects.filter(post=post).exists())

    def test_its_author_mends_it_and_it_still_waits(self):
        _, post = self.write()
        url = reverse("posts:edit", args=[post.pk])
        self.assertEqual(
            self.client.post(url, sent(source="I praise collars, @robin.")).status_code, 302
        )
        post.refresh_from_db()
        self.assertEqual((post.status, Notice.objects.count()), ("held", 0))
        self.assertNotIn("praise", self.page(self.robin))

    def test_nobody_answers_votes_on_or_withdraws_what_is_held(self):
        _, post = self.write()
        self.client.force_login(self.robin)
        for name, data in (("reply", {"source": "So?"}), ("vote", {"v": "up"})):
            url = reverse(f"discussion:{name}", args=[post.pk])
            self.assertEqual(self.client.post(url, sent(**data)).status_code, 403)

    def test_an_edit_does_not_smuggle_in_what_would_have_been_held(self):
        _, post = self.write("I sell nothing.")
        self.assertEqual(post.status, "visible")
        refused = self.client.post(reverse("posts:edit", args=[post.pk]), sent(source=SAID))
        self.assertContains(refused, "the post would be held back", status_code=403)
        self.assertContains(refused, SAID, status_code=403)
        post.refresh_from_db()
        self.assertEqual(post.source, "I sell nothing.")

    def test_what_is_refused_is_an_error_of_the_field_and_nothing_is_lost(self):
        WatchEntry.objects.update(does="refuse", reason="That is sold elsewhere.")
        answer = self.client.post(self.url, sent(source=f"{SAID} & more"))
        self.assertContains(
            answer, "This cannot be posted here: That is sold elsewhere.", status_code=422
        )
        self.assertContains(answer, f"{SAID} &amp; more", status_code=422)
        self.assertIn("source", answer.context["writing"].form.errors)
        self.assertEqual(Post.objects.count(), 1)

    def test_what_is_only_reported_is_public_and_lies_in_the_queue(self):
        WatchEntry.objects.update(does="report", reason="Somebody sells collars.")
        _, post = self.write()
        self.assertEqual(post.status, "visible")
        case = Case.objects.get()
        self.assertEqual((case.flagged_by, case.held_by_rule), ("Somebody sells collars.", ""))
        self.client.force_login(self.mags)
        self.assertContains(self.client.get(case.get_absolute_url()), "Somebody sells collars.")

    def test_the_pages_cost_no_more_for_those_who_do_not_see_it(self):
        def cost(client):
            with CaptureQueriesContext(connection) as counted:
                client.get(self.url)
            return len(counted)

        other = Client()
        other.force_login(self.robin)
        before = cost(other)
        for _ in range(3):
            self.write()
        self.assertEqual(cost(other), before)
        own = cost(self.client)
        for _ in range(3):
            self.write()
        self.assertEqual(cost(self.client), own)
