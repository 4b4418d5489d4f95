"""Answering a post, and adding to a discussion."""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user


class ReplyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.author, cls.member = make_user("ottoline"), make_user("ruth")
        cls.parent = make_comment(cls.essay, author=cls.author, source="Rye straw.")
        cls.url = reverse("discussion:reply", args=[cls.parent.pk])

    def setUp(self):
        self.client.force_login(self.member)

    def send(self, source="I *agree*.", url="", **fields):
        data = {"source": source, "form_key": str(uuid4()), **fields}
        return self.client.post(url or self.url, data)

    def test_the_page_shows_what_is_answered_and_a_form(self):
        response = self.client.get(self.url)
        self.assertContains(response, "Rye straw.")
        self.assertContains(response, "Your reply")

    def test_a_reply_stands_beneath_its_parent_and_is_told_to_its_author(self):
        response = self.send()
        post = Post.objects.latest("pk")
        self.assertRedirects(response, post.get_absolute_url(), fetch_redirect_response=False)
        self.assertEqual((post.parent, post.author), (self.parent, self.member))
        self.assertEqual(Notice.objects.get().recipient, self.author)

    def test_the_same_form_twice_posts_once(self):
        key = str(uuid4())
        first, second = self.send(form_key=key), self.send(form_key=key)
        self.assertEqual(first["Location"], second["Location"])
        self.assertEqual(Post.objects.count(), 2)

    def test_it_takes_as_many_statements_however_many_replies_there_are(self):
        self.send()
        for replies, statements in ((0, 20), (1, 22), (20, 22)):
            with self.subTest(replies=replies):
                # Whoever writes follows, and is told by the worker.
                for _ in range(replies):
                    make_comment(self.essay, parent=self.parent)
                with CaptureQueriesContext(connection) as told:
                    self.send()
                said = [one["sql"] for one in told.captured_queries]
                done = [sql for sql in said if "SAVEPOINT" not in sql and sql != "BEGIN"]
                self.assertEqual(len(done), statements, "\n".join(done))

    def test_a_form_without_its_key_is_shown_again_with_its_words(self):
        response = self.send("Kept words.", form_key="")
        self.assertContains(response, "Kept words.", status_code=422)
        self.assertEqual(Post.objects.count(), 1)

    def test_a_preview_shows_the_words_and_posts_nothing(self):
        response = self.send(preview="yes")
        self.assertContains(response, "<em>agree</em>")
        self.assertContains(response, "I *agree*.")
        self.assertEqual(Post.objects.count(), 1)

    def test_what_cannot_be_rendered_is_said_by_the_field_and_kept(self):
        for source, words in (("", "Write something first."), ("a" * 10_001, "10,000")):
            response = self.send(source)
            self.assertContains(response, words, status_code=422)
            self.assertContains(response, 'class="field bad"', status_code=422)
        self.assertEqual(Post.objects.count(), 1)

    def test_line_ends_are_kept_in_one_manner(self):
        self.send("One.\r\n\r\nTwo.")
        self.assertEqual(Post.objects.latest("pk").source, "One.\n\nTwo.")

    def test_refusals_say_why_and_lose_no_words(self):
        soon = timezone.now() + timedelta(days=1)
        cases = {
            "silenced": (lambda: self.change(silenced_until=soon), "You can read, but not write"),
            "suspended": (lambda: self.change(suspended_until=soon), "suspended until"),
            "locked": (
                lambda: locking.lock(thread=self.parent.thread, reason="Enough."), "Enough.",
            ),
            "hidden": (
                lambda: posts.set_status(post=self.parent, status=PostStatus.HIDDEN),
                "no longer here",
            ),
            "withdrawn": (
                lambda: posts.set_status(post=self.parent, status=PostStatus.WITHDRAWN),
                "has withdrawn this post",
            ),
        }  # fmt: skip
        for name, (refuse, reason) in cases.items():
            with self.subTest(name):
                refuse()
                self.assertContains(self.client.get(self.url), reason)
                response = self.send("Do not lose me.")
                self.assertContains(response, reason, status_code=403)
                self.assertContains(response, "Do not lose me.", status_code=403)
                self.assertEqual(Post.objects.count(), 1)
                self.change(silenced_until=None, suspended_until=None)
                locking.unlock(thread=self.parent.thread)
                posts.set_status(post=self.parent, status=PostStatus.VISIBLE)

    def change(self, **fields):
        type(self.member).objects.filter(pk=self.member.pk).update(**fields)

    def test_what_a_visitor_writes_waits_for_their_account(self):
        self.client.logout()
        before = Post.objects.count()
        self.assertContains(self.client.get(self.url), "Sign up and keep the text")
        self.assertRedirects(self.send(), reverse("account_signup"), fetch_redirect_response=False)
        self.assertEqual(Post.objects.count(), before)

    def test_a_counterpoint_is_not_answered_here(self):
        claim = make_claim(self.essay)
        for pk in (make_counterpoint(claim).pk, claim.opening_id, 10**18 - 1):
            response = self.client.get(reverse("discussion:reply", args=[pk]))
            self.assertEqual(response.status_code, 404)


class CommentTests(TestCase):
    def setUp(self):
        self.essay, self.member = make_essay(), make_user()
        self.url = reverse("discussion:thread", args=[self.essay.slug])
        self.client.force_login(self.member)

    def send(self, source="A remark.", **fields):
        return self.client.post(self.url, {"source": source, "form_key": str(uuid4()), **fields})

    def test_the_first_remark_opens_the_discussion(self):
        response = self.send()
        post = Post.objects.get()
        self.assertEqual(response["Location"], post.get_absolute_url())
        self.assertEqual((post.depth, post.thread.essay), (1, self.essay))

    def test_the_same_form_twice_posts_once(self):
        key = str(uuid4())
        self.send(form_key=key)
        self.send(form_key=key)
        self.assertEqual(Post.objects.count(), 1)

    def test_preview_and_faults_come_back_with_the_words(self):
        self.assertContains(self.send("*so*", preview="yes"), "<em>so</em>")
        self.assertContains(self.send("   "), "Write something first.", status_code=422)
        self.assertFalse(Post.objects.exists())

    def test_who_may_not_write_is_told_why_and_loses_nothing(self):
        self.member.silenced_until = timezone.now() + timedelta(days=1)
        self.member.save()
        response = self.send("Do not lose me.")
        self.assertContains(response, "You can read, but not write", status_code=403)
        self.assertContains(response, "Do not lose me.", status_code=403)

    def test_a_locked_discussion_takes_no_remark(self):
        thread = make_comment(self.essay).thread
        locking.lock(thread=thread, reason="Enough.")
        self.assertContains(self.send(), "Enough.", status_code=403)
        self.assertEqual(Post.objects.count(), 1)

    def test_what_a_stranger_writes_waits_for_their_account(self):
        self.client.logout()
        before = Post.objects.count()
        response = self.send()
        self.assertEqual(response.status_code, 302)
        self.assertEqual(response["Location"], reverse("account_signup"))
        self.assertEqual(Post.objects.count(), before)
