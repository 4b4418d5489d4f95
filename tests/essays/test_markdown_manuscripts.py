from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from essays.manuscripts.dividing import DIVIDED, FIRST_HEADING, NOTHING_BELOW, TWICE
from essays.manuscripts.markdown_files import cut
from essays.manuscripts.markup import LEADS_NOWHERE, NOT_HERE, ONLY_LINK, SHOWN
from essays.manuscripts.oddities import oddities
from essays.manuscripts.pieces import MOST_ESSAYS, BadManuscript
from forum.lib.rendering import render_essay
from tests.essays.words_in_and_out import said, shown

ONE = """\
---
title: The Mill
author: A. Thatcher
tags: [stone, Black salt]
summary: Of mills.
slug: old-mill
date: 2026-01-03
---

A miller[^1] is trusted by *nobody*.

[^1]: By no miller either.

    Not even by his own.
"""


def named(piece):
    return {(doubt.named, doubt.line, doubt.words) for doubt in piece.doubts if doubt.named}


class MarkdownTests(SimpleTestCase):
    def test_front_matter_says_what_the_essay_is(self):
        (piece,) = cut(ONE)
        self.assertEqual(
            (piece.title, piece.author, piece.tags, piece.summary, piece.slug, piece.date),
            ("The Mill", "A. Thatcher", ["stone", "Black salt"], "Of mills.", "old-mill",
             "2026-01-03"),
        )  # fmt: skip
        self.assertEqual(piece.doubts, [])

    def test_tags_may_be_one_line(self):
        (piece,) = cut("---\ntitle: A\ntags: stone, Black salt\n---\nText.")
        self.assertEqual(piece.tags, ["stone", "Black salt"])

    def test_footnotes_stay_footnotes(self):
        (piece,) = cut(ONE)
        html = render_essay(piece.source).html
        self.assertIn('<section class="footnotes">', html)
        self.assertIn("Not even by his own.", html)
        self.assertEqual(piece.paragraphs, 1)

    def test_one_heading_of_the_first_rank_is_the_title(self):
        (piece,) = cut("# The *old* Mill\n\nText.\n\n## Stones\n\nMore.")
        self.assertEqual(piece.title, "The old Mill")
        self.assertEqual(piece.source, "Text.\n\n## Stones\n\nMore.")
        self.assertEqual(piece.doubts, [])

    def test_several_divide_the_file_and_that_is_said(self):
        pieces = cut("# One\n\nText.\n\nTwo\n===\n\nMore.\n\n```\n# none\n```")
        self.assertEqual([piece.title for piece in pieces], ["One", "Two"])
        self.assertEqual(said(pieces[0]), [DIVIDED])

    def test_each_front_matter_begins_an_essay(self):
        pieces = cut(f"{ONE}\n---\ntitle: Two\n---\n\n# A part\n\nText.\n\n# Another\n\nText.")
        self.assertEqual([piece.title for piece in pieces], ["The Mill", "Two"])
        self.assertEqual(pieces[1].paragraphs, 4)

    def test_what_front_matter_says_of_several_essays_is_said_of_each(self):
        pieces = cut("---\nauthor: A. Thatcher\n---\n# One\n\nText.\n\n# Two\n\nText.")
        self.assertEqual([piece.author for piece in pieces], ["A. Thatcher"] * 2)

    def test_a_rule_is_no_front_matter(self):
        (piece,) = cut("# One\n\nText.\n\n---\n\nNote: this is no key.\n\n---\n\nMore.")
        self.assertIn("Note: this is no key.", shown(piece))

    def test_a_title_that_stands_in_the_text_too_is_taken_once(self):
        (piece,) = cut("---\ntitle: The Mill\n---\n# The Mill\n\nText.")
        self.assertEqual((piece.source, said(piece)), ("Text.", [TWICE]))

    def test_a_first_heading_may_be_the_title_and_that_is_said(self):
        (piece,) = cut("## The Mill\n\nText.")
        self.assertEqual((piece.title, said(piece)), ("The Mill", [FIRST_HEADING]))

    def test_without_any_title_one_is_proposed(self):
        (piece,) = cut("A miller is trusted by nobody.")
        self.assertEqual((piece.title, piece.is_titled), ("A miller is trusted by nobody", False))

    def test_a_heading_without_text_is_not_taken_and_not_dropped(self):
        pieces = cut("# Papers\n\n# One\n\nText.")
        self.assertEqual([piece.is_taken for piece in pieces], [False, True])
        self.assertIn(NOTHING_BELOW, said(pieces[0]))

    def test_what_the_site_does_not_read_is_named(self):
        (piece,) = cut("---\ntitle: A\nlayout: post\nsummary: [x]\n---\nText.")
        self.assertEqual({name for name, *_ in named(piece)}, {"layout", "summary"})

    def test_bad_yaml_is_refused_with_its_line(self):
        for front in ("title: [", "title: 'a", "title: a\n- b", "a: &x [*x, *y]\ntitle: b"):
            with self.subTest(front=front), self.assertRaisesRegex(BadManuscript, r"Line \d+: .*"):
                cut(f"---\n{front}\n---\nText.")

    def test_yaml_makes_nothing_but_plain_values(self):
        with self.assertRaises(BadManuscript):
            cut("---\ntitle: !!python/object/apply:os.getcwd []\n---\nText.")

    def test_notes_without_text_and_text_without_a_mark_are_told(self):
        (piece,) = cut("# A\n\nText[^3] and[^7] more.\n\n[^9]: Nobody asks.")
        words = [doubt.words for doubt in oddities(piece, is_first=True)]
        self.assertIn("Two notes have no text: 3, 7.", words)
        self.assertIn("Nothing refers to a note, so no page shows it: 9.", words)
        self.assertIn("[^9]: Nobody asks.", piece.source)

    def test_each_essay_gets_the_notes_and_addresses_that_it_names(self):
        one, two = cut(
            "# One\n\nText[^1].\n\n# Two\n\nText[^2] and [a link][there].\n\n"
            "[^1]: First.\n[^2]: Second.\n\n[there]: http://example.org/"
        )
        self.assertEqual(one.source, "Text[^1].\n\n[^1]: First.")
        self.assertIn("[^2]: Second.", two.source)
        self.assertIn('href="http://example.org/"', render_essay(two.source).html)

    def test_code_that_nobody_closed_swallows_no_notes(self):
        (piece,) = cut("# A\n\nText[^1].\n\n[^1]: Note.\n\n```\ncode")
        self.assertIn("<p>Note.", render_essay(piece.source).html)
        self.assertTrue(any("Code begins here" in words for words in said(piece)))

    def test_a_file_of_front_matter_alone_is_refused(self):
        with self.assertRaisesRegex(BadManuscript, "There is no text below line 1"):
            cut("---\ntitle: A\n---\n")

    def test_too_many_essays_are_refused(self):
        with self.assertRaisesRegex(BadManuscript, "too many essays: 5,000"):
            cut("# A\n\nText.\n\n" * 5_000)
        self.assertEqual(len(cut("# A\n\nText.\n\n" * MOST_ESSAYS)), MOST_ESSAYS)


class NamedMarkupTests(SimpleTestCase):
    def test_tags_and_handlers_are_named_with_their_line_and_shown_as_text(self):
        (piece,) = cut("# A\n\nText.\n\n<script>alert(1)</script>\nand <b onclick=x>bold</b>.")
        self.assertEqual(
            named(piece), {("<script>", 5, SHOWN), ("<b>", 6, SHOWN), ("onclick", 6, SHOWN)}
        )
        self.assertIn("<script>alert(1)</script>", shown(piece))

    def test_tags_in_code_are_not_markup(self):
        (piece,) = cut("# A\n\nText `<script>`.\n\n```\n<script>\n```\n\n    <script>\n")
        self.assertEqual(named(piece), set())

    def test_links_that_are_none_here_are_named(self):
        (piece,) = cut("# A\n\n[x](javascript:alert(1)) [y](../b.html) [z](https://example.org)")
        self.assertEqual(
            named(piece),
            {
                ("A link to “javascript:”", 3, LEADS_NOWHERE),
                ("A link to “../b.html”", 3, LEADS_NOWHERE),
            },
        )
        self.assertNotIn('href="javascript', render_essay(piece.source).html)

    def test_of_an_image_from_another_host_the_link_is_kept(self):
        (piece,) = cut(
            '# A\n\n![A wheel](http://example.org/w.png "t") ![](http://example.org/v.png)\n\n'
            "![By name][w]\n\n[w]: http://example.org/u.png"
        )
        self.assertEqual({words for _, _, words in named(piece)}, {ONLY_LINK})
        html = render_essay(piece.source).html
        for name in "wvu":
            self.assertIn(f'href="http://example.org/{name}.png"', html)
        self.assertNotIn("<img", html)

    def test_an_image_that_lies_nowhere_here_becomes_its_words(self):
        (piece,) = cut("# A\n\n![A wheel](img/w.png)")
        self.assertEqual(shown(piece), "A wheel (img/w.png)")
        self.assertEqual(named(piece), {("An image at “img/w.png”", 3, NOT_HERE)})

    def test_the_same_said_of_many_lines_is_said_once(self):
        (piece,) = cut("# A\n\n" + "<br>\n\n" * 40)
        (doubt,) = piece.doubts
        self.assertEqual((doubt.times, doubt.place), (40, "Line 3 and 39 more"))


def cut_or_refused(text):
    try:
        return cut(text), ""
    except BadManuscript as error:
        return [], str(error)


LINES = [
    "# A", "## B", "---", "title: x", "[^1]", "[^1]: n", "```", "<a", "![a](b)", "![](http://a.b)",
    "- x", "> y", "", "text", "`", "[a]: /b", "[a][a]",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES)).map("\n".join))
def test_any_markdown_is_cut_or_refused_with_a_sentence(text):
    pieces, refusal = cut_or_refused(text)
    assert pieces or refusal.endswith(".")
    for piece in pieces:
        render_essay(piece.source)
