from django.test import SimpleTestCase
from django.utils import translation
from django.utils.translation import gettext

from forum.lib.site_language import in_each_language, in_site_language


class SiteLanguageTests(SimpleTestCase):
    def test_what_is_kept_for_others_is_not_in_the_language_of_whoever_acts(self):
        with translation.override("de"):
            # Django itself brings the German for it.
            self.assertEqual(gettext("Yes"), "Ja")
            self.assertEqual(in_site_language(gettext, "Yes"), "Yes")

    def test_whoever_acts_reads_on_in_their_own_language(self):
        with translation.override("de"):
            in_site_language(gettext, "Yes")
            self.assertEqual(translation.get_language(), "de")

    def test_what_many_are_told_is_said_in_every_language_of_the_site(self):
        with translation.override("de"):
            said = in_each_language(gettext, "Yes")
            self.assertEqual(translation.get_language(), "de")
        self.assertEqual(said, {"en-gb": "Yes", "de": "Ja", "ar": "نعم"})
