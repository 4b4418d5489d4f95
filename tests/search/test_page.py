"""What stands around the results is rendered once for many searches, and says what each asked."""

from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import TestCase
from django.urls import reverse

from forum.search.ranking import PAGE_SIZE
from tests.factories import make_comment, make_editor, make_essay, make_user
from tests.kept import forget_what_is_kept
from tests.search.reading import chosen, next_url, text_of, ways

HOSTILE = """'"><b> & %26 +gap-after "ox\""""


class PageAroundResultsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("mara")
        cls.essay = make_essay("On Oxen")
        cls.essay.tags.add("Labour")
        for number in range(PAGE_SIZE + 1):
            make_comment(cls.essay, author=cls.author, source=f"An ox, number{number}.")
        make_comment(cls.essay, author=cls.author, source="A mule.")

    def setUp(self):
        forget_what_is_kept()

    def get(self, words, **values):
        return self.client.get(reverse("search:search"), {"q": words, **values})

    def test_it_is_rendered_once_for_searches_that_are_narrowed_alike(self):
        with patch("forum.lib.shells.render_to_string", return_value="") as rendered:
            for count, words, values in (
                (1, ("number1", "mule", "number2 ox"), {}),
                (2, ("zebu", "yak"), {}),
                (3, ("number1", "mule"), {"kind": "comment"}),
                (4, ("number1", "mule"), {"author": "mara"}),
            ):
                for each in words:
                    self.get(each, **values)
                with self.subTest(words=words, values=values):
                    self.assertEqual(rendered.call_count, count)

    def test_no_search_says_what_another_asked(self):
        self.get("ox")
        found = self.get("mule")
        self.assertContains(found, "<title>mule: search")
        self.assertContains(found, 'value="mule"')
        self.assertContains(found, "1 result.")
        self.assertNotContains(found, "ox")
        self.assertEqual(ways(found)["Posts"].number, "1")
        for way in ways(found).values():
            self.assertEqual(parse_qs(urlsplit(way.url).query)["q"], ["mule"])

    def test_every_address_asks_for_the_same_words_whatever_is_in_them(self):
        for values in ({}, {"author": "mara", "kind": "comment"}):
            with self.subTest(values=values):
                found = self.get(HOSTILE, **values)
                self.assertNotContains(found, "<b>")
                self.assertContains(found, "&#x27;&quot;&gt;&lt;b&gt; &amp; %26 +gap-after")
                for url in (*chosen(found).values(), *(way.url for way in ways(found).values())):
                    self.assertEqual(parse_qs(urlsplit(url).query)["q"], [HOSTILE])

    def test_the_next_page_goes_on_with_what_this_one_asked(self):
        for words in ("ox", "an ox"):
            with self.subTest(words=words):
                query = parse_qs(urlsplit(next_url(self.get(words, order="newest"))).query)
                self.assertEqual((query["q"], query["order"]), ([words], ["newest"]))
                self.assertIn(f"{PAGE_SIZE}-", query["after"][0])

    def test_nothing_stays_in_it_that_was_to_be_filled_in(self):
        for words in ("", "ox", "zebu", "-ox"):
            for values in ({}, {"kind": "comment"}, {"standing": "refuted"}, {"tag": "labour"}):
                with self.subTest(words=words, values=values):
                    for _ in range(2):
                        self.assertNotIn("gap-", text_of(self.get(words, **values)))

    def test_a_tag_that_was_renamed_is_called_by_its_new_name(self):
        self.assertIn("Tagged Labour", chosen(self.get("ox", tag="labour")))
        self.essay.tags.filter(slug="labour").update(name="Toil")
        self.assertIn("Tagged Toil", chosen(self.get("ox", tag="labour")))

    def test_a_tag_that_is_offered_is_one_that_the_reader_may_know(self):
        make_essay("Hidden", published=False).tags.add("secretive")
        visitor = self.get("zebu")
        self.assertContains(visitor, reverse("tag", args=["labour"]))
        self.assertNotContains(visitor, "secretive")
        self.client.force_login(make_editor())
        self.assertContains(self.get("zebu"), reverse("tag", args=["secretive"]))
        self.client.logout()
        self.assertNotContains(self.get("zebu"), "secretive")

    def test_each_reader_has_their_own_head_of_the_page(self):
        self.client.force_login(self.author)
        self.assertContains(self.get("ox"), reverse("member", args=["mara"]))
        self.client.logout()
        self.assertNotContains(self.get("ox"), reverse("member", args=["mara"]))
        self.assertContains(self.get("ox"), reverse("account_login"))

    def test_what_a_reader_is_to_be_told_is_told_to_them_alone(self):
        waiting = [Message(SUCCESS, "It is done.")]
        self.client.cookies["messages"] = CookieStorage(HttpRequest())._encode(waiting)
        found = self.get("ox")
        self.assertContains(found, "It is done.")
        self.assertContains(found, "number1")
        self.assertTrue(ways(found)["Posts"].url.startswith("/search/?q=ox"))
        self.client.cookies.clear()
        self.assertNotContains(self.get("ox"), "It is done.")
