from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from forum.lib.folding import fold


class FoldTests(TestCase):
    def test_case_and_accents_do_not_count(self):
        for text, folded in (
            ("Él", "el"),
            ("ŁÓDŹ", "lodz"),
            ("Straße", "strasse"),
            ("Æsir", "aesir"),
        ):
            self.assertEqual(fold(text), folded)

    @given(st.text())
    def test_what_is_folded_stays_as_it_is(self, text):
        self.assertEqual(fold(fold(text)), fold(text))
