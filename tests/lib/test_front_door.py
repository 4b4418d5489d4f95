"""A visitor whose page is kept is answered by one statement, and never with what is out of date."""

from django.core.cache import caches
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays.actions import refresh
from forum.counterpoints import actions as counterpoints
from forum.posts.statuses import PostStatus
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)


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

    def each_page(self):
        for name, url in self.pages.items():
            with self.subTest(page=name):
                yield Client(), url

    def test_the_second_visitor_costs_one_query_and_gets_the_same(self):
        for client, url in self.each_page():
            first = client.get(url)
            with self.assertNumQueries(1):
                second = Client().get(url)
            self.assertEqual(second.content, first.content)
            self.assertEqual(dict(second.items()), dict(first.items()))

    def test_who_has_the_page_is_told_so_for_one_query(self):
        for client, url in self.each_page():
            etag = client.get(url).headers["ETag"]
            with self.assertNumQueries(1):
                response = client.get(url, headers={"if-none-match": etag})
            self.assertEqual((response.status_code, response.content), (304, b""))
            self.assertEqual(response.headers["ETag"], etag)
            self.assertIn("default-src 'self'", response.headers["Content-Security-Policy"])

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
            before = {url: Client().get(url).headers["ETag"] for url in self.pages.values()}
            change()
            # Whatever is about the essay shows on its own page; the others may show it too.
            etag = before[self.pages["essay"]]
            with self.subTest(change=name):
                response = Client().get(self.pages["essay"], headers={"if-none-match": etag})
                self.assertEqual(response.status_code, 200)

    def test_a_page_out_of_date_costs_no_query_more_than_a_new_one(self):
        for client, url in self.each_page():
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as fresh:
                client.get(url)
            make_comment(self.essay)
            cast_votes(self.objection.post, up=1)
            with self.assertNumQueries(len(fresh)):
                client.get(url)

    def test_a_member_never_gets_it(self):
        member = Client()
        member.force_login(make_user("wren", display_name="Wren Oddfellow"))
        for client, url in self.each_page():
            client.get(url)
            self.assertContains(member.get(url), "Wren Oddfellow")
            self.assertNotContains(client.get(url), "Wren Oddfellow")

    def test_each_name_of_the_site_has_its_own(self):
        with self.settings(ALLOWED_HOSTS=["testserver", "other.example"]):
            url = self.pages["essay"]
            Client().get(url)
            self.assertEqual(Client().get(url, headers={"host": "wrong.example"}).status_code, 400)

    def test_an_essay_that_is_taken_back_is_gone_for_visitors(self):
        for client, url in self.each_page():
            client.get(url)
        self.essay.published_at = None
        self.essay.save(update_fields=["published_at"])
        refresh(self.essay)
        self.assertEqual(Client().get(self.pages["essay"]).status_code, 404)
        self.assertEqual(Client().get(self.pages["claim"]).status_code, 404)
        self.assertEqual(Client().get(self.pages["discussion"]).status_code, 404)
