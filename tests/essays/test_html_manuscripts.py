from bs4 import BeautifulSoup
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from essays.manuscripts.html_blocks import EMPHASIS_LOST, FORM_LOST
from essays.manuscripts.html_cleaning import LEFT_OUT, ONLY_LOOKS, ONLY_WORDS
from essays.manuscripts.html_files import (
    HEADINGS_OF_ARTICLES,
    MOST_LINKS,
    MOST_TAGS,
    TITLE_OF_PAGE,
    cut,
)
from essays.manuscripts.markup import NOT_HERE, ONLY_LINK, SHOWN
from essays.manuscripts.oddities import oddities
from essays.manuscripts.pieces import BadManuscript
from forum.lib.rendering import render_essay
from tests.essays.words_in_and_out import bare, said, shown


def one(html):
    (piece,) = cut(html)
    return piece


def named(html):
    return [
        (doubt.named, doubt.line, doubt.words)
        for piece in cut(html)
        for doubt in piece.doubts
        if doubt.named
    ]


def text_of(html):
    return shown(one(f"<h1>A</h1>{html}"))


class ShapeTests(SimpleTestCase):
    def test_a_page_becomes_markdown_that_shows_the_same(self):
        piece = one(
            "<h1>The <i>Mill</i></h1><p>A <b>miller</b> &amp; <em>his</em> wheel.</p>"
            "<h2>Stones</h2><ul><li>one</li><li>two</li></ul><ol start=4><li>four</li></ol>"
            "<blockquote><p>Said.</p></blockquote><pre>code  here</pre><hr>"
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>"
        )
        self.assertEqual(piece.title, "The Mill")
        html = render_essay(piece.source).html
        for part in (
            "<strong>miller</strong> &amp; <em>his</em>", "<h2", "<li>one</li>", '<ol start="4">',
            "<blockquote>", "code  here", "<hr>", "<td>2|3</td>",
        ):  # fmt: skip
            self.assertIn(part, html)

    def test_several_headings_of_the_first_rank_are_several_essays(self):
        pieces = cut("<h1>One</h1><p>Text.</p><div><h1>Two</h1><p>More.</p></div>")
        self.assertEqual([piece.title for piece in pieces], ["One", "Two"])

    def test_articles_without_such_headings_begin_at_their_own(self):
        article = "<article><h2>{0}</h2><p>Text.</p><h3>Part</h3><p>x</p></article>"
        pieces = cut(article.format("One") + article.format("Two"))
        self.assertEqual([piece.title for piece in pieces], ["One", "Two"])
        self.assertIn(HEADINGS_OF_ARTICLES, said(pieces[0]))

    def test_the_head_of_the_page_says_what_the_text_does_not(self):
        piece = one(
            '<head><title>The Mill</title><meta name="author" content="A. Thatcher">'
            '<meta name="description" content="Of mills."><meta name="keywords" content="a, b c">'
            "</head><body><p>Text.</p></body>"
        )
        self.assertEqual(
            (piece.title, piece.author, piece.summary, piece.tags),
            ("The Mill", "A. Thatcher", "Of mills.", ["a", "b c"]),
        )
        self.assertIn(TITLE_OF_PAGE, said(piece))

    def test_words_outside_any_paragraph_are_paragraphs(self):
        self.assertEqual(text_of("<div>one<br><br>two <b>b</b><p>three</p>four</div>"),
                         "one\n\ntwo b\n\nthree\n\nfour")  # fmt: skip

    def test_what_means_something_in_markdown_is_only_words_here(self):
        for words in ("1. a", "# a", "* a", "_a_ `b`", "[a](http://b.c)", "a ~~b~~", "&lt;b&gt;",
                      "&amp;amp;", "- a", "+ a", "| a |", "[^1]", "http://a.org/_b_"):  # fmt: skip
            with self.subTest(words=words):
                plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
                self.assertEqual(bare(text_of(f"<p>{words}</p><p>b</p>")), bare(plain) + "b")

    def test_non_breaking_spaces_become_ordinary(self):
        self.assertNotIn("\xa0", one("<h1>A</h1><p>a&nbsp;b</p>").source)

    def test_emphasis_that_markdown_cannot_say_is_left_out_and_that_is_said(self):
        piece = one("<h1>A</h1><p><b>word.</b>more</p>")
        self.assertEqual((shown(piece), said(piece)), ("word.more", [EMPHASIS_LOST]))

    def test_a_form_that_markdown_cannot_say_leaves_its_words_and_that_is_said(self):
        piece = one("<h1>A</h1>" + "<blockquote>" * 9 + "deep" + "</blockquote>" * 9)
        self.assertEqual((shown(piece), said(piece)), ("deep", [FORM_LOST]))

    def test_a_quotation_keeps_its_marks(self):
        self.assertEqual(text_of("<p><q>word</q></p>"), "“word”")

    def test_lines_are_those_of_the_file(self):
        one_, two = cut("<h1>One</h1>\n<p>Text\nof two lines.</p>\n\n<h1>Two</h1>\n<p>x</p>")
        self.assertEqual((one_.lines, two.lines), ((1, 3), (5, 6)))


class NotesTests(SimpleTestCase):
    WAYS = {
        "a link in raised letters, and a list": (
            '<p>Text<sup><a href="#fn1" id="r1">1</a></sup>.</p>',
            '<ol><li id="fn1">Note. <a href="#r1">↩</a></li></ol>',
        ),
        "as Word writes them": (
            '<p>Text<a href="#_ftn1" name="_ftnref1">[1]</a>.</p>',
            '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Note.</p></div>',
        ),
        "with the mark's own place around it": (
            '<p>Text<sup id="r1"><a href="#n1">[1]</a></sup>.</p>',
            '<p id="n1"><a href="#r1">^</a> Note.</p>',
        ),
        "with roles and no way back": (
            '<p>Text<a role="doc-noteref" href="#n1">1</a>.</p>',
            '<section><aside id="n1"><p>Note.</p></aside></section>',
        ),
    }

    def test_a_note_is_one_however_it_was_written(self):
        for way, (text, note) in self.WAYS.items():
            with self.subTest(way=way):
                piece = one(f"<h1>A</h1>{text}{note}")
                self.assertEqual(piece.source, "Text[^1].\n\n[^1]: Note.")

    def test_it_goes_with_the_essay_that_refers_to_it(self):
        text, note = self.WAYS["a link in raised letters, and a list"]
        pieces = cut(f"<h1>A</h1><p>x</p><h1>B</h1>{text}<h1>C</h1><p>y</p>{note}")
        self.assertEqual([len(piece.notes) for piece in pieces], [0, 1, 0])

    def test_a_mark_without_a_note_is_told(self):
        piece = one('<h1>A</h1><p>Text<sup><a href="#fn7">7</a></sup>.</p>')
        words = [doubt.words for doubt in oddities(piece, is_first=True)]
        self.assertIn("A note has no text: 7.", words)

    def test_a_way_to_another_part_of_the_page_is_no_note(self):
        piece = one('<h1>A</h1><p><a href="#b">See below</a>.</p><p id="b">Below.</p>')
        self.assertEqual((shown(piece), piece.notes), ("See below.\n\nBelow.", []))


class HostileTests(SimpleTestCase):
    def assert_named(self, html, *expected):
        self.assertEqual(named(f"<h1>A</h1>\n<p>Text.</p>\n{html}"), list(expected))

    def test_a_script_is_named_and_shown_as_text(self):
        html = "<h1>A</h1>\n<p>Text.</p>\n<script>alert('x')</script>"
        self.assertEqual(named(html), [("<script>", 3, SHOWN)])
        self.assertIn("<script>alert('x')</script>", shown(one(html)))

    def test_what_never_ends_is_refused_with_its_line_before_it_swallows_the_rest(self):
        for opening in ("<script>", "<style>", "<!--", "<textarea>", "<title>"):
            with self.subTest(opening=opening), self.assertRaisesRegex(BadManuscript, "Line 2: "):
                cut(f"<p>Text.</p>\n{opening} evil() <p>and more</p>")

    def test_handlers_are_named(self):
        self.assert_named('<p onclick="x()" ONLOAD=y>b</p>', ("onclick", 3, LEFT_OUT),
                          ("onload", 3, LEFT_OUT))  # fmt: skip

    def test_links_that_run_something_are_named_and_only_their_words_kept(self):
        for address in ("javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x",
                        "vbscript:x", "java\nscript:x"):  # fmt: skip
            html = f'<h1>A</h1><p><a href="{address}">words</a></p>'
            with self.subTest(address=address):
                ((name, _, words),) = named(html)
                self.assertTrue(name.startswith("A link to “"))
                self.assertIn(ONLY_WORDS, words)
                self.assertEqual(one(html).source, "words")

    def test_frames_and_films_leave_their_address(self):
        for tag in ("iframe", "video", "audio", "embed"):
            html = f'<{tag} src="https://example.org/x"></{tag}>'
            with self.subTest(tag=tag):
                self.assert_named(html, (f"<{tag}>", 3, ONLY_LINK))
                self.assertIn("https://example.org/x", text_of(html))
        self.assert_named('<object data="//example.org/x"></object>', ("<object>", 3, ONLY_LINK))
        self.assert_named('<iframe src="javascript:x"></iframe>', ("<iframe>", 3, LEFT_OUT))

    def test_looks_and_fields_and_drawings_are_named(self):
        self.assert_named("<style>p{}</style>", ("<style>", 3, ONLY_LOOKS))
        self.assert_named('<p style="x">b</p>', ("style", 3, ONLY_LOOKS))
        self.assert_named("<form><input><button>Go</button></form>", ("<form>", 3, ONLY_WORDS),
                          ("<input>", 3, LEFT_OUT))  # fmt: skip
        self.assert_named('<base href="//evil.example">', ("<base>", 3, LEFT_OUT))
        self.assert_named('<meta http-equiv="refresh" content="0">', ("<meta>", 3, LEFT_OUT))
        self.assert_named("<svg><title>x</title><script>y</script></svg>", ("<svg>", 3, LEFT_OUT))
        self.assert_named("<!-- hidden -->", ("<!-- … -->", 2, LEFT_OUT))

    def test_of_an_image_elsewhere_the_link_is_kept(self):
        html = '<p><img src="//example.org/w.png" alt="A wheel"></p>'
        self.assert_named(html, ("An image from another host", 3, ONLY_LINK))
        self.assertIn('href="https://example.org/w.png"',
                      render_essay(one(f"<h1>A</h1>{html}").source).html)  # fmt: skip

    def test_an_image_that_came_with_the_file_leaves_its_words(self):
        html = '<p><img src="w.png" alt="A wheel"></p>'
        self.assert_named(html, ("An image at “w.png”", 3, NOT_HERE))
        self.assertEqual(text_of(html), "A wheel (w.png)")

    def test_nesting_without_end_is_refused_with_a_sentence(self):
        for tag in ("div", "b", "ul><li", "blockquote"):
            with self.subTest(tag=tag), self.assertRaisesRegex(BadManuscript, "nested too deeply"):
                cut(f"<{tag}>" * 5_000 + "x")

    def test_too_much_markup_is_refused_with_a_sentence(self):
        with self.assertRaisesRegex(BadManuscript, "too much markup"):
            cut("<b>x</b>" * MOST_TAGS)

    def test_too_many_links_are_refused_with_a_sentence(self):
        with self.assertRaisesRegex(BadManuscript, "too many links"):
            cut("<a href=x>y</a>" * (MOST_LINKS + 1))

    def test_a_page_without_words_is_refused_with_a_sentence(self):
        with self.assertRaisesRegex(BadManuscript, "no text"):
            cut("<html><body><div></div></body></html>")

    def test_a_cell_cannot_make_a_thousand_of_itself(self):
        html = "<table><tr><td colspan=1000>x</td></tr></table>"
        self.assertLess(len(one(f"<h1>A</h1>{html}").source), 200)


TAGS = [
    "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>", "<li>", "</ul>", "<a href='http://a.b'>",
    "</a>", "<pre>", "</pre>", "<code>", "</code>", "<table><tr><td>", "</table>", "<br>", "<h2>",
    "</h2>", "<blockquote>", "</blockquote>", "<div>", "</div>", "word", "a.", "*", "_", "`", "|",
    "[", "]", "(", "1. ", "# ", "> ", "\n", " ", "&amp;", "&lt;", "\\", "~~", "http://a.b/",
]  # fmt: skip


@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_no_word_of_any_page_is_lost(html):
    words = bare(BeautifulSoup(f"{html}\n", "html.parser").get_text())
    if words:
        pieces = cut(html)
        parts = [bare(part.source and shown(part)) for part in pieces]
        titles = [bare(render_essay(p.heading.source).text) if p.heading else "" for p in pieces]
        assert "".join(t + b for t, b in zip(titles, parts, strict=True)) == words
