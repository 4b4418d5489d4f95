"""Whoever reads an essay may have its argument as data, by a link, without an account."""

from datetime import timedelta
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.counterpoints import actions as counterpoints
from forum.exchange import export_views
from forum.exchange.formats.catalogue import FORMATS
from forum.posts.statuses import PostStatus
from tests.exchange.exports import records
from tests.factories import cast_votes, make_claim, make_counterpoint, make_editor, make_essay
from tests.kept import forget_what_is_kept


def url_of(essay, name="jsonl"):
    return reverse("exchange:export-file", args=[essay.slug, name])


class ExportPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim, source="The saddlers knew.")

    def setUp(self):
        forget_what_is_kept()

    def test_the_page_offers_every_format_with_its_licence_and_the_claims_lead_to_it(self):
        url = reverse("exchange:export", args=["the-collar"])
        page = self.client.get(url)
        for name in FORMATS:
            self.assertContains(page, f'href="{url_of(self.essay, name)}"')
        self.assertContains(page, "All rights remain with the writers")
        german = self.client.get(url, headers={"Accept-Language": "de"})
        self.assertContains(german, "Alle Rechte bleiben bei denen, die geschrieben haben")
        self.assertContains(page, "pseudonym")
        claims = self.client.get(reverse("counterpoints:claims", args=["the-collar"]))
        self.assertContains(claims, 'href="/essays/the-collar/export/"')

    @override_settings(CONTENT_LICENCE='CC BY 4.0 <b>"quoted"</b>')
    def test_the_licence_is_the_operator_s_own(self):
        page = self.client.get(reverse("exchange:export", args=["the-collar"]))
        self.assertContains(page, "CC BY 4.0 &lt;b&gt;&quot;quoted&quot;&lt;/b&gt;")
        found = records(self.client.get(url_of(self.essay)).content)
        self.assertEqual(found["export"][0]["licence"], 'CC BY 4.0 <b>"quoted"</b>')

    def test_a_stranger_downloads_each_and_nothing_is_written(self):
        for name, form in FORMATS.items():
            with (
                self.subTest(name),
                CaptureQueriesContext(
                    connection,
                ) as queries,
            ):
                response = self.client.get(url_of(self.essay, name))
                self.assertEqual(response.status_code, 200)
                self.assertEqual(response.headers["Content-Type"], form.content_type)
                self.assertEqual(
                    response.headers["Content-Disposition"],
                    f'attachment; filename="the-collar.{form.ending}"',
                )
                self.assertFalse(response.cookies)
            self.assertFalse([q for q in queries if not q["sql"].startswith("SELECT")])

    def test_the_addresses_in_it_are_this_site_s(self):
        found = records(self.client.get(url_of(self.essay)).content)
        self.assertEqual(found["essay"][0]["url"], "http://testserver/essays/the-collar/")
        self.assertEqual(found["claim"][0]["url"], f"http://testserver/claims/{self.claim.pk}/")

    def test_an_unchanged_file_is_not_sent_twice_and_a_vote_changes_it(self):
        first = self.client.get(url_of(self.essay))
        again = {"If-None-Match": first.headers["ETag"]}
        with self.assertNumQueries(1):
            response = self.client.get(url_of(self.essay), headers=again)
        self.assertEqual((response.status_code, response.content), (304, b""))
        cast_votes(self.objection.post, up=1)
        response = self.client.get(url_of(self.essay), headers=again)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(records(response.content)["counterpoint"][0]["up"], 1)

    def test_a_small_one_is_kept_and_a_large_one_is_not(self):
        for size, queries in ((export_views.KEPT_SIZE, 1), (10, 7)):
            forget_what_is_kept()
            with patch.object(export_views, "KEPT_SIZE", size):
                self.client.get(url_of(self.essay))
                with self.assertNumQueries(queries):
                    self.client.get(url_of(self.essay))

    def test_a_debate_too_large_to_pack_while_somebody_waits_is_not_offered(self):
        with patch.object(export_views, "MOST_POSTS", 1):
            page = self.client.get(reverse("exchange:export", args=["the-collar"]))
            self.assertContains(page, "too large")
            self.assertNotContains(page, "Download")
            self.assertEqual(self.client.get(url_of(self.essay)).status_code, 404)

    def test_no_draft_is_handed_out_nor_what_is_no_format(self):
        draft = make_essay(published=False)
        later = make_essay(published_at=timezone.now() + timedelta(days=1))
        for user in (None, make_editor()):
            if user:
                self.client.force_login(user)
            for essay in (draft, later):
                self.assertEqual(self.client.get(url_of(essay)).status_code, 404)
                page = reverse("exchange:export", args=[essay.slug])
                self.assertEqual(self.client.get(page).status_code, 404)
            for name in ("xml", "JSONL", "jsonl.", "__class__"):
                path = f"/essays/the-collar/export/{name}"
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_what_was_taken_down_or_taken_back_is_in_no_format(self):
        counterpoints.withdraw(by=self.objection.post.author, post=self.objection.post)
        other = make_claim(self.essay, "It was cheap", statement="Straw cost a groat.")
        make_counterpoint(other, source="A penny, rather.")
        counterpoints.set_status(post=other.opening, status=PostStatus.HIDDEN)
        for name in FORMATS:
            content = self.client.get(url_of(self.essay, name)).content
            if content.startswith(b"PK"):
                with ZipFile(BytesIO(content)) as archive:
                    content = b"".join(archive.read(each) for each in archive.namelist())
            for said in (b"The saddlers knew", b"Straw cost a groat", b"A penny, rather"):
                with self.subTest(name, said=said):
                    self.assertNotIn(said, content)
