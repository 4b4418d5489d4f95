from datetime import UTC, datetime

from django.http import HttpResponse
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.exchange.feeds.absolute import absolute
from forum.exchange.feeds.atom import Answered, Entry, Feed, Link, Person, write
from tests.exchange.feeds.reading import parsed

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
URN = "urn:uuid:00000000-0000-0000-0000-{:012}"
HOSTILE = "a]]>b & <script>alert(1)</script> \"q\" 'a' \x00\x08\x1f\ufffe שלום \u202e x"


def answer(feed):
    return HttpResponse(write(feed), content_type="application/atom+xml; charset=utf-8")


def made(text, **more):
    entry = Entry(
        id=URN.format(2), title=text, url="https://x.example/1", published=NOON, updated=NOON,
        author=Person(text, "https://x.example/m"), summary=text, content_html=f"<p>{text}</p>",
        categories=(text,), answered=Answered(URN.format(3), "https://x.example/2"),
        replies=Link("replies", "https://x.example/3", count=7, updated=NOON),
    )  # fmt: skip
    return Feed(
        id=URN.format(1), title=text, url="https://x.example/", updated=NOON, entries=[entry],
        subtitle=text, rights=text, **more,
    )  # fmt: skip


class WrittenTests(SimpleTestCase):
    def test_what_goes_in_is_read_back(self):
        feed = parsed(answer(made("Oats & <i>oxen</i>")))
        entry = feed.entries[0]
        self.assertEqual(entry.author, "Oats & <i>oxen</i>")
        self.assertEqual(entry.id, URN.format(2))
        self.assertEqual(entry.updated_parsed[:4], (2026, 3, 1, 12))
        self.assertEqual(entry.content[0].type, "text/html")
        self.assertEqual(entry.thr_total, "7")
        replies = next(link for link in entry.links if link.rel == "replies")
        self.assertEqual(replies["thr:count"], "7")
        self.assertEqual(entry["thr_in-reply-to"]["ref"], URN.format(3))

    def test_hostile_text_is_text(self):
        written = write(made(HOSTILE)).decode()
        parsed(answer(made(HOSTILE)))
        self.assertNotIn("<script", written)
        self.assertNotIn("]]>", written)
        self.assertNotRegex(written, "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]")
        self.assertIn("שלום", written)

    @given(st.text(max_size=60))
    def test_whatever_is_written_the_feed_is_sound(self, text):
        parsed(answer(made(text)))


class AbsoluteTests(SimpleTestCase):
    def absolute(self, html):
        return absolute(html, "https://x.example", "https://x.example/posts/1/")

    def test_addresses_are_whole(self):
        for html, expected in (
            ('<a href="/claims/4/">x</a>', '<a href="https://x.example/claims/4/">x</a>'),
            ('<a href="#fn1">x</a>', '<a href="https://x.example/posts/1/#fn1">x</a>'),
            (
                '<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup>',
                '<sup class="footnote-ref"><a href="https://x.example/posts/1/#fn1" id="fnref1">1</a></sup>',  # noqa: E501
            ),
            (
                '<img src="/media/a.webp" srcset="/media/a.webp 1w, /media/b.webp 2w">',
                '<img src="https://x.example/media/a.webp" srcset="https://x.example/media/a.webp 1w, https://x.example/media/b.webp 2w">',  # noqa: E501
            ),
        ):
            with self.subTest(html=html):
                self.assertEqual(self.absolute(html), expected)

    def test_addresses_of_others_and_words_that_look_like_one_stay(self):
        for html in (
            '<a href="https://y.example/a" rel="nofollow">x</a>',
            '<a href="//y.example/">x</a>',
            '<a href="mailto:a@y.example">x</a>',
            '<p>Write href="/x" and src="#y".</p>',
        ):
            with self.subTest(html=html):
                self.assertEqual(self.absolute(html), html)
