"""A visitor whose page is kept is answered by one statement, and never with what is out of date."""

from io import BytesIO
from unittest.mock import patch

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections, connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.actions import refresh
from forum.counterpoints import actions as counterpoints
from forum.lib.front_door import FrontDoor
from forum.posts.statuses import PostStatus
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)
from tests.kept import forget_what_is_kept


class Answer:
    def __init__(self, status, headers, content):
        self.status_code = int(status.split()[0])
        self.headers, self.content = dict(headers), content


class Door:
    """Asks as a web server does: the test client goes past the front door."""

    def __init__(self):
        self.application = FrontDoor(WSGIHandler())

    def get(self, url, method="GET", **environ):
        path, _, query = url.partition("?")
        said = []
        parts = self.application(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "SERVER_NAME": "testserver",
                "SERVER_PORT": "80",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": "testserver",
                "wsgi.url_scheme": "http",
                "wsgi.input": BytesIO(),
                **environ,
            },
            lambda status, headers, *_: said.extend([status, headers]),
        )
        content = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return Answer(*said, content)


class FrontDoorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.remark = make_comment(cls.essay)
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim)
        cls.pages = {
            "essay": cls.essay.get_absolute_url(),
            "discussion": reverse("discussion:thread", args=[cls.essay.slug]),
            "claim": cls.claim.get_absolute_url(),
            "home": reverse("home"),
        }

    def setUp(self):
        self.door = Door()
        # A test's transaction would end with its connection.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        quiet = patch("forum.lib.front_door.close_old_connections")
        quiet.start()
        self.addCleanup(quiet.stop)

    def test_a_page_is_kept_for_each_choice_of_colours(self):
        for _, url in self.each_page():
            forget_what_is_kept()
            for _ in range(3):
                dark = self.door.get(url, HTTP_COOKIE="scheme=dark").content
                self.assertIn(b'<html data-scheme="dark"', dark)
                self.assertNotIn(b"data-scheme", self.door.get(url).content)

    def each_page(self):
        for name, url in self.pages.items():
            with self.subTest(page=name):
                yield self.door, url

    def test_the_second_visitor_costs_one_query_and_gets_the_same(self):
        for door, url in self.each_page():
            first = door.get(url)
            with self.assertNumQueries(1):
                second = door.get(url)
            self.assertEqual(second.content, first.content)
            self.assertEqual(second.headers, first.headers)

    def test_who_has_the_page_is_told_so_for_one_query(self):
        for door, url in self.each_page():
            etag = door.get(url).headers["ETag"]
            with self.assertNumQueries(1):
                answer = door.get(url, HTTP_IF_NONE_MATCH=etag)
            self.assertEqual((answer.status_code, answer.content), (304, b""))
            self.assertEqual(answer.headers["ETag"], etag)
            self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])

    def test_a_feed_is_known_by_the_very_moment_of_its_making_unless_a_tag_is_sent(self):
        for url in (
            reverse("exchange:site-feed"),
            reverse("exchange:essay-feed", args=[self.essay.slug]),
            reverse("exchange:discussion-feed", args=[self.essay.slug]),
            reverse("exchange:claim-feed", args=[self.claim.pk]),
        ):
            first = self.door.get(url)
            moment = {"HTTP_IF_MODIFIED_SINCE": first.headers["Last-Modified"]}
            with self.subTest(url=url):
                with self.assertNumQueries(1):
                    again = self.door.get(url, **moment)
                self.assertEqual((again.status_code, again.content), (304, b""))
                self.assertEqual(again.headers["Last-Modified"], first.headers["Last-Modified"])
                other = self.door.get(url, **moment, HTTP_IF_NONE_MATCH='W/"other"')
                self.assertEqual((other.status_code, other.content), (200, first.content))

    def test_every_change_shows_at_once(self):
        changes = {
            "a remark": lambda: make_comment(self.essay, source="Another remark."),
            "an answer": lambda: make_counterpoint(self.claim, target=self.objection),
            "a vote": lambda: cast_votes(self.objection.post, up=1),
            "a hidden post": lambda: counterpoints.set_status(
                post=self.objection.post, status=PostStatus.HIDDEN
            ),
        }
        for name, change in changes.items():
            before = {url: self.door.get(url).headers["ETag"] for url in self.pages.values()}
            change()
            # Whatever is about the essay shows on its own page; the others may show it too.
            etag = before[self.pages["essay"]]
            with self.subTest(change=name):
                answer = self.door.get(self.pages["essay"], HTTP_IF_NONE_MATCH=etag)
                self.assertEqual(answer.status_code, 200)

    def test_a_page_out_of_date_costs_no_query_more_than_a_new_one(self):
        """But the essay's, whose version is asked for by itself: one more, and six at most."""
        for door, url in self.each_page():
            look = url == self.pages["essay"]
            forget_what_is_kept()
            with CaptureQueriesContext(connection) as fresh:
                door.get(url)
            make_comment(self.essay)
            cast_votes(self.objection.post, up=1)
            with CaptureQueriesContext(connection) as again:
                door.get(url)
            self.assertEqual(len(again), len(fresh) + look)
            self.assertLessEqual(len(again), 6 if look else len(fresh))

    def test_a_member_never_gets_it(self):
        member = Client()
        member.force_login(make_user("wren", display_name="Wren Oddfellow"))
        cookie = member.cookies.output(header="", sep=";").split(";")[0].strip()
        for door, url in self.each_page():
            door.get(url)
            self.assertIn(b"Wren Oddfellow", door.get(url, HTTP_COOKIE=cookie).content)
            self.assertNotIn(b"Wren Oddfellow", door.get(url).content)

    def test_only_reading_is_answered_there(self):
        for door, url in self.each_page():
            door.get(url)
            self.assertIn(door.get(url, method="POST").status_code, {302, 403, 405})

    def test_each_name_of_the_site_has_its_own(self):
        with self.settings(ALLOWED_HOSTS=["testserver", "other.example"]):
            url = self.pages["essay"]
            self.door.get(url)
            self.assertEqual(self.door.get(url, HTTP_HOST="wrong.example").status_code, 400)

    def test_each_language_and_each_compression_has_its_own(self):
        url = self.pages["essay"]
        plain = self.door.get(url).content
        packed = self.door.get(url, HTTP_ACCEPT_ENCODING="gzip")
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(self.door.get(url).content, plain)

    def test_nobody_gets_a_page_in_the_language_of_another(self):
        manners = {
            "en-GB": [{}, {"HTTP_ACCEPT_LANGUAGE": "fr"}, {"HTTP_COOKIE": "language=en-gb"}],
            "de": [{"HTTP_ACCEPT_LANGUAGE": "de-AT"}, {"HTTP_COOKIE": "language=de"}],
            "ar": [{"HTTP_ACCEPT_LANGUAGE": "de", "HTTP_COOKIE": "other=x; language=ar"}],
        }
        for door, url in self.each_page():
            tags = set()
            for _ in range(2):
                for language, ways in manners.items():
                    for way in ways:
                        answer = door.get(url, **way)
                        self.assertIn(f'<html lang="{language}"', answer.content.decode())
                        tags.add((language, answer.headers["ETag"]))
            self.assertEqual(len({tag for _, tag in tags}), len(manners))
            for language, tag in tags:
                for other, ways in manners.items():
                    with self.assertNumQueries(1):
                        answer = door.get(url, HTTP_IF_NONE_MATCH=tag, **ways[0])
                    self.assertEqual(answer.status_code, 304 if other == language else 200)

    def test_an_essay_that_is_taken_back_is_gone_for_visitors(self):
        for door, url in self.each_page():
            door.get(url)
        self.essay.published_at = None
        self.essay.save(update_fields=["published_at"])
        refresh(self.essay)
        for name in ("essay", "claim", "discussion"):
            self.assertEqual(self.door.get(self.pages[name]).status_code, 404)

    def test_what_no_statement_sees_shows_after_a_minute(self):
        url = self.pages["essay"]
        self.door.get(url)
        forget_what_is_kept()
        with (
            patch("forum.lib.front_door.time.monotonic", return_value=float("inf")),
            CaptureQueriesContext(connection) as told,
        ):
            self.door.get(url)
        self.assertGreater(len(told), 1)

    def test_a_database_that_does_not_answer_is_for_the_site_to_tell(self):
        url = self.pages["essay"]
        self.door.get(url)
        with patch("forum.lib.front_door._ask", side_effect=OperationalError("gone")):
            self.assertEqual(self.door.get(url).status_code, 200)
