"""What machines are told of a page comes back as it was said, and is never more than data."""

import json
import re
from datetime import UTC, datetime
from unittest import TestCase

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from forum.lib.rendering import data_block
from forum.lib.structured_data import Work, article, claim, discussion

WHEN = datetime(2026, 2, 10, 9, 30, 12, 345, tzinfo=UTC)
WORK = Work("https://debate.example", "/essays/collar/", "The Horse Collar", "Alban Mercer")
HOSTILE = (
    "</script><script>alert(1)</script>", "<!--<script>", "-->", "]]>", "\u2028\u2029", '"\\',
    "</ScRiPt\n>", "&lt;/script&gt;", "\x00\x1f", "\U0001f600 שלום", "<\\/script>", "\ufeff",
)  # fmt: skip


def read(block):
    """The data in it, as a browser finds it: nothing else may have come of it."""
    page = html5lib.parse(
        f"<head>{block}<title>After</title></head><p>Words.", namespaceHTMLElements=False
    )
    (script,) = page.iter("script")
    assert script.attrib == {"type": "application/ld+json"}
    assert page.find("head/title").text == "After"
    return json.loads(script.text)


class BlockTests(TestCase):
    def test_hostile_words_stay_words(self):
        for words in HOSTILE:
            with self.subTest(words=words):
                block = data_block({"name": words, words: ["a", {"b": words}]})
                self.assertEqual(read(block), {"name": words, words: ["a", {"b": words}]})
                inside = block.removesuffix("</script>").partition(">")[2]
                self.assertIsNone(re.search("[<>&\u2028\u2029\x00-\x1f]", inside))

    @given(st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ))  # fmt: skip
    def test_whatever_is_said_is_read(self, said):
        self.assertEqual(read(data_block({"said": said})), {"said": said})

    def test_other_scripts_are_not_made_longer(self):
        self.assertIn("שלום", data_block({"name": "שלום"}))


class WordsTests(TestCase):
    def article(self, **said):
        return article(
            WORK,
            **{
                "summary": "Who ended serfdom?", "published": WHEN, "modified": WHEN,
                "words": 1200, "comments": 0, "image": "/a.png", "tags": ["tools"],
            } | said,
        )  # fmt: skip

    def test_an_essay_is_an_article(self):
        said = self.article()
        self.assertEqual(said["@context"], "https://schema.org")
        self.assertEqual(said["@type"], "Article")
        self.assertEqual(said["url"], "https://debate.example/essays/collar/")
        self.assertEqual(said["image"], "https://debate.example/a.png")
        self.assertEqual(said["author"], {"@type": "Person", "name": "Alban Mercer"})
        self.assertEqual(said["datePublished"], "2026-02-10T09:30:12+00:00")
        self.assertEqual((said["wordCount"], said["commentCount"]), (1200, 0))

    def test_what_is_not_known_is_not_said(self):
        said = self.article(published=None, image="", tags=[])
        self.assertEqual({"datePublished", "image", "keywords"} & said.keys(), set())

    def test_a_claim_is_a_claim_that_appears_in_the_article_and_is_not_rated(self):
        said = claim(
            WORK, path="/claims/7/", statement="Nobody knew why.", quotation="Nobody knew why.",
            marked=WHEN, standing="Contested", counterpoints=3,
        )  # fmt: skip
        self.assertEqual((said["@type"], said["text"]), ("Claim", "Nobody knew why."))
        self.assertEqual(said["appearance"]["headline"], "The Horse Collar")
        self.assertEqual(said["creativeWorkStatus"], "Contested")
        self.assertNotIn("ating", json.dumps(said))
        self.assertNotIn("eview", json.dumps(said))

    def test_a_discussion_is_about_the_article(self):
        said = discussion(WORK, path="/essays/collar/discussion/", opened=WHEN, posts=14)
        self.assertEqual(said["@type"], "DiscussionForumPosting")
        self.assertEqual(said["commentCount"], 14)
        self.assertEqual(said["sharedContent"]["url"], WORK.url)
        self.assertEqual(said["author"]["name"], "Counterpoint")
