"""What an essay's page says of itself to other sites: true, whole, and nothing but data."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import html5lib
from django.test import TestCase, override_settings

from essays.actions import refresh
from tests.factories import make_comment, make_editor, make_essay, make_user

HOSTILE = "</script><script>alert(1)</script><!-- \"\u2028 & ' \\"


class SaidCase(TestCase):
    def page(self, url, **headers):
        return self.client.get(url, headers=headers).content.decode()

    def said(self, url, **headers):
        """The data on a page as a browser finds it, of which there is one."""
        tree = html5lib.parse(self.page(url, **headers), namespaceHTMLElements=False)
        blocks = [each for each in tree.iter("script") if "src" not in each.attrib]
        self.assertEqual([each.attrib for each in blocks], [{"type": "application/ld+json"}])
        return json.loads(blocks[0].text)

    def metas(self, page):
        found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page)
        return {name: unescape(content) for name, content in found}


class EssayAbroadTests(SaidCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", summary="Who ended serfdom?", author_name="A. Mercer")
        cls.essay.tags.add("tools")
        cls.url = cls.essay.get_absolute_url()

    def test_it_is_an_article_to_machines(self):
        make_comment(self.essay)
        said = self.said(self.url)
        self.assertEqual(said["@type"], "Article")
        self.assertEqual(said["headline"], "The Collar")
        self.assertEqual(said["author"]["name"], "A. Mercer")
        self.assertEqual(said["description"], "Who ended serfdom?")
        self.assertEqual(said["datePublished"], "2026-01-01T09:00:00+00:00")
        self.assertEqual(said["keywords"], ["tools"])
        self.assertEqual(said["commentCount"], 1)
        self.assertEqual(said["wordCount"], self.essay.current_revision.word_count)

    def test_it_is_an_article_with_a_picture_where_it_is_shared(self):
        metas = self.metas(self.page(self.url))
        expected = {
            "og:type": "article", "og:title": "The Collar", "og:site_name": "Counterpoint",
            "og:description": "Who ended serfdom?", "og:url": f"http://testserver{self.url}",
            "og:image:width": "1200", "og:image:height": "630", "author": "A. Mercer",
            "article:published_time": "2026-01-01T09:00:00+00:00", "article:tag": "tools",
            "twitter:card": "summary_large_image", "description": "Who ended serfdom?",
        }  # fmt: skip
        self.assertEqual({name: metas.get(name) for name in expected}, expected)

    def test_hostile_words_stay_words(self):
        self.essay.title = self.essay.summary = self.essay.author_name = HOSTILE
        self.essay.save(update_fields=["title", "summary", "author_name"])
        self.essay.tags.add(HOSTILE)
        refresh(self.essay)
        page = self.page(self.url)
        self.assertNotIn("<script>alert", page)
        said = self.said(self.url)
        self.assertEqual(
            {said["headline"], said["description"], said["author"]["name"], *said["keywords"]},
            {HOSTILE, "tools"},
        )
        self.assertEqual(self.metas(page)["og:title"], HOSTILE)

    def test_a_change_is_said_at_once(self):
        self.page(self.url)
        self.essay.title = "The Yoke"
        self.essay.save(update_fields=["title"])
        refresh(self.essay)
        self.assertEqual(self.said(self.url)["headline"], "The Yoke")

    def test_every_reader_is_told_the_same(self):
        first = self.said(self.url)
        for reader in (make_user(), make_editor()):
            self.client.force_login(reader)
            self.assertEqual(self.said(self.url), first)

    @override_settings(ALLOWED_HOSTS=["a.example", "b.example"])
    def test_addresses_are_those_of_the_reader_until_the_operator_names_one(self):
        for host in ("a.example", "b.example"):
            said = self.said(self.url, Host=host)
            self.assertEqual(said["url"], f"http://{host}{self.url}")
            self.assertNotIn("testserver", json.dumps(said))
        with override_settings(HOST="https://debate.example"):
            said = self.said(self.url, Host="b.example")
            self.assertTrue(said["image"].startswith(f"https://debate.example{self.url}card-"))
            self.assertIn(
                f'rel="canonical" href="https://debate.example{self.url}"',
                self.page(self.url, Host="b.example"),
            )

    def test_a_host_that_is_not_ours_is_refused_not_repeated(self):
        response = self.client.get(self.url, headers={"Host": "evil.example"})
        self.assertEqual(response.status_code, 400)

    def test_what_is_not_offered_names_no_picture(self):
        self.client.force_login(make_editor())
        draft = make_essay(published=False)
        type(self.essay).objects.filter(pk=self.essay.pk).update(
            retired_at=datetime(2026, 2, 1, tzinfo=UTC), retired_reason="It was wrong.",
            version=self.essay.version + 9,
        )  # fmt: skip
        for essay in (draft, self.essay):
            page = self.page(essay.get_absolute_url())
            self.assertNotIn("og:image", page)
            self.assertNotIn("card-", page)
            self.assertEqual(self.metas(page)["twitter:card"], "summary")


class ContentsTests(SaidCase):
    def test_the_contents_are_there_where_there_is_no_rail(self):
        page = self.page(make_essay().get_absolute_url())
        contents = re.search(r'<details class="contents.*?</details>', page, re.DOTALL)[0]
        for address in ("#h-straw", "#h-oats", "#talk"):
            self.assertIn(f'href="{address}"', contents)

    def test_an_essay_without_sections_has_no_contents(self):
        page = self.page(make_essay(source="One.\n\nTwo.").get_absolute_url())
        self.assertNotIn('class="contents', page)

    def test_the_time_it_takes_is_said(self):
        page = self.page(make_essay(source="word " * 1150).get_absolute_url())
        self.assertIn("five minutes to read", page)
