"""Whatever an essay is called, it gets a card, and the words stay on it."""

import io
import re
from pathlib import Path
from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from forum import card_signs
from forum.card_drawing import (
    HEIGHT,
    LEADING,
    MARGIN,
    MOST_SIGNS,
    SERIF,
    SIZES,
    TITLE_ROOM,
    WIDTH,
    _font,
    draw_card,
    drawable,
    set_title,
)
from forum.templatetags.look import STANDING_WORDS

ROOT = Path(__file__).resolve().parent.parent.parent
LABELS = list(STANDING_WORDS)
TITLES = {
    "short": "Oats",
    "longest": ("The collar and the plough " * 7)[:160],
    "one long word": "incomprehensibilities" * 7,
    "right to left": "שלום עולם",
    "both ways": "The word שלום in the Middle Ages",
    "far away": "馬の首輪",
    "signs": "😀👩‍👩‍👧‍👦🇮🇹",
    "accents": "Dvořák’s Łódź: e\u0301tude № 5",
    "marks upon marks": "Z" + "\u0301" * 100,
    "lines": "One\nTwo\r\nThree\u2028Four\tFive",
    "hidden": "\u200b\u202e\u0000",
    "markup": "<b>&amp;</b> %s {}",
    "nothing": "",
}


def font_of(size):
    return _font(SERIF, size)


def card(title="The Collar", author="Alban Mercer", labels=()):
    return Image.open(io.BytesIO(draw_card(title, author, labels))).convert("RGB")


def inked(picture):
    """The smallest box that holds all that is drawn in it."""
    return ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()


class CardTests(TestCase):
    def test_every_title_makes_a_card_within_its_margins(self):
        for name, title in TITLES.items():
            with self.subTest(name=name):
                picture = card(title, title, LABELS * 20)
                self.assertEqual(picture.size, (WIDTH, HEIGHT))
                left, top, right, bottom = inked(picture)
                self.assertGreaterEqual(left, MARGIN - 8)
                self.assertLessEqual(right, WIDTH - MARGIN + 8)
                self.assertGreater(top, 30)
                self.assertLess(bottom, HEIGHT - 30)

    def test_title_author_and_standings_each_change_it(self):
        plain = card().tobytes()
        self.assertEqual(card().tobytes(), plain)
        for other in (card("The Yoke"), card(author="Mags"), card(labels=["stands"])):
            self.assertNotEqual(other.tobytes(), plain)

    def test_more_standings_than_there_is_room_for_are_counted(self):
        self.assertNotEqual(
            card(labels=["stands"] * (MOST_SIGNS + 1)).tobytes(),
            card(labels=["stands"] * (MOST_SIGNS + 2)).tobytes(),
        )

    def test_a_title_in_letters_that_we_have_not_got_is_not_drawn_in_pieces(self):
        self.assertEqual(card("שלום עולם").tobytes(), card("馬の首輪").tobytes())

    def test_the_file_is_small_enough_to_be_sent_often(self):
        self.assertLess(len(draw_card(TITLES["longest"], "Alban Mercer", LABELS * 5)), 120_000)


class TitleTests(TestCase):
    def assert_fits(self, title):
        size, lines = set_title(title, font_of)
        self.assertLessEqual(len(lines) * size * LEADING, TITLE_ROOM)
        for line in lines:
            self.assertLessEqual(font_of(size).getlength(line), WIDTH - 2 * MARGIN)
        return size, lines

    def test_a_short_title_is_set_large_and_a_long_one_smaller(self):
        self.assertEqual(self.assert_fits("Oats"), (SIZES[0], ["Oats"]))
        size, lines = self.assert_fits(TITLES["longest"].strip())
        self.assertLess(size, SIZES[0])
        self.assertEqual(" ".join(lines), TITLES["longest"].strip())

    def test_no_word_is_broken_that_a_smaller_size_keeps_whole(self):
        _, lines = self.assert_fits("Antidisestablishmentarianismistically speaking")
        self.assertIn("Antidisestablishmentarianismistically", " ".join(lines).split())

    def test_a_word_that_no_size_keeps_whole_is_broken(self):
        _, lines = self.assert_fits("a" * 160)
        self.assertEqual("".join(lines), "a" * 160)

    def test_what_is_too_long_for_the_smallest_ends_in_dots(self):
        _, lines = self.assert_fits("Collars and ploughs " * 60)
        self.assertTrue(lines[-1].endswith("…"))

    @settings(max_examples=40)
    @given(st.text("abcdefghijWM é’-–  ", max_size=400))
    def test_every_title_fits(self, title):
        self.assert_fits(drawable(title, font_of(40)))

    def test_what_is_drawn_is_what_the_font_has(self):
        font = font_of(40)
        self.assertEqual(drawable("Dvořák’s  馬\n😀 no", font), "Dvorák’s no")
        self.assertEqual(drawable("Étude, “so”: 7—8 §", font), "Étude, “so”: 7—8 §")


class SignTests(TestCase):
    def test_the_inks_are_those_of_the_pages(self):
        tokens = (ROOT / "static/css/tokens.css").read_text()
        expanded = {
            name: "#" + "".join(c * 2 for c in value) if len(value) == 3 else f"#{value}"
            for name, value in re.findall(r"--([\w-]+): light-dark\(#([0-9a-f]+),", tokens)
        }
        names = {
            "unchallenged": "slate", "stands": "green", "unanswered": "ink",
            "contested": "amber", "refuted": "red", "conceded": "plum",
        }  # fmt: skip
        self.assertEqual(card_signs.INKS, {label: expanded[name] for label, name in names.items()})
        for name in ("paper", "ink", "soft", "pencil"):
            self.assertEqual(getattr(card_signs, name.upper()), expanded[name])

    def test_every_standing_has_a_sign_of_its_own(self):
        signs = {label: card_signs.sign(label, 32).tobytes() for label in LABELS}
        self.assertEqual(len(set(signs.values())), len(LABELS))
