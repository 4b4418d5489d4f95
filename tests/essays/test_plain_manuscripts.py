"""Plain text comes apart into essays where its writer meant it to, and no character is lost."""

from itertools import count
from textwrap import fill

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from essays.manuscripts.oddities import oddities
from essays.manuscripts.pieces import from_json
from essays.manuscripts.plain import ABOVE, BY_TAGS_ALONE, JOINED, KEPT, TITLE_WITH_STOP, TWICE, cut
from forum.lib.markdown import without_hidden
from tests.essays.words_in_and_out import QUIRKS, all_shown, bare, said, shown

PROSE = "The lord counted silver, and never counted days. Nobody asked him why he did not."


class QuirksTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pieces = cut(QUIRKS)

    def piece(self, title):
        return next(piece for piece in self.pieces if piece.title == title)

    def test_every_essay_is_found_with_its_title(self):
        self.assertEqual(
            [piece.title for piece in self.pieces],
            [
                "Nobody in our valley remembers who built the first mill",
                "Salt and the River",
                "Who ate the seed corn.",
                "Common Land – whose land?",
                "The Ferry",
                "Weights and Measures – a quarrel",
                "What is a Debt?",
            ],
        )

    def test_no_character_is_lost(self):
        self.assertEqual(all_shown(self.pieces), bare(QUIRKS))

    def test_a_missing_first_title_is_proposed_with_a_doubt(self):
        first, second = self.pieces[:2]
        self.assertFalse(first.is_titled)
        self.assertIn("no title of its own", oddities(first, is_first=True)[0].words)
        self.assertTrue(second.is_titled)
        self.assertEqual(oddities(second, is_first=False), [])

    def test_a_title_with_a_full_stop_is_one_with_a_doubt(self):
        self.assertIn(TITLE_WITH_STOP, said(self.piece("Who ate the seed corn.")))

    def test_a_title_that_stands_twice_is_taken_once(self):
        piece = self.piece("Common Land – whose land?")
        self.assertIn(TWICE, said(piece))
        self.assertTrue(shown(piece).startswith("Everybody grazed it"))
        self.assertEqual([aside.source for aside in piece.asides], ["Common land – whose land?"])

    def test_a_last_line_of_tags_is_tags_and_parts_the_next_essay_with_doubts(self):
        ferry, weights = self.piece("The Ferry"), self.piece("Weights and Measures – a quarrel")
        self.assertEqual(ferry.tags, ["bread", "Salt", "ferries"])
        self.assertNotIn("bread", shown(ferry))
        self.assertTrue(any("tags" in words for words in said(ferry)))
        self.assertEqual(said(weights), [BY_TAGS_ALONE])

    def test_short_lines_within_an_essay_stay_its_paragraphs_with_a_doubt(self):
        for title, words in (
            ("Who ate the seed corn.", "As if to mock them the council sent"),
            ("What is a Debt?", "Bread & Interest"),
        ):
            piece = self.piece(title)
            self.assertIn(words, shown(piece))
            self.assertTrue(any(f"“{words}” may be a heading" in each for each in said(piece)))

    def test_what_somebody_says_is_no_heading(self):
        self.assertFalse(
            [words for words in said(self.piece("Who ate the seed corn.")) if "bailiff" in words]
        )

    def test_curly_quotes_stay_and_odd_spaces_become_ordinary(self):
        text = "".join(piece.source for piece in self.pieces)
        self.assertIn("“ as everybody knows”", text)
        self.assertIn("king’s", text)
        self.assertNotIn("\xa0", text + "".join(piece.title for piece in self.pieces))

    def test_lines_are_counted_as_an_editor_counts_them(self):
        lines = QUIRKS.split("\n")
        for piece in self.pieces[1:]:
            first, last = piece.lines
            self.assertEqual(bare(lines[first - 1]), bare(piece.title))
            self.assertTrue(lines[last - 1].strip())

    def test_json_keeps_all_of_it(self):
        for piece in self.pieces:
            self.assertEqual(from_json(piece.as_json()), piece)


class CuttingTests(SimpleTestCase):
    def titles(self, text):
        return [piece.title for piece in cut(text)]

    def test_one_essay_in_a_file_has_its_first_line_as_title(self):
        self.assertEqual(self.titles(f"The Mill\n\n{PROSE}\n\n{PROSE}"), ["The Mill"])

    def test_a_text_without_any_title_is_one_essay(self):
        (piece,) = cut(f"{PROSE}\n\n{PROSE}")
        self.assertFalse(piece.is_titled)
        self.assertEqual(piece.title, "The lord counted silver, and never counted days")

    def test_blank_lines_are_measured_by_those_that_the_file_has(self):
        text = f"One\n\n\n{PROSE}\n\n\n{PROSE}\n\n\n\n\nTwo\n\n\n{PROSE}\n\n\n{PROSE}"
        self.assertEqual(self.titles(text), ["One", "Two"])

    def test_paragraphs_that_no_blank_line_parts_are_paragraphs(self):
        long = " ".join([PROSE] * 3)
        pieces = cut(f"One\n{long}\n{long}\n\nTwo\n{long}")
        self.assertEqual([(p.title, p.paragraphs) for p in pieces], [("One", 2), ("Two", 1)])

    def test_a_title_without_text_below_it_is_not_taken_and_not_dropped(self):
        text = f"Collected Papers\n\n\nOne\n\n{PROSE}\n\n{PROSE}\n\n\nTwo\n\n{PROSE}\n\n{PROSE}"
        pieces = cut(text)
        self.assertEqual([p.title for p in pieces], ["Collected Papers", "One", "Two"])
        self.assertEqual([p.is_taken for p in pieces], [False, True, True])
        self.assertEqual(said(pieces[0]), [ABOVE])

    def test_lines_broken_by_hand_are_joined_and_that_is_said(self):
        whole = " ".join([PROSE] * 4)
        for width in (45, 60, 78):
            with self.subTest(width=width):
                (piece,) = cut(f"One\n\n{fill(whole, width)}\n\n{PROSE}")
                self.assertEqual(piece.blocks[0].source, whole)
                self.assertIn(JOINED, said(piece))

    def test_short_lines_stay_lines_and_that_is_said(self):
        verse = "The mill is old\nthe water is older\nand nobody asks\nwhich of them works"
        (piece,) = cut(f"One\n\n{verse}\n\n{PROSE}")
        self.assertEqual(piece.blocks[0].source, verse.replace("\n", "\\\n"))
        self.assertIn(KEPT, said(piece))

    def test_paragraphs_that_begin_with_an_indent_come_apart(self):
        line = "the lord counted silver and never days, and"
        text = "\n".join([line, line, f"    {line}", line, f"    {line}", line])
        self.assertEqual(cut(text)[0].paragraphs, 3)

    def test_a_line_that_says_that_it_is_tags_is_believed(self):
        for line in ("Tags: bread, Black salt", "Filed under: bread, Black salt"):
            (piece,) = cut(f"One\n\n{PROSE}\n\n{PROSE}\n\n{line}")
            self.assertEqual(piece.tags, ["bread", "Black salt"])
        (piece,) = cut(f"One\n\n{PROSE}\n\n{PROSE}\n\n#bread #salt")
        self.assertEqual(piece.tags, ["bread", "salt"])

    def test_names_and_phrases_are_no_tags(self):
        for line in ("Ada Mary Thatcher", "with best wishes from here", "the end of it"):
            (piece,) = cut(f"One\n\n{PROSE}\n\n{PROSE}\n\n{line}")
            self.assertEqual(piece.tags, [])
            self.assertIn(line, shown(piece))

    def test_what_looks_like_markdown_stays_as_it_was_written(self):
        lines = [
            "# No heading", "1. No list", "* No star", "> No quotation", "- No dash", "+ No plus",
            "No _emphasis_ and no `code`", "No <b>tag</b> &amp; no &copy;", "No [link](http://a.org)",
            "No ![image](/media/a.png)", "No note[^1]", "[^1]: No note", "| no | table |",
            "~~not struck~~", "A trailing stroke \\", "=====", "***", "http://example.org/a_b_c",
        ]  # fmt: skip
        for number, line in zip(count(), lines, strict=False):
            with self.subTest(line=line):
                (piece,) = cut(f"{PROSE}\n\n{line}\n\n{PROSE} {number}")
                self.assertIn(bare(line), bare(shown(piece)))

    def test_a_plain_address_becomes_a_link_to_itself(self):
        (piece,) = cut(f"{PROSE} See https://example.org/a_b_c?d=e.")
        self.assertIn("<https://example.org/a_b_c?d=e>.", piece.source)


FRAGMENTS = [
    "Title", "A line of words.", "bread Salt mills", "Tags: a, b", "“Speech”", "\n", "\n\n",
    "\n\n\n", "* ", "1. ", "# ", "> ", "    ", "\t", "[^1]", "[^1]: ", "`", "``", "&amp;",
    "<script>", "---", "***", "|", "|---|", "http://a.org/_b_", "http://xn--a", "mailto:a@b.org",
    "//a.org", "\\", "_", "~~", "\xa0", "\u2028", "\r\n", "\x00", "\ufeff", PROSE,
]  # fmt: skip
texts = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5))).map("".join)
)


@settings(max_examples=200)
@given(texts)
def test_no_character_of_any_plain_text_is_lost(text):
    # As `decoded` hands it over, which refuses a text without words.
    text = without_hidden(text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.strip():
        assert all_shown(cut(text)) == bare(text)
