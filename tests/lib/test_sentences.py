import time
from itertools import pairwise
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from forum.lib.sentences import sentence_spans

# Each is written with a bar where a sentence ends.
SPLITS = (
    "One.|Two!|Three?|Four",
    "He asked, “Why?”|She did not say.",
    "It failed (twice).|Nobody wept.",
    "“No!” he said, and left.",
    "Mr. Hume met Dr. Gray in St. Andrews.|They spoke.",
    "Beasts, e.g. Horses, i.e. Mares, etc. Were sold.",
    "See vol. II, p. 5, and No. 7.|Then stop.",
    "About c. 950 it changed.",
    "Is it so?|No.|It is not.",
    "As J. S. Mill wrote, and I. Kant before him.|So do I.|Mill erred.",
    "It rose by 3.5 per cent.|In 1950.|4 men left.",
    "He waited… and waited.",
    "He waited…|Nobody came.",
    "They said that “we … The people” rule.",
    "What?!|Never.",
    "Is this a what? or a that?",
    "1. One of them.|Two.",
    "Elle pleure.|Était-ce lui?|«Oui.»|Bon.",
    "no capital. here is no end",
    "هل هذا صحيح؟|نعم، قالت.|لماذا؟!|لا أدري.",
    "یہ نرم ہے۔|یہ سستا ہے۔",
)
CHARACTERS = st.sampled_from([*'aA1 .!?…"”’()[]\n', "Mr.", "e.g.", "J.", "I.", ". A", "\u00a0"])


def sentences(text, breaks=()):
    return [text[start:end] for start, end in sentence_spans(text, breaks)]


class SentenceTests(TestCase):
    def test_splits_prose_as_a_reader_would(self):
        for marked in SPLITS:
            with self.subTest(marked):
                self.assertEqual(sentences(marked.replace("|", " ")), marked.split("|"))

    def test_a_sentence_stops_at_a_blank_line_and_at_a_break(self):
        self.assertEqual(sentences("One\n\ntwo three", breaks=[8]), ["One", "two", "three"])

    @given(st.lists(CHARACTERS, max_size=40).map("".join), st.lists(st.integers(0, 60)))
    def test_sentences_lie_in_order_and_hold_all_but_white_space(self, text, breaks):
        spans = sentence_spans(text, breaks)
        for (_, end), (start, _) in pairwise(spans):
            self.assertLessEqual(end, start)
        for start, end in spans:
            self.assertEqual(text[start:end].strip(), text[start:end])
            self.assertLess(start, end)
        self.assertEqual(
            "".join("".join(text[start:end] for start, end in spans).split()),
            "".join(text.split()),
        )

    def test_no_row_of_marks_takes_an_age(self):
        for marks in ("!" * 100_000, "?" * 50_000 + " " * 50_000, '."' * 50_000, ". " * 50_000):
            with self.subTest(marks[:4]):
                start = time.process_time()
                sentence_spans(marks)
                self.assertLess(time.process_time() - start, 2)
