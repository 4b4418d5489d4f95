"""A closed or slowed discussion says so to every reader, and loses nothing that was typed."""

import re
from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from essays import openness
from essays.models import Essay
from forum.posts.models import Post
from tests.factories import make_comment, make_editor, make_essay, make_user, sent

REASON = "It went in <circles> & back."
SHOWN = "It went in &lt;circles&gt; &amp; back."
TYPED = "Words that took an hour to write."


class DiscussionCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist, cls.editor, cls.member = make_user("septimus"), make_editor(), make_user()
        cls.essay = make_essay("The Collar", author=cls.essayist)
        cls.remark = make_comment(cls.essay)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])
        cls.reply_url = reverse("discussion:reply", args=[cls.remark.pk])

    def set(self, discussion="open", reason=REASON, slow_minutes=10):
        openness.set_openness(
            by=self.editor, essay=Essay.objects.get(pk=self.essay.pk), discussion=discussion,
            claims="open", reason=reason, slow_minutes=slow_minutes,
        )  # fmt: skip

    def as_(self, user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    def page(self, user=None, url=""):
        return self.as_(user).get(url or self.url).content.decode()

    def everywhere(self):
        for user in (None, self.member, self.editor):
            for url in (self.url, self.essay.get_absolute_url()):
                yield user, url

    def assert_text_is_kept(self, user, url):
        before = Post.objects.count()
        response = self.as_(user).post(url, sent(source=TYPED))
        self.assertEqual(response.status_code, 403)
        self.assertEqual(Post.objects.count(), before)
        self.assertContains(response, TYPED, status_code=403)
        self.assertContains(response, f"“{SHOWN}”", status_code=403)
        return response.content.decode()


class ClosedTests(DiscussionCase):
    def test_every_reader_is_told_at_once_and_why(self):
        for user, url in self.everywhere():
            self.assertNotIn("The discussion is closed", self.page(user, url))
        self.set("closed")
        for user, url in self.everywhere():
            page = self.page(user, url)
            with self.subTest(user=user, url=url):
                self.assertIn("The discussion is closed: nothing is added but votes", page)
                self.assertIn(f'<p dir="auto">{SHOWN}</p>', page)
        self.set("closed", reason="For another reason.")
        for user, url in self.everywhere():
            page = self.page(user, url)
            self.assertIn("For another reason.", page)
            self.assertNotIn(SHOWN, page)
        self.set("open")
        for user, url in self.everywhere():
            self.assertNotIn("The discussion is closed", self.page(user, url))

    def test_nobody_is_asked_to_write_who_may_not(self):
        offers = {None: "Log in to join", self.member: "Add to the discussion"}
        for user, offer in offers.items():
            self.assertIn(offer, self.page(user))
        self.set("closed")
        for user in (*offers, self.editor):
            page = self.page(user)
            for offer in ("Log in to join", "Add to the discussion", "<textarea", ">Reply<"):
                self.assertNotIn(offer, page)
            self.assertNotIn(f'href="{self.reply_url}"', page)
            essay = self.page(user, self.essay.get_absolute_url())
            self.assertNotIn("Join the discussion", essay)

    def test_the_essayist_goes_on(self):
        self.set("closed")
        for url in (self.url, self.essay.get_absolute_url()):
            self.assertIn("<textarea", self.page(self.essayist, url))
        self.assertIn(f'href="{self.reply_url}"', self.page(self.essayist))
        response = self.as_(self.essayist).post(self.reply_url, sent(source="A last word."))
        self.assertEqual(response.status_code, 302)

    def test_votes_go_on_and_own_posts_have_their_links(self):
        self.set("closed")
        self.assertIn(f'formaction="/posts/{self.remark.pk}/vote/"', self.page(self.member))
        self.assertIn("/accounts/login/?next=", self.page())
        own = self.page(self.remark.author)
        self.assertIn(f'href="/posts/{self.remark.pk}/edit/"', own)
        self.assertIn(f'href="/posts/{self.remark.pk}/withdrawal/"', own)
        response = self.as_(self.member).post(f"/posts/{self.remark.pk}/vote/", sent(v="up"))
        self.assertEqual(response.status_code, 302)
        self.remark.refresh_from_db()
        self.assertEqual(self.remark.up, 1)

    def test_what_was_typed_before_it_was_closed_is_shown_again(self):
        self.set("closed")
        for url in (self.url, self.reply_url):
            page = self.assert_text_is_kept(self.member, url)
            self.assertIn("The discussion is closed", page)

    def test_a_reader_who_opens_the_reply_form_is_told(self):
        self.set("closed")
        page = self.page(self.member, self.reply_url)
        self.assertIn(f"“{SHOWN}”", page)
        self.assertNotIn("<textarea", page)

    def test_telling_costs_no_query(self):
        self.set("closed")
        member = self.as_(self.member)
        with self.assertNumQueries(4):
            Client().get(self.url)
        with self.assertNumQueries(7):
            member.get(self.url)


class SlowTests(DiscussionCase):
    def test_every_reader_is_told_at_once_and_why(self):
        self.set("slow", slow_minutes=9)
        for user, url in self.everywhere():
            page = self.page(user, url)
            with self.subTest(user=user, url=url):
                self.assertIn("The discussion is slowed down: nine minutes between two posts", page)
                self.assertIn(f'<p dir="auto">{SHOWN}</p>', page)
        self.set("slow", slow_minutes=8)
        for user, url in self.everywhere():
            self.assertIn("eight minutes between two posts", self.page(user, url))

    def test_who_has_to_wait_is_told_until_when_and_nobody_else_is(self):
        self.set("slow")
        make_comment(Essay.objects.get(pk=self.essay.pk), author=self.member)
        for url in (self.url, self.essay.get_absolute_url(), self.reply_url):
            self.assertIn("You can write here again from", self.page(self.member, url))
            self.assertNotIn('name="source"', self.page(self.member, url))
            other = self.page(make_user(), url)
            self.assertNotIn("You can write here again from", other)
            self.assertIn('name="source"', other)
        self.assertIn("Log in to join", self.page())

    def test_what_was_typed_too_soon_is_shown_again_and_can_be_sent_later(self):
        self.set("slow")
        post = make_comment(Essay.objects.get(pk=self.essay.pk), author=self.member)
        for url in (self.url, self.reply_url):
            page = self.assert_text_is_kept(self.member, url)
            self.assertRegex(page, r"You can write here again from \d+ \w+ \d{4}, \d\d:\d\d UTC\.")
        again = re.search(r'name="form_key" value="([0-9a-f-]{36})"', self.assert_text_is_kept(
            self.member, self.url))[1]  # fmt: skip
        Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(minutes=11))
        response = self.as_(self.member).post(self.url, {"form_key": again, "source": TYPED})
        self.assertEqual(response.status_code, 302)
        self.assertTrue(Post.objects.filter(source=TYPED, author=self.member).exists())

    def test_the_same_form_sent_twice_is_still_one_post_and_no_refusal(self):
        self.set("slow")
        form, member = sent(source=TYPED), self.as_(self.member)
        first, second = member.post(self.url, form), member.post(self.url, form)
        self.assertEqual((first.status_code, first.url), (second.status_code, second.url))
        self.assertEqual(Post.objects.filter(source=TYPED).count(), 1)

    def test_asking_costs_a_member_one_query_and_a_visitor_none(self):
        self.set("slow")
        member = self.as_(self.member)
        with self.assertNumQueries(4):
            Client().get(self.url)
        with self.assertNumQueries(8):
            member.get(self.url)
