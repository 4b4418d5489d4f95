"""What a discussion's page says of itself to machines, though most of it was made for others."""

import gzip
import json

from django.test import override_settings
from django.urls import reverse

from essays.actions import refresh
from forum.discussion.views import SHELL
from tests.factories import make_comment, make_essay, make_user
from tests.forum.test_essay_abroad import HOSTILE, SaidCase


class DiscussionAbroadTests(SaidCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.remark = make_comment(cls.essay)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def test_it_is_a_discussion_of_the_article(self):
        said = self.said(self.url)
        self.assertEqual(said["@type"], "DiscussionForumPosting")
        self.assertEqual(said["url"], f"http://testserver{self.url}")
        self.assertEqual(said["commentCount"], 1)
        self.assertEqual(said["datePublished"], "2026-01-01T09:00:00+00:00")
        self.assertEqual(said["sharedContent"]["headline"], "The Collar")

    def test_members_are_told_the_same(self):
        first = self.said(self.url)
        self.client.force_login(make_user())
        self.assertEqual(self.said(self.url), first)

    def test_what_changes_is_said_at_once(self):
        self.said(self.url)
        make_comment(self.essay)
        self.assertEqual(self.said(self.url)["commentCount"], 2)
        self.essay.title = HOSTILE
        self.essay.save(update_fields=["title"])
        refresh(self.essay)
        self.assertNotIn("<script>alert", self.page(self.url))
        self.assertEqual(self.said(self.url)["sharedContent"]["headline"], HOSTILE)

    @override_settings(ALLOWED_HOSTS=["a.example", "b.example"])
    def test_each_address_of_the_site_says_its_own(self):
        SHELL.kept.clear()
        for host in ("a.example", "b.example", "a.example"):
            said = json.dumps(self.said(self.url, Host=host))
            self.assertEqual([name for name in "ab" if f"{name}.example" in said], [host[0]])

    def test_further_pages_and_branches_are_not_looked_for(self):
        page = self.page(f"{self.url}?branch={self.remark.pk}")
        self.assertNotIn("ld+json", page)
        self.assertNotIn("canonical", page)

    def test_every_order_leads_to_one_address(self):
        for order in ("best", "newest", "oldest"):
            self.assertIn(
                f'rel="canonical" href="http://testserver{self.url}"',
                self.page(f"{self.url}?order={order}"),
            )

    def test_it_adds_little_to_the_page(self):
        page = self.page(self.url)
        begin = page.index('<link rel="canonical"')
        said = page[begin : page.index("</script>", begin)]
        without = page.replace(said, "")
        self.assertLess(
            len(gzip.compress(page.encode())) - len(gzip.compress(without.encode())), 400
        )
