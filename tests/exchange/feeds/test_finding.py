"""A program that is shown a page finds the feed of it, and so does a reader."""

import re

from django.urls import reverse

from tests.exchange.feeds.reading import parsed
from tests.exchange.feeds.test_feeds import FeedCase

TYPE = "application/atom+xml"


class FoundTests(FeedCase):
    def pages(self):
        return {
            "site": reverse("home"),
            "tag": reverse("tag", args=["labour"]),
            "essay": self.essay.get_absolute_url(),
            "discussion": reverse("discussion:thread", args=["oats"]),
            "claim": self.claim.get_absolute_url(),
            "member": self.writer.get_absolute_url(),
        }

    def tags_of(self, url, tag):
        page = self.client.get(url).content.decode()
        found = re.findall(rf"<{tag} [^>]*{re.escape(TYPE)}[^>]*>", page)
        return [re.search(r'href="([^"]*)"', each)[1] for each in found]

    def test_a_program_finds_the_feed_of_the_page_and_that_of_the_site(self):
        for name, page in self.pages().items():
            with self.subTest(name=name):
                found = self.tags_of(page, "link")
                self.assertEqual(set(found), {self.urls["site"], self.urls[name]})
                for url in found:
                    parsed(self.client.get(url))

    def test_a_reader_finds_a_link_to_it(self):
        for name, page in self.pages().items():
            with self.subTest(name=name):
                self.assertIn(self.urls[name], self.tags_of(page, "a"))

    def test_members_find_them_too(self):
        self.client.force_login(self.writer)
        for name, page in self.pages().items():
            with self.subTest(name=name):
                self.assertIn(self.urls[name], self.tags_of(page, "link"))
                self.assertIn(self.urls[name], self.tags_of(page, "a"))

    def test_the_title_of_one_is_escaped(self):
        page = self.client.get(self.essay.get_absolute_url())
        self.assertContains(page, 'title="Oats &amp; &lt;i&gt;Oxen&lt;/i&gt;"')
