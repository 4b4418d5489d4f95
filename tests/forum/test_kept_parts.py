"""What is kept of a page for the next reader says nothing of whoever came before."""

import re
from datetime import UTC, datetime

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory, TestCase
from django.urls import reverse

from essays.models import Essay
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.stances import take_stance
from forum.notifications.following import set_following
from forum.notifications.models import FollowKind
from forum.posts import votes
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.kept import forget_what_is_kept, read


def say(client, words):
    """To be told on the next page that this client reads."""
    storage = CookieStorage(RequestFactory().get("/"))
    client.cookies["messages"] = storage._encode([Message(constants.INFO, words)])


class KeptPartsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.writer = make_user("writer", display_name="Wilma Writer")
        cls.essay = make_essay("The Collar", author=cls.writer)
        cls.essay.tags.add("farming")
        # Not the newest, so that it has a row on the home page.
        make_essay("The Yoke", author=cls.writer, published_at=datetime(2020, 1, 1, tzinfo=UTC))
        claim = make_claim(cls.essay)
        objection = make_counterpoint(claim, "rebuts", author=cls.writer)
        remark = make_comment(cls.essay, source="A remark on straw.")
        follower = make_user("follower", display_name="Fay Follower", unread_notices=3)
        for kind, thing in (
            (FollowKind.ESSAY, cls.essay.pk),
            (FollowKind.CLAIM, claim.pk),
            (FollowKind.TAG, cls.essay.tags.get().pk),
        ):
            set_following(member=follower, kind=kind, thing=thing, follows=True)
        take_stance(member=follower, claim=claim, side="disagree")
        votes.vote(voter=follower, post=remark, is_up=True)
        counterpoints.vote(voter=follower, counterpoint=objection, is_up=False)
        cls.readers = {
            "visitor": None,
            "member": make_user("member", display_name="Mo Member"),
            "follower": follower,
            "writer": cls.writer,
            "moderator": make_moderator("guard", display_name="Gus Guard"),
            "editor": make_editor("editor", display_name="Edda Editor"),
            "abroad": make_user("abroad", language="de", time_zone="Asia/Tokyo"),
        }
        cls.pages = {
            "home": "/",
            "tag": reverse("tag", args=["farming"]),
            "open questions": reverse("open-questions"),
            "essay": reverse("essay", args=[cls.essay.slug]),
            "claim": reverse("counterpoints:claim", args=[claim.pk]),
            "begun answer": reverse("counterpoints:claim", args=[claim.pk]) + "?relation=rebuts",
            "discussion": reverse("discussion:thread", args=[cls.essay.slug]),
        }

    def read(self, who, url):
        return read(url, self.readers[who])

    def test_each_reads_what_they_would_have_read_had_they_been_the_first(self):
        for name, url in self.pages.items():
            first = {}
            for who in self.readers:
                forget_what_is_kept()
                first[who] = self.read(who, url)
            self.assertGreater(len(set(first.values())), 4)
            forget_what_is_kept()
            for _ in range(2):
                for who, page in first.items():
                    with self.subTest(page=name, who=who):
                        self.assertEqual(self.read(who, url), page)

    def test_each_form_has_its_own_keys(self):
        for name, url in self.pages.items():
            if name in {"home", "open questions"}:
                continue
            client = Client()
            client.force_login(self.readers["member"])
            keys = [
                set(
                    re.findall(r'name="form_key" value="([^"]+)"', client.get(url).content.decode())
                )
                for _ in range(2)
            ]
            with self.subTest(page=name):
                self.assertTrue(keys[0])
                self.assertFalse(keys[0] & keys[1])

    def test_a_message_is_said_to_one_reader_once(self):
        member = self.readers["member"]
        for name, url in self.pages.items():
            client = Client()
            client.force_login(member)
            say(client, "Your words were kept.")
            pages = [client.get(url), client.get(url), self.client.get(url)]
            with self.subTest(page=name):
                self.assertContains(pages[0], "Your words were kept.")
                for page in pages[1:]:
                    self.assertNotContains(page, "Your words were kept.")

    def test_a_page_without_essays_tells_only_editors_to_write_one(self):
        Essay.objects.update(published_at=None)
        for who in ("editor", "visitor", "member", "editor"):
            with self.subTest(who=who):
                self.assertEqual("Write the first one" in self.read(who, "/"), who == "editor")
