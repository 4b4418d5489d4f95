from django.core.exceptions import ValidationError
from django.test import SimpleTestCase
from django.utils.translation import override

from forum.accounts.names import FORMER_NAME, clean_display_name, clean_username, shown_name


class ShownNameTests(SimpleTestCase):
    def test_whoever_has_chosen_none_is_shown_by_their_user_name(self):
        self.assertEqual(shown_name("Wren Oddfellow", "wren"), "Wren Oddfellow")
        self.assertEqual(shown_name("", "wren"), "wren")

    def test_only_of_those_who_left_is_it_said_in_the_reader_s_language(self):
        with override("de"):
            self.assertEqual(shown_name(FORMER_NAME, "former-member-1"), "Ein ehemaliges Mitglied")
            self.assertEqual(shown_name("Notes", "notes"), "Notes")


class DisplayNameTests(SimpleTestCase):
    def test_any_script_will_do(self):
        for name in (
            "Ruth Amsel",
            "Łukasz O’Brien-Ó",
            "רות אמסל",
            "شِعر رضا",
            "می\u200cخواهم",
            "Нина",
            "李 明",
            "नरेन्द्र",
            "Nguyễn Thị",
            "<b>bold</b>",
        ):
            with self.subTest(name=name):
                self.assertEqual(clean_display_name(name), name)

    def test_spaces_are_made_plain_and_forms_composed(self):
        self.assertEqual(clean_display_name("  Ruth   Amsel "), "Ruth Amsel")
        self.assertEqual(clean_display_name("Rene\u0301"), "René")
        self.assertEqual(clean_display_name("   "), "")

    def test_what_nobody_can_see_is_refused(self):
        for name in (
            "Ruth\u202eAmsel",
            "\u2066Ruth",
            "Ruth\u200bAmsel",
            "Ruth\u200dAmsel",
            "Ruth\u00a0Amsel",
            "Ruth\u3000Amsel",
            "Ruth\tAmsel",
            "Ruth\nAmsel",
            "Ruth\u3164",
            "\u2800\u2800",
            "Ruth\u007f",
            "Ruth\ufeff",
            "Ruth\ue000",
        ):
            with self.subTest(name=name.encode("unicode_escape")):
                with self.assertRaises(ValidationError) as caught:
                    clean_display_name(name)
                self.assertEqual(caught.exception.code, "unseen")

    def test_a_name_has_a_letter(self):
        for name in ("...", "— —", "☃"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                clean_display_name(name)

    def test_no_towers_of_marks(self):
        with self.assertRaises(ValidationError) as caught:
            clean_display_name("R" + "\u0337\u0323\u0330\u0302\u0306" + "uth")
        self.assertEqual(caught.exception.code, "marks")


class UsernameTests(SimpleTestCase):
    def test_wide_letters_become_plain_ones(self):
        self.assertEqual(clean_username("ｒｕｔｈ"), "ruth")

    def test_dots_at_the_ends_would_break_addresses(self):
        for username in (".", "..", ".ruth", "ruth.", "-ruth", ""):
            with self.subTest(username=username), self.assertRaises(ValidationError):
                clean_username(username)
