import json
from unittest import TestCase

from django.utils.translation import override
from hypothesis import given

from forum.lib.html_text import visible_text
from forum.lib.rendering import Unrenderable, render_essay, with_words
from tests.lib.strategies import markdown_texts

ESSAY = """\
# The collar

A horse[^1] *pulls*. So
does an ox.

## Its price

> Pennies are a solvent. All say so.

- Oats
- Rye

![A plough](/media/3f2a9c1b7d4e5f60718a-400x300.webp)

    yoke = None

---

So am I.

[^1]: The **horse** of Dr. Gray. A mare.
"""


class EssayTests(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.essay = render_essay(ESSAY)
        cls.by_kind = {}
        for block in cls.essay.blocks:
            cls.by_kind.setdefault(block["kind"], block)

    def sentences(self, kind):
        return [self.essay.text[start:end] for start, end in self.by_kind[kind]["sentences"]]

    def test_text_is_that_of_the_blocks_with_footnotes_last(self):
        self.assertEqual(
            self.essay.text.split("\n\n"),
            [
                "The collar",
                "A horse pulls. So does an ox.",
                "Its price",
                "Pennies are a solvent. All say so.",
                "Oats Rye",
                "yoke = None",
                "So am I.",
                "The horse of Dr. Gray. A mare.",
            ],
        )

    def test_numbers_what_can_be_challenged(self):
        self.assertEqual(
            [(block["kind"], block["number"]) for block in self.essay.blocks],
            [
                ("heading", None),
                ("paragraph", 1),
                ("heading", None),
                ("quote", 2),
                ("list", 3),
                ("image", None),
                ("code", None),
                ("rule", None),
                ("paragraph", 4),
                ("footnotes", 5),
            ],
        )

    def test_knows_the_sentences(self):
        self.assertEqual(self.sentences("paragraph"), ["A horse pulls.", "So does an ox."])
        self.assertEqual(self.sentences("footnotes"), ["The horse of Dr. Gray.", "A mare."])

    def test_items_of_a_list_are_sentences_without_a_full_stop(self):
        self.assertEqual(self.sentences("list"), ["Oats", "Rye"])

    def test_the_way_back_from_a_footnote_is_said_in_the_reader_s_language(self):
        forged = ' aria-label="Back to the text">'
        html = render_essay(f"A mare[^1].\n\n[^1]: So.{forged} `{forged}`").html
        with override("de"):
            read = with_words(html)
        self.assertEqual(read.count(' aria-label="Zurück zum Text">↩</a>'), 1)
        self.assertEqual(read.count("Back to the text"), 2)
        self.assertEqual(with_words(html), html)

    def test_a_new_footnote_changes_no_other_text(self):
        other = render_essay(ESSAY.replace("# The collar", "# The collar[^0]\n\n[^0]: Or yoke."))
        self.assertTrue(other.text.startswith(self.essay.text.split("\n\nThe horse")[0]))

    def test_headings_begin_at_the_second_level_whatever_the_source_began_with(self):
        for source in ("# A\n\n## B", "## A\n\n#### B"):
            levels = [block["level"] for block in render_essay(source).blocks]
            self.assertEqual(levels, [2, 3])

    def test_headings_have_stable_unique_names(self):
        blocks = render_essay("# Café *noir*!\n\n# Café noir\n\n# …\n\n# 馬").blocks
        names = [block["id"] for block in blocks]
        self.assertEqual(names, ["h-cafe-noir", "h-cafe-noir--2", "h-part", "h-馬"])
        self.assertIn('<h2 id="h-cafe-noir">', blocks[0]["html"])

    def test_headings_inside_quotations_stay_out_of_the_outline(self):
        (block,) = render_essay("> # A").blocks
        self.assertEqual(block["html"], "<blockquote>\n<p><strong>A</strong></p>\n</blockquote>")

    def test_nesting_cannot_exhaust_the_stack(self):
        for source in ("^[" * 5_000 + "a" + "]" * 5_000, "![" * 5_000, "[" * 5_000 + "]" * 5_000):
            try:
                render_essay(source)
            except Unrenderable as problem:
                self.assertIn("nested", str(problem))

    def test_blocks_can_be_kept_as_json(self):
        self.assertEqual(json.loads(json.dumps(self.essay.blocks)), self.essay.blocks)


class AnyEssayTests(TestCase):
    @given(markdown_texts)
    def test_blocks_tell_where_their_text_lies(self, source):
        try:
            essay = render_essay(source)
        except Unrenderable:
            return
        texts = [essay.text[block["start"] : block["end"]] for block in essay.blocks]
        self.assertEqual("\n\n".join(filter(None, texts)), essay.text)
        for block, text in zip(essay.blocks, texts, strict=True):
            self.assertEqual(visible_text(block["html"]).text, text)
            self.assertEqual(" ".join(text.split()), text)

    @given(markdown_texts)
    def test_numbers_run_from_one_and_sentences_fill_their_blocks(self, source):
        try:
            essay = render_essay(source)
        except Unrenderable:
            return
        numbered = [block for block in essay.blocks if block["number"]]
        self.assertEqual([block["number"] for block in numbered], [*range(1, len(numbered) + 1)])
        for block in essay.blocks:
            words = "".join(essay.text[start:end] for start, end in block["sentences"])
            expected = essay.text[block["start"] : block["end"]] if block["number"] else ""
            self.assertEqual("".join(words.split()), "".join(expected.split()))
