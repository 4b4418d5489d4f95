"""Saying whether a post convinces, and taking a post back."""

from datetime import timedelta
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.models import Post, Vote
from forum.posts.statuses import PostStatus
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
    sent,
)


class VoteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.member = make_user("ruth")
        cls.post = make_comment(cls.essay)
        cls.url = reverse("discussion:vote", args=[cls.post.pk])

    def setUp(self):
        self.client.force_login(self.member)

    def counts(self):
        self.post.refresh_from_db()
        return self.post.up, self.post.down

    def test_a_vote_counts_moves_and_is_taken_back(self):
        for value, counts in (
            ("up", (1, 0)), ("up", (1, 0)), ("down", (0, 1)), ("none", (0, 0)), ("up", (1, 0)),
        ):  # fmt: skip
            self.client.post(self.url, sent(v=value))
            self.assertEqual(self.counts(), counts)

    def test_the_same_sending_twice_votes_once_however_late(self):
        first = sent(v="up")
        for _ in range(2):
            self.assertEqual(self.client.post(self.url, first).status_code, 302)
        self.assertEqual(self.counts(), (1, 0))
        self.client.post(self.url, sent(v="none"))
        self.client.post(self.url, first)
        self.assertEqual(self.counts(), (0, 0))

    def test_one_page_serves_several_votes(self):
        key = sent()["form_key"]
        other = make_comment(self.essay)
        for value, counts in (("up", (1, 0)), ("down", (0, 1)), ("up", (1, 0)), ("none", (0, 0))):
            self.client.post(self.url, {"v": value, "form_key": key})
            self.assertEqual(self.counts(), counts)
        url = reverse("discussion:vote", args=[other.pk])
        self.client.post(url, {"v": "up", "form_key": key})
        other.refresh_from_db()
        self.assertEqual(other.up, 1)

    def test_a_vote_without_its_key_does_nothing_and_says_so(self):
        for data in ({"v": "up"}, {"v": "up", "form_key": "nonsense"}):
            response = self.client.post(self.url, data)
            self.assertContains(response, "had lost its key", status_code=403)
        self.assertFalse(Vote.objects.exists())

    def test_it_leads_back_to_the_post_on_the_page_where_it_was_pressed(self):
        page = f"/essays/{self.essay.slug}/discussion/?order=newest"
        for referer, way in (
            (f"http://testserver{page}", f"{page}#post-{self.post.pk}"),
            ("https://elsewhere.example/x", self.post.get_absolute_url()),
            (
                "http://testserver//elsewhere.example/",
                f"/elsewhere.example/#post-{self.post.pk}",
            ),
            ("", self.post.get_absolute_url()),
        ):
            with self.subTest(referer=referer):
                response = self.client.post(self.url, sent(v="up"), headers={"referer": referer})
                self.assertEqual(response["Location"], way)

    def test_a_vote_that_may_not_be_cast_is_refused_with_its_reason(self):
        own = make_comment(self.essay, author=self.member)
        hidden, gone = make_comment(self.essay), make_comment(self.essay)
        posts.set_status(post=hidden, status=PostStatus.HIDDEN)
        posts.set_status(post=gone, status=PostStatus.WITHDRAWN)
        for post, reason in ((own, "own post"), (hidden, "no longer"), (gone, "no longer")):
            response = self.client.post(reverse("discussion:vote", args=[post.pk]), sent(v="up"))
            self.assertContains(response, reason, status_code=403)
        self.assertContains(self.client.post(self.url, sent(v="7")), "A vote says", status_code=403)
        locking.lock(thread=self.post.thread, reason="")
        self.assertContains(self.client.post(self.url, sent(v="up")), "closed", status_code=403)
        self.assertFalse(Vote.objects.exists())

    def test_whoever_is_silenced_does_not_vote(self):
        for name in ("silenced_until", "suspended_until"):
            self.client.force_login(make_user(**{name: timezone.now() + timedelta(days=1)}))
            response = self.client.post(self.url, sent(v="up"))
            self.assertNotIn(response.status_code, {200, 404})
        self.assertEqual(self.counts(), (0, 0))

    def test_visitors_counterpoints_and_reading_are_no_votes(self):
        claim = make_claim(self.essay)
        for pk in (make_counterpoint(claim).pk, claim.opening_id):
            response = self.client.post(reverse("discussion:vote", args=[pk]), sent(v="up"))
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self.client.get(self.url).status_code, 405)
        self.client.logout()
        response = self.client.post(self.url, sent(v="up"))
        self.assertIn(reverse("account_login"), response["Location"])
        self.assertFalse(Vote.objects.exists())


class WithdrawalTests(TestCase):
    def setUp(self):
        self.member = make_user()
        self.post = make_comment(author=self.member, source="I was wrong.")
        self.url = reverse("discussion:withdrawal", args=[self.post.pk])
        self.client.force_login(self.member)

    def status(self):
        return Post.objects.get(pk=self.post.pk).status

    def test_it_is_asked_first_and_done_once(self):
        self.assertContains(self.client.get(self.url), "Withdraw your post?")
        self.assertEqual(self.status(), PostStatus.VISIBLE)
        data = {"form_key": str(uuid4())}
        for _ in range(2):
            response = self.client.post(self.url, data)
            self.assertEqual(response["Location"], self.post.get_absolute_url())
        self.assertEqual(self.status(), PostStatus.WITHDRAWN)

    def test_the_words_stay_readable(self):
        self.client.post(self.url, {"form_key": str(uuid4())})
        page = self.client.get(self.post.get_absolute_url(), follow=True)
        self.assertContains(page, "I was wrong.")

    def test_only_its_author_can_and_not_once_it_is_gone(self):
        data = {"form_key": str(uuid4())}
        self.client.force_login(make_user())
        for response in (self.client.get(self.url), self.client.post(self.url, data)):
            self.assertContains(response, "Only its author", status_code=403)
        self.client.force_login(self.member)
        posts.set_status(post=self.post, status=PostStatus.HIDDEN)
        self.assertContains(self.client.get(self.url), "not public any more", status_code=403)
        self.assertEqual(self.status(), PostStatus.HIDDEN)

    def test_a_form_without_its_key_does_nothing(self):
        self.assertEqual(self.client.post(self.url).status_code, 403)
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_a_counterpoint_is_withdrawn_elsewhere(self):
        counterpoint = make_counterpoint(make_claim(), author=self.member)
        url = reverse("discussion:withdrawal", args=[counterpoint.pk])
        self.assertEqual(self.client.get(url).status_code, 404)
