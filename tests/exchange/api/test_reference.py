"""The API's own page: made of its schema, readable without a script, and true."""

import html
import re

from django.test import TestCase
from django.urls import reverse

from forum.counterpoints.actions import set_status
from forum.exchange.api.openapi import schema
from forum.guard.models import Limit
from tests.exchange.api.asking import ask
from tests.factories import make_claim, make_counterpoint, make_essay

PAGE = reverse("exchange:api:reference")


class ReferenceTests(TestCase):
    def links(self):
        page = self.client.get(PAGE).content.decode()
        return [html.unescape(each) for each in re.findall(r'href="(/api/v1/[^"]+)"', page)]

    def test_it_names_every_address_and_every_field(self):
        page, told = self.client.get(PAGE), schema()
        for path, operations in told["paths"].items():
            self.assertContains(page, html.escape(path))
            self.assertContains(page, html.escape(operations["get"]["description"]).split("“")[0])
        for thing in told["components"]["schemas"].values():
            for field in thing["properties"]:
                self.assertContains(page, f"<code>{field}</code>")

    def test_its_examples_speak_of_what_is_there_and_each_is_answered(self):
        claim = make_claim(make_essay(slug="the-collar"))
        make_counterpoint(claim)
        links = self.links()
        self.assertIn("/api/v1/essays/the-collar/claims/?standing=unanswered", links)
        self.assertGreater(len(links), 6)
        for link in links:
            with self.subTest(link):
                self.assertEqual(ask(link).status_code, 200)
        for link in links:
            if link.endswith(("unanswered", "counterpoints/", "limit=2")):
                self.assertTrue(ask(link).json()["items"], link)

    def test_no_example_speaks_of_a_claim_that_was_taken_down(self):
        claim = make_claim()
        asked = reverse("exchange:api:counterpoints", args=[claim.pk])
        self.assertIn(asked, self.links())
        set_status(post=claim.opening, status="removed")
        self.assertNotIn(asked, self.links())

    def test_an_empty_site_has_examples_too(self):
        links = self.links()
        self.assertGreater(len(links), 2)
        for link in links:
            self.assertEqual(ask(link).status_code, 200)

    def test_it_says_how_often_one_may_ask_now(self):
        self.assertContains(self.client.get(PAGE), "120 requests in 60 seconds")
        Limit.objects.update(most=77)
        self.assertContains(self.client.get(PAGE), "77 requests in 60 seconds")

    def test_it_needs_no_script_of_its_own_and_no_other_site(self):
        page = self.client.get(PAGE).content.decode()
        self.assertNotIn("swagger", page.lower())
        self.assertFalse(re.findall(r'(?:src|href)="https?://(?!testserver)', page))

    def test_it_only_reads(self):
        self.assertEqual(self.client.post(PAGE).status_code, 405)
