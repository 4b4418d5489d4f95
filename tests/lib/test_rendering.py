import re
from html.parser import HTMLParser
from unittest import TestCase

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.lib import rendering
from forum.lib.html_text import texts_of, top_level_elements, units, visible_text
from forum.lib.rendering import Unrenderable, render_essay, render_post
from tests.lib.strategies import markdown_texts

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:1)",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#x0A;script:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "[a](//evil.example)",
    "[a](/\\evil.example)",
    "[a](\\\\evil.example)",
    "[a](</&Tab;/evil.example>)",
    "[a](http:\\\\evil.example)",
    "[a](http:evil.example)",
    "[a](https://bank.example@evil.example/)",
    "[a](https://evil.example\u200b/)",
    "[a](javascript\uff1aalert(1))",
    "[a](\u00a0javascript:alert(1))",
    "[a](\u0001javascript:alert(1))",
    "[a](relative)",
    "[a](?query)",
    "[a]()",
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    "<ftp://files.example>",
    "![a](javascript:alert(1))",
)


class Tags(HTMLParser):
    """What a browser's parser makes of it, so that two ways of writing the same compare equal."""

    def __init__(self, html):
        super().__init__()
        self.events = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.events.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.events.append(("/", tag))

    def handle_data(self, data):
        if self.events and isinstance(self.events[-1], str):
            self.events[-1] += data
        else:
            self.events.append(data)


def by_another_cleaner(html):
    return nh3.clean(
        html,
        tags=set(rendering.ALLOWED_TAGS),
        attributes={tag: set(names) for tag, names in rendering.ALLOWED_ATTRIBUTES.items()},
        attribute_filter=lambda tag, name, value: (
            value if rendering.is_allowed_attribute(tag, name, value) else None
        ),
        url_schemes=set(rendering.ALLOWED_PROTOCOLS),
        link_rel=None,
    )


def addresses_in(html):
    tags = (event for event in Tags(html).events if isinstance(event, tuple) and event[0] != "/")
    return [value for _, pairs in tags for name, value in pairs if name in ("href", "src")]


class PostTests(TestCase):
    def test_marks_links_as_not_ours(self):
        html = render_post("[here](https://a.example/b?c=1&d=2)").html
        self.assertEqual(
            html,
            '<p><a href="https://a.example/b?c=1&amp;d=2" rel="nofollow ugc noopener">here</a></p>',
        )

    def test_allows_addresses_of_the_web_of_mail_and_of_this_site(self):
        for address in ("http://a.example", "mailto:ann@a.example", "/essays/", "#s-2-3"):
            with self.subTest(address):
                self.assertEqual(addresses_in(render_post(f"[a]({address})").html), [address])

    def test_encodes_letters_that_are_not_ascii(self):
        html = render_post("[a](https://münchen.example/ä)").html
        self.assertEqual(addresses_in(html), ["https://xn--mnchen-3ya.example/%C3%A4"])

    def test_leaves_hostile_text_as_text(self):
        for source in HOSTILE:
            with self.subTest(source):
                html = render_post(source).html
                self.assertEqual(addresses_in(html), [])
                self.assertNotIn("<script", html)
                self.assertNotIn("<img", html)

    def test_links_only_what_names_its_scheme(self):
        html = render_post("https://a.example, b.example, c@d.example, //e.example").html
        self.assertEqual(addresses_in(html), ["https://a.example"])

    def test_code_may_speak_of_addresses(self):
        source = "Write ` href='javascript:1'` or href=\"x\""
        self.assertIn("href='javascript:1'", render_post(source).html)

    def test_headings_do_not_enter_the_outline_of_the_page(self):
        self.assertEqual(
            render_post("# Hear *me*").html, "<p><strong>Hear <em>me</em></strong></p>"
        )

    def test_tables_are_aligned_without_inline_style(self):
        html = render_post("|a|b|\n|-|-:|\n|1|2|").html
        self.assertIn('<td class="align-right">2</td>', html)
        self.assertNotIn("style", html)

    def test_a_table_can_be_reached_by_keyboard_to_be_scrolled(self):
        self.assertIn('<table tabindex="0">', render_post("|a|\n|-|\n|1|").html)

    def test_text_is_folded_and_blocks_are_parted_by_one_blank_line(self):
        rendered = render_post("One\n*two*  three.\n\n> Four &amp; five\n\n- six\n- seven")
        self.assertEqual(rendered.text, "One two three.\n\nFour & five\n\nsix seven")

    def test_nothing_gives_nothing(self):
        for source in ("", " \n", "[a]: /b"):
            self.assertEqual(render_post(source).text, "")

    def test_drops_characters_that_hide_or_reverse_text(self):
        source = "a\x00b\x07c\ud800d\u202ee\ufefff&#x202e;g&#0;"
        self.assertEqual(render_post(source).text, "abcdefg\ufffd")

    def test_refuses_what_exceeds_its_limits(self):
        table = "a|b\n-|-\n" + "|\n" * 1_000
        for source, words in (
            ("a" * 10_001, "10,000 characters"),
            ("> " * 7 + "a", "nested 6 deep"),
            ("".join("  " * depth + "- a\n" for depth in range(7)), "nested 6 deep"),
            ("**" * 7 + "a" + "**" * 7, "Emphasis"),
            ("[a](/b) " * 21, "20 links"),
            ("https://a" * 50, "20 links"),
            (table, "cells"),
            ("a\n\n" * 1_001, "paragraphs"),
        ):
            with self.subTest(words), self.assertRaisesRegex(Unrenderable, words):
                render_post(source)

    def test_accepts_what_just_meets_its_limits(self):
        for source in ("a" * 10_000, "> " * 6 + "a", "[a](/b) " * 20):
            render_post(source)


class MentionTests(TestCase):
    def test_names_each_once_and_in_order(self):
        source = "@bea and @ann, then @bea again. **@c.d-e_f**"
        self.assertEqual(render_post(source).mentions, ("bea", "ann", "c.d-e_f"))

    def test_the_full_stop_belongs_to_the_sentence(self):
        self.assertEqual(render_post("I agree with @ann.").mentions, ("ann",))

    def test_overlooks_code_links_and_mail(self):
        source = "`@a` [@b](/c) d@e.example https://f.example/@g\n\n    @h\n\n@@i @j@k.example"
        self.assertEqual(render_post(source).mentions, ())


class AnySourceTests(TestCase):
    @given(markdown_texts)
    def test_only_harmless_elements_come_out(self, source):
        for render in (render_post, render_essay):
            try:
                html = render(source).html
            except Unrenderable:
                continue
            for event in Tags(html).events:
                if isinstance(event, tuple) and event[0] != "/":
                    self.assertIn(event[0], rendering.ALLOWED_TAGS)
                    names = {name for name, _ in event[1]}
                    self.assertLessEqual(names, set(rendering.ALLOWED_ATTRIBUTES.get(event[0], {})))
            for address in addresses_in(html):
                self.assertRegex(address, r"\A(https?://[^/\\]|mailto:|/(?!/)|#)")

    @given(markdown_texts)
    def test_another_cleaner_finds_nothing_more_to_do(self, source):
        for render in (render_post, render_essay):
            try:
                html = render(source).html
            except Unrenderable:
                continue
            self.assertEqual(Tags(by_another_cleaner(html)).events, Tags(html).events)

    @given(st.text())
    def test_nothing_but_unrenderable_is_raised(self, source):
        for render in (render_post, render_essay):
            try:
                render(source)
            except Unrenderable as problem:
                self.assertTrue(str(problem).endswith("."))

    @given(markdown_texts)
    def test_the_pieces_of_the_html_are_the_html(self, source):
        try:
            html = render_post(source).html
        except Unrenderable:
            return
        self.assertEqual("".join(unit.raw for unit in units(html)), html)

    @given(markdown_texts)
    def test_all_texts_at_once_are_those_of_each_element_alone(self, source):
        for render in (render_post, render_essay):
            try:
                html = render(source).html
            except Unrenderable:
                continue
            alone = [visible_text(element).text for _, element in top_level_elements(html)]
            self.assertEqual(list(texts_of(units(html))), alone)


@pytest.mark.parametrize("payload", HOSTILE)
def test_the_cleaner_alone_lets_no_hostile_address_through(payload):
    address = re.sub(r"^!?\[a\]\(|\)$", "", payload)
    assert not rendering.is_allowed_attribute("a", "href", address)
