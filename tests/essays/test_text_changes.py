import time

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from essays.text_changes import COME, GONE, SAME, changes, paragraphs

WORDS = st.sampled_from(["horse", "straw", "the", "of", "a", "lord", "no.", "Oats,", "why?", "é"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), max_size=4).map(
    "\n\n".join
)


def told(old, new):
    return [(part.kind, part.text) for part in changes(old, new)]


class ChangesTests(SimpleTestCase):
    @given(TEXTS, TEXTS)
    def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(self, old, new):
        parts = changes(old, new)
        for text, without in ((old, COME), (new, GONE)):
            self.assertEqual("".join(p.text for p in parts if p.kind != without), text)

    @given(TEXTS, TEXTS)
    def test_each_part_stands_where_it_says(self, old, new):
        for part in changes(old, new):
            self.assertTrue(part.text)
            if part.kind != COME:
                self.assertTrue(old.startswith(part.text, part.old))
            if part.kind != GONE:
                self.assertTrue(new.startswith(part.text, part.new))

    @given(TEXTS)
    def test_a_text_and_itself_differ_in_nothing(self, text):
        self.assertEqual(told(text, text), [(SAME, text)] if text else [])

    @given(TEXTS, TEXTS)
    def test_paragraphs_lose_nothing_but_what_parts_them(self, old, new):
        parts = changes(old, new)
        for text, without in ((old, COME), (new, GONE)):
            found = "".join(
                part.text
                for paragraph in paragraphs(parts)
                for part in paragraph
                if part.kind != without
            )
            self.assertEqual(found, text.replace("\n\n", ""))
        for paragraph in paragraphs(parts):
            for part in paragraph:
                source = new if part.kind != GONE else old
                self.assertTrue(source.startswith(part.text, getattr(part, _side(part))))

    def test_words_are_told_where_words_changed(self):
        self.assertEqual(
            told("Nobody knew why.", "Hardly anybody knew why."),
            [(GONE, "Nobody"), (COME, "Hardly anybody"), (SAME, " knew why.")],
        )

    def test_a_sentence_written_anew_is_told_whole(self):
        old = "Everybody knew that a horse in front of a plough was a horse that choked."
        new = "He would have said that it had always been so."
        kinds = [kind for kind, text in told(old, new) if text.strip(". ")]
        self.assertEqual(kinds, [GONE, COME])

    def test_what_was_taken_out_begins_with_a_word(self):
        old = "Nobody knew why. Everybody blamed the horse."
        self.assertEqual(
            told(old, "Nobody knew why."),
            [(SAME, "Nobody knew why."), (GONE, " Everybody blamed the horse.")],
        )

    def test_so_does_what_was_added(self):
        new = "Nobody knew why. Everybody blamed the horse."
        self.assertEqual(told("Nobody knew why.", new)[0], (SAME, "Nobody knew why."))

    def test_paragraphs_that_were_joined_are_not_rewritten(self):
        parts = told("One is here.\n\nTwo is there.", "One is here. Two is there.")
        changed = [text for kind, text in parts if kind != SAME]
        self.assertFalse("".join(changed).strip())

    def test_huge_texts_that_share_nothing_or_little_take_no_age(self):
        for old, new in (
            ("a b c. " * 20_000, "d e f. " * 20_000),
            ("a b. " * 20_000, "b a. " * 20_000),
            (" ".join(map(str, range(60_000))), " ".join(map(str, range(60_000, 0, -1)))),
        ):
            start = time.process_time()
            paragraphs(changes(old, new))
            self.assertLess(time.process_time() - start, 5)


def _side(part):
    return "old" if part.kind == GONE else "new"
