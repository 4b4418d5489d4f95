"""Whoever asks again is told that nothing has changed, by one cheap look."""

from datetime import timedelta
from http import HTTPStatus

import time_machine
from django.test import Client
from django.utils import timezone

from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.exchange.feeds.test_feeds import FeedCase
from tests.factories import make_comment, make_counterpoint, make_essay, make_user
from tests.kept import forget_what_is_kept

QUERIES = {"site": 1, "tag": 2, "essay": 1, "discussion": 1, "claim": 1, "member": 3}


class AskedAgainTests(FeedCase):
    def change(self, name):
        if name in {"site", "tag"}:
            make_essay().tags.add("labour")
        elif name == "discussion":
            make_comment(self.essay)
        elif name == "member":
            make_comment(make_essay(), author=self.writer)
        else:
            make_counterpoint(self.claim)

    def test_by_its_tag(self):
        for name, url in self.urls.items():
            first = self.client.get(url)
            known = {"If-None-Match": first.headers["ETag"]}
            with self.subTest(name=name):
                with self.assertNumQueries(QUERIES[name]):
                    again = self.client.get(url, headers=known)
                self.assertEqual((again.status_code, again.content), (304, b""))
                self.assertEqual(again.headers["ETag"], first.headers["ETag"])
                self.change(name)
                self.assertEqual(self.client.get(url, headers=known).status_code, HTTPStatus.OK)

    def test_what_others_write_leaves_a_members_feed_as_it_was(self):
        url = self.urls["member"]
        known = {"If-None-Match": self.client.get(url).headers["ETag"]}
        make_comment(make_essay())
        self.assertEqual(self.client.get(url, headers=known).status_code, 304)

    def test_by_its_moment(self):
        for name, url in self.urls.items():
            first = self.client.get(url)
            moment = {"If-Modified-Since": first.headers["Last-Modified"]}
            with self.subTest(name=name):
                with self.assertNumQueries(QUERIES[name]):
                    again = self.client.get(url, headers=moment)
                self.assertEqual((again.status_code, again.content), (304, b""))
                with time_machine.travel(timezone.now() + timedelta(minutes=1)):
                    self.change(name)
                    newer = self.client.get(url, headers=moment)
                self.assertEqual(newer.status_code, HTTPStatus.OK)
                self.assertGreater(newer.headers["Last-Modified"], "")

    def test_one_that_is_taken_away_makes_another_feed(self):
        url = self.urls["discussion"]
        first = self.client.get(url)
        asked = (
            {"If-None-Match": first.headers["ETag"]},
            {"If-Modified-Since": first.headers["Last-Modified"]},
        )
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            posts.set_status(post=self.reply, status=PostStatus.HIDDEN)
            for headers in asked:
                with self.subTest(headers=headers):
                    self.assertEqual(self.client.get(url, headers=headers).status_code, 200)

    def test_nonsense_is_answered_with_the_feed(self):
        for headers in (
            {"If-Modified-Since": "yesterday"},
            {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
            {"If-None-Match": '"x"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        ):
            with self.subTest(headers=headers):
                answer = self.client.get(self.urls["site"], headers=headers)
                self.assertEqual(answer.status_code, HTTPStatus.OK)

    def test_a_member_gets_what_a_stranger_gets(self):
        for name, url in self.urls.items():
            stranger = Client().get(url)
            self.client.force_login(make_user())
            with self.subTest(name=name):
                answer = self.client.get(url)
                self.assertEqual(answer.content, stranger.content)
                self.assertEqual(answer.headers["ETag"], stranger.headers["ETag"])
                self.assertNotIn("Cookie", answer.headers.get("Vary", ""))
                self.assertNotIn("private", answer.headers["Cache-Control"])
                self.assertEqual(answer.cookies, {})

    def test_the_pages_cache_answers_the_next_who_asks(self):
        url = self.urls["essay"]
        first = self.client.get(url)
        with self.assertNumQueries(1):
            self.assertEqual(self.client.get(url).content, first.content)
        forget_what_is_kept()
        self.assertEqual(self.client.get(url).content, first.content)
