from django.test import SimpleTestCase
from django.utils import translation
from django.utils.translation import gettext_lazy

from forum.lib.small_letters import small


class SmallLettersTests(SimpleTestCase):
    def test_a_label_within_an_english_sentence_is_small(self):
        self.assertEqual(small("Held for review"), "held for review")
        self.assertEqual(small(gettext_lazy("Banned")), "banned")

    def test_a_label_within_a_german_sentence_keeps_the_capitals_of_its_nouns(self):
        with translation.override("de"):
            self.assertEqual(small("Zweig verborgen"), "Zweig verborgen")
        with translation.override("de-at"):
            self.assertEqual(small("Zweig verborgen"), "Zweig verborgen")

    def test_a_label_is_small_where_no_language_is_spoken(self):
        with translation.override(None):
            self.assertEqual(small("Hidden"), "hidden")
