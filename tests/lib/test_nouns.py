"""Numbers of things, in the words of a sentence."""

import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase
from django.utils import translation

from forum.lib.nouns import NOUNS, counted, counted_as

# In templates and in code.
ASKED_FOR = re.compile(r"""counted:"([^"]+)"|\bcounted(?:_as)?\([^()"']*["']([a-z][a-z, ]*)["']""")
PLACES = (("templates", "*.html"), ("templates", "*.txt"), ("forum", "*.py"), ("essays", "*.py"))


def nouns_asked_for() -> set[str]:
    found = set()
    for folder, ending in (
        ("templates", "*.html"),
        ("templates", "*.txt"),
        ("forum", "*.py"),
        ("essays", "*.py"),
    ):
        for path in Path(settings.BASE_DIR, folder).rglob(ending):
            for in_template, in_code in ASKED_FOR.findall(path.read_text(encoding="utf-8")):
                found.add(in_template or in_code)
    return found


class NounTests(SimpleTestCase):
    def test_every_noun_that_is_counted_has_its_words(self) -> None:
        asked_for = nouns_asked_for()
        self.assertIn("reply,replies", asked_for)
        self.assertEqual(asked_for - set(NOUNS), set())

    def test_a_noun_is_found_by_its_own_words(self) -> None:
        for nouns in NOUNS:
            one, _, many = nouns.partition(",")
            with self.subTest(nouns=nouns):
                self.assertEqual(counted(1, nouns), f"one {one}")
                self.assertEqual(counted(12, nouns), f"12 {many or one + 's'}")

    def test_a_number_may_have_words_of_its_own(self) -> None:
        self.assertEqual(counted_as("99+", 100, "case"), "99+ cases")

    def test_a_number_is_grouped_as_the_reader_s_language_does(self) -> None:
        with translation.override("de"):
            self.assertTrue(counted(12_000, "claim").startswith("12.000 "))
