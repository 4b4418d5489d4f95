"""The map of the site names every page that strangers are offered, and no other."""

from datetime import timedelta
from unittest.mock import patch
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from essays.models import Essay
from forum.counterpoints import actions as counterpoints
from forum.exchange import site_map
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_editor, make_essay, make_user
from tests.kept import forget_what_is_kept

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class MapCase(TestCase):
    def read(self, url, root, item):
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        self.assertEqual(response.headers["Content-Type"], "application/xml; charset=utf-8")
        tree = ElementTree.fromstring(response.content)  # noqa: S314 — our own
        self.assertEqual(tree.tag, SITEMAPS + root)
        self.assertEqual({each.tag for each in tree}, {SITEMAPS + item})
        return [each.find(f"{SITEMAPS}loc").text for each in tree], tree

    def lists(self):
        forget_what_is_kept()
        return self.read("/sitemap.xml", "sitemapindex", "sitemap")[0]

    def named(self):
        """Every address in every list."""
        found = []
        for url in self.lists():
            found += self.read(url, "urlset", "url")[0]
        return [url.removeprefix("http://testserver") for url in found]


class SitemapTests(MapCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.essay.tags.add("tools", "Père & fils")
        cls.claim = make_claim(cls.essay)
        make_comment(cls.essay)
        cls.quiet = make_essay("Oats", slug="oats")

    def test_it_names_what_can_be_read(self):
        self.assertEqual(
            sorted(self.named()),
            sorted(
                [
                    "/", "/open-questions/", "/discussion/", "/how-standing-works/",
                    "/moderation/log/", "/essays/the-collar/", "/essays/oats/",
                    "/essays/the-collar/discussion/", f"/claims/{self.claim.pk}/",
                    "/tags/tools/", "/tags/p%C3%A8re-fils/",
                ]
            ),
        )  # fmt: skip

    def test_every_address_in_it_opens_to_a_stranger(self):
        for url in self.named():
            with self.subTest(url=url):
                self.assertEqual(self.client.get(url).status_code, 200)

    def test_what_is_not_offered_is_not_named_whoever_asks(self):
        changes = {
            "draft": {"published_at": None},
            "later": {"published_at": timezone.now() + timedelta(days=1)},
            "retired": {"retired_at": timezone.now(), "retired_reason": "It was wrong."},
        }
        before = self.named()
        for name, change in changes.items():
            essay = make_essay(slug=f"hidden-{name}")
            essay.tags.add(f"hidden-tag-{name}")
            make_claim(essay)
            make_comment(essay)
            Essay.objects.filter(pk=essay.pk).update(**change)
        for reader in (None, make_user(), make_editor()):
            self.client.logout()
            if reader:
                self.client.force_login(reader)
            with self.subTest(reader=str(reader)):
                self.assertEqual(self.named(), before)

    def test_a_claim_that_was_taken_down_is_not_named(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertNotIn(f"/claims/{self.claim.pk}/", self.named())

    def test_it_says_when_each_was_changed(self):
        urls, tree = self.read("/sitemap-essays-0.xml", "urlset", "url")
        changed = dict(zip(urls, tree.iter(f"{SITEMAPS}lastmod"), strict=True))
        self.assertEqual(
            changed["http://testserver/essays/oats/"].text,
            self.quiet.current_revision.created_at.isoformat(timespec="seconds"),
        )

    def test_a_list_that_is_not_there_is_not_there(self):
        for name in ("essays-1", "essays-999999999999999999", "pages-1", "members-0", "essays-x"):
            with self.subTest(name=name):
                self.assertEqual(self.client.get(f"/sitemap-{name}.xml").status_code, 404)

    def test_a_large_site_has_several_lists_and_names_nothing_twice(self):
        before = sorted(self.named())
        with patch.object(site_map, "SIZE", 1):
            self.assertGreater(len(self.lists()), 6)
            self.assertEqual(sorted(self.named()), before)

    def test_the_list_of_lists_is_made_once_an_hour(self):
        self.lists()
        with self.assertNumQueries(0):
            response = self.client.get("/sitemap.xml")
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=3600")
        self.assertNotIn("Cookie", response.headers.get("Vary", ""))

    @override_settings(HOST="https://debate.example")
    def test_addresses_are_the_ones_that_the_operator_names(self):
        self.assertTrue(self.lists()[0].startswith("https://debate.example/sitemap-"))
        self.assertContains(
            self.client.get("/robots.txt"), "Sitemap: https://debate.example/sitemap.xml\n"
        )

    def test_one_host_is_not_told_anothers_addresses(self):
        with override_settings(ALLOWED_HOSTS=["a.example", "b.example"]):
            for host in ("a.example", "b.example"):
                response = self.client.get("/sitemap.xml", headers={"Host": host})
                self.assertContains(response, f"http://{host}/sitemap-pages-0.xml")


class CostTests(MapCase):
    def test_queries_do_not_grow_with_the_site(self):
        costs = []
        for size in (1, 8):
            for _ in range(size):
                essay = make_essay()
                essay.tags.add(f"tag-{essay.pk}")
                make_claim(essay)
                make_comment(essay)
            forget_what_is_kept()
            with CaptureQueriesContext(connection) as queries:
                for name in ("", "-essays-0", "-discussions-0", "-claims-0", "-tags-0"):
                    self.client.get(f"/sitemap{name}.xml")
            costs.append(len(queries))
        self.assertEqual(costs, [8, 8])


class RobotsTests(TestCase):
    def test_it_names_the_map_and_keeps_readers_without_eyes_from_doors_and_searches(self):
        response = self.client.get("/robots.txt")
        self.assertEqual(response.headers["Content-Type"], "text/plain; charset=utf-8")
        parser = RobotFileParser()
        parser.parse(response.content.decode().splitlines())
        self.assertEqual(parser.site_maps(), ["http://testserver/sitemap.xml"])
        for path in ("/", "/essays/the-collar/", "/claims/7/", "/tags/tools/", "/media/a.webp"):
            self.assertTrue(parser.can_fetch("anybody", path), path)
        for path in ("/admin/", "/accounts/login/", "/search/?q=oats", "/posts/7/", "/desk/"):
            self.assertFalse(parser.can_fetch("anybody", path), path)
