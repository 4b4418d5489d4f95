from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from forum.lib.media_names import FILE_FORM, NARROWER, MediaName, image_at, image_named

NAME = "3f2a9c1b7d4e5f60718a-1600x900.webp"
NO_NAMES = (
    "", "plough.png", NAME.upper(), NAME.replace("webp", "svg"), NAME.replace("3f", "3g"),
    NAME[1:], f"a{NAME}", NAME.replace("1600", "01600"), NAME.replace("1600", "0"),
    NAME.replace("1600", "16000"), NAME.replace("900", "९००"), f"{NAME}\n", f" {NAME}",
    f"../{NAME}", f"./{NAME}", f"{NAME}?a", f"{NAME}#a", f"{NAME}/", f"%2e%2e/{NAME}",
    # A part of an image, which by itself would have no other widths.
    NAME.replace(".webp", "-480.webp"),
)  # fmt: skip

names = st.builds(
    MediaName,
    st.text("0123456789abcdef", min_size=20, max_size=20),
    st.integers(1, 9_999),
    st.integers(1, 9_999),
)


class NameTests(TestCase):
    def test_a_name_tells_digest_and_size(self):
        image = image_named(NAME)
        self.assertEqual(image, MediaName("3f2a9c1b7d4e5f60718a", 1600, 900))
        self.assertEqual(image.address, f"/media/{NAME}")

    def test_whatever_has_another_form_names_no_image(self):
        for name in NO_NAMES:
            with self.subTest(name=name):
                self.assertIsNone(image_named(name))
                self.assertIsNone(image_at(f"/media/{name}"))

    def test_an_image_lies_under_media_and_nowhere_else(self):
        self.assertEqual(str(image_at(f"/media/{NAME}")), NAME)
        for place in ("", "/", "media/", "/media", "/media//", "https://a.example/media/", "//a/"):
            with self.subTest(place=place):
                self.assertIsNone(image_at(place + NAME))

    def test_the_narrower_files_follow_from_the_name(self):
        image = image_named(NAME)
        self.assertEqual(image.widths, (480, 960, 1600))
        self.assertEqual(image.file(480), "3f2a9c1b7d4e5f60718a-1600x900-480.webp")
        self.assertEqual(image.height_at(480), 270)
        self.assertEqual(
            image.sources,
            "/media/3f2a9c1b7d4e5f60718a-1600x900-480.webp 480w, "
            "/media/3f2a9c1b7d4e5f60718a-1600x900-960.webp 960w, "
            f"/media/{NAME} 1600w",
        )

    def test_an_image_that_is_narrow_has_one_file_and_offers_no_choice(self):
        for width in (1, 300, 480):
            image = MediaName("0" * 20, width, 20)
            self.assertEqual(image.widths, (width,))
            self.assertEqual(image.sources, "")

    @given(names)
    def test_every_name_is_read_as_it_was_written(self, image):
        self.assertEqual(image_named(str(image)), image)
        self.assertEqual(image_at(image.address), image)
        self.assertLess(set(image.widths) - {image.width}, {*NARROWER, 0})
        for width in image.widths:
            self.assertLessEqual(width, image.width)
            self.assertRegex(image.file(width), rf"\A{FILE_FORM}\Z")
            self.assertGreaterEqual(image.height_at(width), 1)
