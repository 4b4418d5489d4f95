from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.house.contrast import (
    DARK_PAPERS,
    ENOUGH,
    LIGHT_PAPERS,
    contrast,
    least_contrast,
    tint,
)
from forum.house.stylesheet import DARK, LIGHT

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


class ContrastTests(SimpleTestCase):
    def test_it_is_what_the_standard_says_of_known_pairs(self):
        for one, other, expected in (
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#ff0000", "#ffffff", 4.0),
            ("#0a0a0a", "#0a0a0a", 1.0),
        ):
            with self.subTest(one=one):
                self.assertAlmostEqual(contrast(one, other), expected, delta=0.01)

    @given(colours, colours)
    def test_it_is_the_same_both_ways_and_within_its_bounds(self, one, other):
        found = contrast(one, other)
        self.assertEqual(found, contrast(other, one))
        self.assertTrue(1 <= found <= 21.01)

    def test_the_colours_that_the_site_comes_with_can_be_read(self):
        self.assertGreaterEqual(least_contrast(LIGHT, LIGHT_PAPERS), ENOUGH)
        self.assertGreaterEqual(least_contrast(DARK, DARK_PAPERS), ENOUGH)

    @given(colours, st.sampled_from([LIGHT_PAPERS[0], DARK_PAPERS[0]]))
    def test_words_in_a_colour_that_can_be_read_can_be_read_on_its_tint(self, colour, paper):
        if contrast(colour, paper) >= ENOUGH:
            self.assertGreaterEqual(contrast(colour, tint(colour, paper)), ENOUGH)
