"""What a muted member wrote is folded by the server, where one reads; the answers to it are not."""

import re

from django.test import Client, TestCase
from django.urls import reverse

from forum.accounts.models import User
from forum.notifications.muting import silence
from forum.posts import actions as posts
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from forum.posts.visits import visit
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user

FOLDED = "From a member whom you mute"


class MutedPostsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias, cls.una = (make_user(name) for name in ("ruth", "tobias", "una"))
        cls.essay = make_essay()
        cls.loud = make_comment(cls.essay, author=cls.tobias, source="Loud words.")
        cls.answer = make_comment(parent=cls.loud, author=cls.una, source="Quiet words.")
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim, author=cls.tobias, source="Loud objection.")
        make_counterpoint(cls.claim, target=cls.objection, author=cls.una, source="Quiet answer.")
        cls.thread_url = reverse("discussion:thread", args=[cls.essay.slug])

    def page(self, url, member=None):
        client = Client()
        if member:
            client.force_login(User.objects.get(pk=member.pk))
        return client.get(url).content.decode()

    def mute(self):
        silence(member=self.ruth, other=self.tobias, how="mute")

    def folded(self, text):
        """The words inside of folds."""
        return re.findall(rf"<summary>{FOLDED}</summary>(.*?)</details>", text, re.DOTALL)

    def test_their_posts_fold_and_the_answers_stay_open(self):
        self.mute()
        for url, loud, quiet in (
            (self.thread_url, "Loud words.", "Quiet words."),
            (self.claim.get_absolute_url(), "Loud objection.", "Quiet answer."),
        ):
            with self.subTest(url=url):
                folds = self.folded(self.page(url, self.ruth))
                self.assertEqual(len(folds), 1)
                self.assertIn(loud, folds[0])
                self.assertNotIn(quiet, folds[0])

    def test_for_nobody_else(self):
        self.mute()
        for member in (None, self.una, self.tobias):
            for url in (self.thread_url, self.claim.get_absolute_url()):
                with self.subTest(member=member, url=url):
                    self.assertNotIn(FOLDED, self.page(url, member))

    def test_whoever_is_muted_no_longer_is_read_as_before(self):
        self.mute()
        silence(member=self.ruth, other=self.tobias, how="none")
        self.assertNotIn(FOLDED, self.page(self.thread_url, self.ruth))

    def test_a_line_that_stands_for_a_hidden_post_needs_no_fold(self):
        self.mute()
        posts.set_status(post=self.loud, status=PostStatus.HIDDEN)
        self.assertNotIn(FOLDED, self.page(self.thread_url, self.ruth))

    def test_what_they_write_is_no_news(self):
        visit(member=self.ruth, thread=self.loud.thread, newest=10**6, is_done=True)
        self.mute()
        make_comment(self.essay, author=self.tobias, source="Louder.")
        self.assertNotIn('class="badge fresh"', self.page(self.thread_url, self.ruth))
        self.assertNotIn("Louder.", self.page(f"{self.thread_url}?only=new", self.ruth))
        make_comment(self.essay, author=self.una, source="A whisper.")
        only_new = self.page(f"{self.thread_url}?only=new", self.ruth)
        self.assertIn("A whisper.", only_new)
        self.assertIn("One post is new", self.page(self.thread_url, self.ruth))

    def test_to_mute_costs_no_statement(self):
        client = Client()
        for url, number in ((self.thread_url, 7), (self.claim.get_absolute_url(), 16)):
            for size in (0, 1, 30):
                for _ in range(size):
                    other = make_user()
                    silence(member=self.ruth, other=other, how="mute")
                    make_comment(parent=self.loud, author=other)
                client.force_login(User.objects.get(pk=self.ruth.pk))
                with self.subTest(url=url, size=size), self.assertNumQueries(number):
                    client.get(url)
        self.assertGreater(Post.objects.count(), 60)
