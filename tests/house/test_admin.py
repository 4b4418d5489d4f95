from io import BytesIO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from PIL import Image

from forum.house.models import Change, Page, Settings
from forum.lib.house import house, read_again
from tests.factories import make_editor, make_user

FORM = {
    "name": "Gainsay", "tagline": "Say the contrary.", "contact": "keepers@example.org",
    "accent_light": "#7A1F5C", "accent_dark": "", "sign_up": "open", "undo_minutes": "15",
}  # fmt: skip


def image(kind="PNG", size=(200, 100)):
    out = BytesIO()
    Image.new("RGBA", size, "#7a1f5c80").save(out, kind)
    return SimpleUploadedFile(f"logo.{kind}", out.getvalue())


class AdminTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)

    def setUp(self):
        self.client.force_login(self.keeper)


class SettingsFormTests(AdminTestCase):
    def save(self, **changes):
        row = Settings.objects.first()
        url = (
            reverse("admin:house_settings_change", args=[row.pk])
            if row else reverse("admin:house_settings_add")
        )  # fmt: skip
        answer = self.client.post(url, FORM | changes)
        read_again()
        return answer

    def refused(self, words, **changes):
        answer = self.save(**changes)
        self.assertContains(answer, words, html=False)
        for name, value in (FORM | changes).items():
            if name != "logo_file" and value:
                self.assertContains(answer, value)
        self.assertFalse(Settings.objects.exists())

    def test_the_form_shows_what_holds_before_anything_was_saved(self):
        page = self.client.get(reverse("admin:house_settings_add"))
        self.assertContains(page, 'value="Counterpoint"')
        self.assertContains(page, f'value="{house().undo_minutes}"')

    def test_what_is_saved_holds_and_stands_in_the_history(self):
        self.assertEqual(self.save().status_code, 302)
        self.assertEqual(house().name, "Gainsay")
        self.assertEqual(house().accent_light, "#7a1f5c")
        self.assertEqual(house().undo_minutes, 15)
        self.assertTrue(all(line.by == self.keeper for line in Change.objects.all()))
        history = self.client.get(reverse("admin:house_change_changelist"))
        self.assertContains(history, "Say the contrary.")

    def test_there_is_one_form_and_it_is_never_deleted(self):
        self.save()
        self.assertEqual(self.client.get(reverse("admin:house_settings_add")).status_code, 403)
        gone = self.client.post(reverse("admin:house_settings_delete", args=[1]), {"post": "yes"})
        self.assertEqual(gone.status_code, 403)

    def test_a_colour_that_is_hard_to_read_is_refused_with_the_numbers(self):
        self.refused("its contrast with the page is 1.7 to 1", accent_light="#ffaa00")
        self.refused("text needs 4.5 to 1. Take a lighter one.", accent_dark="#7a1f5c")

    def test_a_colour_is_six_digits_and_nothing_else(self):
        for told in ("red", "#12", "#12345g", "#000;}x{"):
            with self.subTest(told=told):
                self.refused("six digits of red, green and blue", accent_light=told[:7])

    def test_a_name_has_letters_that_can_be_seen(self):
        self.refused("A name needs at least one letter.", name="\u200b\u2060")
        self.save(name="  Gain\u202esay  ")
        self.assertEqual(house().name, "Gainsay")

    def test_minutes_have_a_bound(self):
        self.refused("less than or equal to 120", undo_minutes="121")

    def test_a_logo_is_kept_small_and_shown_and_taken_away_again(self):
        self.save(logo_file=image(size=(960, 320)))
        self.assertRegex(house().logo, r"^[0-9a-f]{20}-192x64\.webp$")
        home = self.client.get(reverse("home"))
        self.assertContains(home, f'src="/media/{house().logo}" alt="" width="84" height="28"')
        file = self.client.head(f"/media/{house().logo}")
        self.assertEqual(file.headers["Content-Type"], "image/webp")
        self.assertEqual(file.headers["X-Content-Type-Options"], "nosniff")
        with default_storage.open(house().logo) as kept:
            self.assertEqual(kept.read(12)[8:], b"WEBP")
        self.save(no_logo="on")
        self.assertEqual(house().logo, "")
        self.assertNotContains(self.client.get(reverse("home")), "/media/")

    def test_what_is_no_picture_is_refused_by_its_field(self):
        svg = SimpleUploadedFile("logo.png", b"<svg><script>alert(1)</script></svg>")
        self.refused("An SVG may carry scripts", logo_file=svg)
        broken = SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\nnothing more")
        self.refused("This file is damaged", logo_file=broken)
        self.refused("at most", logo_file=SimpleUploadedFile("a.png", b"\x89PNG" * 130_000))
        self.refused("This picture is too large", logo_file=image(size=(4_001, 1_000)))
        self.refused("must be a PNG or a WebP", logo_file=image("GIF"))

    def test_editors_do_not_settle(self):
        self.client.force_login(make_editor())
        self.assertEqual(
            self.client.post(reverse("admin:house_settings_add"), FORM).status_code, 403
        )
        self.assertFalse(Settings.objects.exists())


class PageFormTests(AdminTestCase):
    def url(self, name):
        return reverse("admin:house_page_change", args=[Page.objects.get(name=name).pk])

    def test_it_begins_with_the_words_that_the_page_came_with(self):
        self.assertContains(self.client.get(self.url("privacy")), "sets no cookie for readers")

    def test_new_words_are_shown_and_the_old_ones_stand_in_the_history(self):
        self.client.post(self.url("privacy"), {"source": "We keep *nothing*.\r\n"})
        self.client.logout()
        self.assertContains(self.client.get(reverse("house:privacy")), "<em>nothing</em>")
        line = Change.objects.get()
        self.assertEqual((line.subject, line.by), ("page privacy", self.keeper))
        self.assertIn("sets no cookie for readers", line.before)
        self.assertEqual(line.after, "We keep *nothing*.\n")

    def test_what_cannot_be_rendered_is_refused_and_not_lost(self):
        bad = "![deep](https://elsewhere.example/a.png)"
        answer = self.client.post(self.url("rules"), {"source": bad})
        self.assertContains(answer, "An image must be one of this site")
        self.assertContains(answer, "deep")
        empty = self.client.post(self.url("rules"), {"source": "  \n "})
        self.assertContains(empty, "This field is required.")
        self.assertEqual(Page.objects.get(name="rules").source, "")

    def test_pages_are_neither_added_nor_deleted(self):
        self.assertEqual(self.client.get(reverse("admin:house_page_add")).status_code, 403)
        self.assertEqual(
            self.client.post(self.url("rules").replace("change", "delete")).status_code, 403
        )

    def test_the_history_is_only_read(self):
        self.client.post(self.url("privacy"), {"source": "New."})
        line = Change.objects.get()
        for name in ("change", "delete"):
            url = reverse(f"admin:house_change_{name}", args=[line.pk])
            self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)
        self.assertEqual(self.client.get(reverse("admin:house_change_add")).status_code, 403)
