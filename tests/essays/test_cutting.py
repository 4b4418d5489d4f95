"""A cut is corrected without losing a paragraph, a note or a doubt."""

from copy import deepcopy

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from essays.manuscripts import cutting
from essays.manuscripts.markdown_files import cut as cut_markdown
from essays.manuscripts.oddities import oddities
from essays.manuscripts.pieces import Doubt
from essays.manuscripts.plain import BY_TAGS_ALONE, cut
from forum.lib.rendering import render_essay
from tests.essays.words_in_and_out import QUIRKS, all_shown, bare, said, shown

NOTED = """\
# One

First[^1].

Second[^2].

[^1]: Note of the first.
[^2]: Note of the second.

# Two

Third[^1] and fourth.

Fifth.
"""


class CuttingTests(SimpleTestCase):
    def setUp(self):
        self.pieces = cut(QUIRKS)

    def titles(self):
        return [piece.title for piece in self.pieces]

    def test_two_essays_become_one_and_the_title_a_paragraph(self):
        cutting.join(self.pieces, 5)
        self.assertEqual(len(self.pieces), 6)
        ferry = self.pieces[4]
        self.assertEqual(ferry.title, "The Ferry")
        self.assertIn("Weights and Measures – a quarrel\n\nA pound", shown(ferry))
        self.assertEqual(ferry.tags, ["bread", "Salt", "ferries"])
        self.assertNotIn(BY_TAGS_ALONE, said(ferry))
        self.assertEqual(all_shown(self.pieces), bare(QUIRKS))

    def test_a_cut_moves_by_a_paragraph_either_way(self):
        before = [shown(piece) for piece in self.pieces]
        cutting.cut_later(self.pieces, 2)
        self.assertTrue(shown(self.pieces[1]).endswith("before anybody had counted."))
        self.assertEqual(self.pieces[2].title, "Who ate the seed corn.")
        cutting.cut_earlier(self.pieces, 2)
        self.assertEqual([shown(piece) for piece in self.pieces], before)

    def test_no_essay_is_left_without_a_paragraph(self):
        while cutting.can_cut_later(self.pieces, 2):
            cutting.cut_later(self.pieces, 2)
        self.assertEqual(self.pieces[2].paragraphs, 1)
        while cutting.can_cut_earlier(self.pieces, 2):
            cutting.cut_earlier(self.pieces, 2)
        self.assertEqual(self.pieces[1].paragraphs, 1)

    def test_the_first_essay_has_nothing_before_it(self):
        for may in (cutting.can_join, cutting.can_cut_earlier, cutting.can_cut_later):
            self.assertFalse(may(self.pieces, 0))
            self.assertFalse(may(self.pieces, len(self.pieces)))

    def test_essays_of_two_files_stay_two(self):
        self.pieces[1].file = "b.txt"
        self.assertFalse(cutting.can_join(self.pieces, 1))

    def test_another_essay_begins_at_a_paragraph_that_may_be_its_title(self):
        piece = self.pieces[2]
        place = next(n for n, block in enumerate(piece.blocks) if "As if to mock" in block.source)
        cutting.begin(self.pieces, 2, place)
        new = self.pieces[3]
        self.assertEqual((new.title, new.is_titled), ("As if to mock them the council sent", True))
        self.assertTrue(shown(new).startswith("a cart of [painted] barrels"))
        self.assertFalse([words for words in said(piece) if "may be a heading" in words])
        self.assertEqual(all_shown(self.pieces), bare(QUIRKS))

    def test_one_that_begins_with_a_sentence_has_its_title_proposed(self):
        cutting.begin(self.pieces, 1, 2)
        new = self.pieces[2]
        self.assertFalse(new.is_titled)
        self.assertTrue(new.title.startswith("They raked it, dried it"))

    def test_the_tags_stay_with_the_last_paragraph(self):
        cutting.join(self.pieces, 4)
        cutting.begin(self.pieces, 3, 2)
        self.assertEqual(
            [piece.tags for piece in self.pieces[3:5]], [[], ["bread", "Salt", "ferries"]]
        )

    def test_a_doubt_goes_with_its_line(self):
        line = self.pieces[2].blocks[0].first
        self.pieces[2].doubts.append(Doubt("Odd.", line))
        cutting.cut_later(self.pieces, 2)
        self.assertIn("Odd.", said(self.pieces[1]))
        self.assertNotIn("Odd.", said(self.pieces[2]))


class NotesTests(SimpleTestCase):
    def setUp(self):
        self.pieces = cut_markdown(NOTED)

    def test_a_note_goes_with_the_paragraph_that_refers_to_it(self):
        cutting.cut_earlier(self.pieces, 1)
        one, two = self.pieces
        self.assertNotIn("Note of the second", one.source)
        self.assertIn("[^2]: Note of the second.", two.source)

    def test_a_label_that_is_taken_gives_way(self):
        self.pieces[1].notes[0].source = "[^1]: Another note."
        cutting.join(self.pieces, 1)
        html = render_essay(self.pieces[0].source).html
        for words in ("Note of the first.", "Another note."):
            self.assertEqual(html.count(words), 1)
        self.assertIn("Third[^1-2]", self.pieces[0].source)

    def test_the_same_note_is_not_doubled(self):
        cutting.join(self.pieces, 1)
        self.assertEqual(self.pieces[0].source.count("Note of the first."), 1)
        self.assertFalse(
            [d for d in oddities(self.pieces[0], is_first=True) if "note" in d.words.lower()]
        )


STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "later", "earlier", "begin"]), st.integers(0, 8),
              st.integers(0, 6)), max_size=12,
)  # fmt: skip
CUT = cut(QUIRKS)


def parts_of(pieces):
    parts = []
    for piece in pieces:
        parts += [*piece.blocks, *piece.asides, *([piece.heading] if piece.heading else [])]
    return sorted((part.first, part.last, part.source) for part in parts)


@given(STEPS)
def test_no_word_is_lost_by_any_corrections(steps):
    pieces = deepcopy(CUT)
    for act, at, block in steps:
        if act == "join" and cutting.can_join(pieces, at):
            cutting.join(pieces, at)
        elif act == "later" and cutting.can_cut_later(pieces, at):
            cutting.cut_later(pieces, at)
        elif act == "earlier" and cutting.can_cut_earlier(pieces, at):
            cutting.cut_earlier(pieces, at)
        elif act == "begin" and cutting.can_begin(pieces, at, block):
            cutting.begin(pieces, at, block)
    assert parts_of(pieces) == parts_of(CUT)
    assert all(piece.blocks for piece in pieces)
    lines = [block.first for piece in pieces for block in piece.blocks]
    assert lines == sorted(lines)
