"""What stands around the posts is rendered once, and never says what is no longer so."""

import re
from datetime import timedelta
from uuid import uuid4

from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from essays.actions import refresh
from forum.accounts.models import User
from forum.discussion.querysets import find_discussion, place_of
from forum.discussion.views import SHELL
from forum.notifications.following import set_following
from forum.notifications.models import FollowKind
from forum.posts import locking
from forum.posts.drafts import keep
from tests.factories import make_comment, make_essay, make_moderator, make_user

KEYS = re.compile(r'name="form_key" value="([0-9a-f-]{36})"')
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class ShellTests(TestCase):
    def setUp(self):
        self.essay = make_essay("The Collar")
        self.remark = make_comment(self.essay, source="The horse breathed.")
        self.url = reverse("discussion:thread", args=[self.essay.slug])

    def page(self, query=""):
        return Client().get(self.url + query)

    def test_each_change_of_what_it_says_shows(self):
        self.assertContains(self.page(), "The Collar")
        self.essay.title, self.essay.author_name = "The <Yoke>", "A. N. Other"
        self.essay.save(update_fields=["title", "author_name"])
        refresh(self.essay)
        self.assertContains(self.page(), "The &lt;Yoke&gt;")
        self.assertContains(self.page(), "A. N. Other")
        self.assertNotContains(self.page(), "The Collar")
        make_comment(self.essay)
        self.assertContains(self.page(), "Two posts")
        locking.lock(thread=self.remark.thread, reason="It went in circles.")
        self.assertContains(self.page(), "It went in circles.")
        locking.unlock(thread=self.remark.thread)
        self.assertNotContains(self.page(), "It went in circles.")

    def test_each_order_and_branch_has_its_own(self):
        for query in ("?order=best", "?order=newest", f"?branch={self.remark.pk}"):
            with self.subTest(query=query):
                text = self.page(query).content.decode()
                self.assertIn("The horse breathed.", text)
                self.assertEqual("One branch" in text, "branch" in query)
                self.assertEqual(text.count('aria-current="page">Newest'), int("newest" in query))

    def test_another_essay_has_its_own(self):
        other = make_essay("The Collar")
        make_comment(other, source="Another horse.")
        self.page()
        text = Client().get(reverse("discussion:thread", args=[other.slug])).content.decode()
        self.assertIn("Another horse.", text)
        self.assertNotIn("The horse breathed.", text)
        self.assertNotIn(self.essay.slug, text)

    def test_what_another_follows_and_began_here_is_nothing_to_a_reader(self):
        mags, otto = make_user("mags"), make_user("otto")
        follow = {"kind": FollowKind.DISCUSSION, "thing": self.essay.pk}
        set_following(member=mags, **follow, follows=True)
        keep(
            author=mags, place=place_of(self.essay.pk), url=self.url, about="A remark",
            fields={"source": ["Half a thought"]}, form_key=uuid4(),
        )  # fmt: skip
        for reader, is_theirs in ((mags, True), (otto, False)):
            _, own = find_discussion(reader, self.essay.slug)
            self.assertEqual((own.follows, own.has_draft), (is_theirs, is_theirs))

    def test_nothing_of_one_reader_reaches_another(self):
        SHELL.kept.clear()
        for username, name in (("mags", "Mags Oddfellow"), ("otto", "Otto Underhill")):
            Client().force_login(make_user(username, display_name=name))
        first, second = Client(), Client()
        first.force_login(User.objects.get(username="mags"))
        second.force_login(User.objects.get(username="otto"))
        pages = [client.get(self.url) for client in (first, second, first, Client())]
        self.assertEqual(len(SHELL.kept), 2)
        for page, name in zip(pages, ("Mags", "Otto", "Mags", ""), strict=True):
            text = page.content.decode()
            self.assertEqual([who for who in ("Mags", "Otto") if who in text], [name] * bool(name))
            self.assertNotIn("gap-", text)
        keys = [KEYS.findall(page.content.decode()) for page in pages]
        tokens = [set(TOKENS.findall(page.content.decode())) for page in pages]
        self.assertEqual([len(found) for found in keys], [3, 3, 3, 0])
        self.assertEqual(len({*keys[0], *keys[1], *keys[2]}), 3)
        self.assertEqual([len(found) for found in tokens], [1, 1, 1, 0])
        self.assertEqual(len(tokens[0] | tokens[1] | tokens[2]), 3)

    def test_what_one_reader_may_not_do_is_said_to_no_other(self):
        silenced = make_user(silenced_until=timezone.now() + timedelta(days=1))
        people = {
            "silenced": (silenced, "not write, until"),
            "member": (make_user(), "Add to the discussion"),
            "moderator": (make_moderator(), "Lock</a>"),
        }
        for _ in range(2):
            for who, (user, words) in people.items():
                with self.subTest(who=who):
                    client = Client()
                    client.force_login(user)
                    text = client.get(self.url).content.decode().replace(" this discussion", "")
                    said = [each for each, (_, other) in people.items() if other in text]
                    expected = ["member", "moderator"] if who == "moderator" else [who]
                    self.assertEqual(said, expected, words)

    def test_a_message_is_shown_once_to_whom_it_is_for(self):
        client = Client()
        client.force_login(make_user())
        waiting = CookieStorage(RequestFactory().get("/"))._encode([Message(SUCCESS, "Well done.")])
        client.cookies["messages"] = waiting
        self.assertContains(client.get(self.url), "Well done.")
        self.assertNotContains(client.get(self.url), "Well done.")

    def test_nobody_can_write_the_gap(self):
        make_comment(self.essay, source="Here: <!--posts--> and there.")
        self.assertContains(self.page(), "&lt;!--posts--&gt;")
