"""What is taken of an image file that somebody sends, and what is refused with which sentence."""

import io
import zlib
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from essays import pictures
from essays.pictures import MOST_BYTES, Unfit, picture_of
from tests.essays.pictures import (
    BLUE,
    RED,
    chunk,
    file_of,
    half_and_half,
    moving,
    photograph,
    png_of,
    with_metadata,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(content, size=None):
    return picture_of(io.BytesIO(content), len(content) if size is None else size)


def widest(made):
    return Image.open(io.BytesIO(made.files[-1][1]))


def colours(made):
    """Of the middle of its left half, and of its right half."""
    pixels = widest(made).convert("RGB")
    middle = pixels.height // 2
    return [pixels.getpixel((pixels.width * part // 4, middle)) for part in (1, 3)]


class TakenTests(TestCase):
    def assert_near(self, found, expected, by=12):
        for channel, wanted in zip(found, expected, strict=True):
            self.assertLessEqual(abs(channel - wanted), by, (found, expected))

    def test_each_kind_is_taken_and_becomes_a_webp(self):
        for kind in ("PNG", "JPEG", "WEBP", "GIF"):
            with self.subTest(kind=kind):
                made = picture(file_of(half_and_half(), kind))
                self.assertEqual([name for name, _ in made.files], [str(made.name)])
                self.assertEqual(widest(made).format, "WEBP")
                self.assertEqual(made.name[1:], (400, 300))
                for found, expected in zip(colours(made), (RED, BLUE), strict=True):
                    self.assert_near(found, expected)

    def test_a_large_image_is_stored_in_three_widths_and_no_larger(self):
        made = picture(file_of(half_and_half(2000, 1000), "JPEG"))
        self.assertEqual(made.name[1:], (1600, 800))
        sizes = [Image.open(io.BytesIO(content)).size for _, content in made.files]
        self.assertEqual(sizes, [(480, 240), (960, 480), (1600, 800)])
        self.assertEqual(
            [name for name, _ in made.files],
            [made.name.file(width) for width in (480, 960, 1600)],
        )

    def test_a_small_image_is_never_made_larger(self):
        for size in ((1, 1), (479, 3), (480, 100)):
            with self.subTest(size=size):
                made = picture(file_of(half_and_half(*size)))
                self.assertEqual([widest(made).size], [size])
                self.assertEqual(len(made.files), 1)

    def test_an_image_like_a_tape_keeps_at_least_one_pixel_of_width(self):
        self.assertEqual(picture(file_of(half_and_half(2, 9000))).name[1:], (1, 3200))
        self.assertEqual(picture(file_of(half_and_half(9000, 2))).name[1:], (1600, 1))

    def test_nothing_of_what_the_file_says_beside_its_pixels_is_kept(self):
        said = with_metadata()
        self.assertIn(b"Agatha", said)
        text = Image.new("RGB", (600, 20))
        told = PngInfo()
        told.add_text("Comment", "Secret of Aunt Agatha")
        for content in (said, file_of(text, "PNG", pnginfo=told), with_metadata(6)):
            for _, made in picture(content).files:
                self.assertNotIn(b"Agatha", made)
                for name in (b"EXIF", b"XMP ", b"ICCP", b"Exif"):
                    self.assertNotIn(name, made)
                self.assertEqual(dict(Image.open(io.BytesIO(made)).getexif()), {})

    def test_what_was_up_for_the_camera_is_up(self):
        upright = picture(with_metadata(1))
        self.assertEqual(upright.name[1:], (400, 300))
        upside_down = picture(with_metadata(3))
        for found, expected in zip(colours(upside_down), (BLUE, RED), strict=True):
            self.assert_near(found, expected)
        turned = picture(with_metadata(6))
        self.assertEqual(turned.name[1:], (300, 400))
        pixels = widest(turned).convert("RGB")
        self.assert_near(pixels.getpixel((150, 100)), RED)
        self.assert_near(pixels.getpixel((150, 300)), BLUE)

    def test_colours_of_another_space_are_converted(self):
        """In this one, what is called red is blue."""
        told = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        told = told.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
        made = picture(file_of(half_and_half(), icc_profile=told))
        for found, expected in zip(colours(made), (BLUE, RED), strict=True):
            self.assert_near(found, expected)

    def test_a_profile_of_nonsense_is_left_out(self):
        made = picture(file_of(half_and_half(), icc_profile=b"nonsense" * 40))
        self.assert_near(colours(made)[0], RED)

    def test_sixteen_bits_palettes_greys_and_inks_are_read(self):
        grey = {"I;16": 32768, "L": 128, "LA": (128, 255), "1": 1}
        for mode, value in grey.items():
            with self.subTest(mode=mode):
                expected = (255,) * 3 if mode == "1" else (128,) * 3
                made = picture(file_of(Image.new(mode, (20, 20), value)))
                self.assert_near(colours(made)[0], expected, by=2)
        palette = picture(file_of(half_and_half().quantize(8)))
        self.assert_near(colours(palette)[0], RED)
        inks = picture(file_of(half_and_half().convert("CMYK"), "JPEG", quality=95))
        self.assert_near(colours(inks)[1], BLUE, by=40)

    def test_what_can_be_seen_through_lies_on_white_paper(self):
        clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
        self.assertEqual(colours(picture(file_of(clear)))[0], (255, 255, 255))
        half = Image.new("RGBA", (20, 20), (0, 0, 0, 128))
        self.assert_near(colours(picture(file_of(half)))[0], (127,) * 3, by=2)
        palette = Image.new("P", (20, 20), 0)
        self.assertEqual(
            colours(picture(file_of(palette, "GIF", transparency=0)))[0], (255, 255, 255)
        )

    def test_a_drawing_keeps_each_pixel_and_a_photograph_does_not_grow(self):
        drawing = half_and_half()
        made = picture(file_of(drawing))
        self.assertEqual(widest(made).convert("RGB").tobytes(), drawing.tobytes())
        sent = file_of(photograph())
        self.assertLess(len(picture(sent).files[-1][1]), len(sent) / 3)

    def test_the_same_picture_has_the_same_name_whatever_it_was_sent_as(self):
        name = picture(file_of(half_and_half())).name
        self.assertEqual(picture(file_of(half_and_half(), compress_level=1)).name, name)
        self.assertEqual(picture(file_of(half_and_half(), "WEBP", lossless=True)).name, name)
        self.assertNotEqual(picture(file_of(half_and_half(402, 300))).name, name)
        self.assertNotEqual(picture(file_of(half_and_half().rotate(180))).name, name)

    def test_what_follows_the_image_is_not_kept(self):
        """Such a file is an image to one reader, and a page or an archive to another."""
        tail = b"<html><script>alert(1)</script></html>PK\x03\x04 an archive"
        for kind in ("PNG", "JPEG", "GIF", "WEBP"):
            with self.subTest(kind=kind):
                for _, made in picture(file_of(half_and_half(), kind) + tail).files:
                    self.assertNotIn(b"script", made)
                    self.assertNotIn(b"archive", made)


class RefusedTests(TestCase):
    def refuse(self, content, words, size=None):
        with self.assertRaisesRegex(Unfit, words) as caught:
            picture(content, size)
        self.assertRegex(str(caught.exception), r"\A[A-Z].+\.\Z")

    def test_an_svg_however_it_begins(self):
        for begin in (b"", b"\xef\xbb\xbf", b"\n\n ", b'<?xml version="1.0"?>\n', b"<!-- a -->\n"):
            with self.subTest(begin=begin):
                self.refuse(begin + SVG, "may carry scripts")
        self.refuse(SVG.upper(), "may carry scripts")

    def test_what_is_no_image_of_ours_whatever_it_is_called(self):
        others = {
            "nothing": b"",
            "text": b"A plough.",
            "page": b"<!doctype html><script>alert(1)</script>",
            "pdf": b"%PDF-1.7\n",
            "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
            "tiff": file_of(half_and_half(), "TIFF"),
            "bmp": file_of(half_and_half(), "BMP"),
            "icon": file_of(half_and_half(64, 64), "ICO"),
            "avif": file_of(half_and_half(), "AVIF"),
            "jpeg 2000": file_of(half_and_half(), "JPEG2000"),
            "archive": b"PK\x03\x04" + b"\0" * 50,
            "sound": b"RIFF\x24\0\0\0WAVEfmt ",
        }
        for name, content in others.items():
            with self.subTest(name=name):
                self.refuse(content, "must be a PNG, a JPEG, a WebP or a GIF")

    def test_another_kind_behind_the_first_bytes_of_ours(self):
        for signature in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP"):
            for content in (SVG, b"%!PS-Adobe-3.0 EPSF-3.0\n", b"", b"\0" * 500):
                with self.subTest(signature=signature, content=content):
                    self.refuse(signature + content, "damaged")

    def test_a_file_that_ends_too_soon(self):
        for kind in ("PNG", "JPEG", "WEBP", "GIF"):
            content = file_of(photograph(), kind)
            with self.subTest(kind=kind):
                self.refuse(content[: len(content) // 2], "damaged")

    def test_too_many_bytes_are_not_even_looked_at(self):
        self.refuse(b"", "too large: 15 MB at most", size=MOST_BYTES + 1)

    def test_too_many_pixels_are_not_decoded(self):
        self.refuse(png_of(6_000, 6_000), "30 million pixels at most")
        self.refuse(png_of(20_000, 20_000), "30 million pixels at most")
        self.refuse(png_of(2**31 - 1, 2**31 - 1), "30 million pixels at most|damaged")

    def test_a_bomb_of_another_sort(self):
        text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))
        self.refuse(png_of(10, 10, text), "damaged")

    def test_what_moves(self):
        for kind in ("GIF", "WEBP", "PNG"):
            with self.subTest(kind=kind):
                self.refuse(moving(kind), "moves")

    def test_the_first_of_a_telephones_pictures_is_taken(self):
        first, second = half_and_half(), Image.new("RGB", (400, 300), "white")
        both = file_of(first, "MPO", save_all=True, append_images=[second])
        self.assertEqual(picture(both).name[1:], (400, 300))

    def test_the_limits_are_as_the_sentences_say(self):
        self.assertEqual(pictures.MOST_BYTES, 15_000_000)
        self.assertEqual(pictures.MOST_PIXELS, 30_000_000)

    @given(
        st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]),
        st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12),
    )
    def test_a_file_with_wrong_bytes_is_read_or_refused_and_nothing_else(self, kind, wrongs):
        content = bytearray(file_of(half_and_half(60, 40), kind))
        for place, byte in wrongs:
            content[place % len(content)] = byte
        try:
            made = picture(bytes(content))
        except Unfit:
            return
        self.assertLessEqual(made.name.width, 1600)
