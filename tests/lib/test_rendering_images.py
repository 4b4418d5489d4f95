"""An essay's images: dressed for the page by their name alone, and never without words."""

import re
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from forum.lib.rendering import Unrenderable, render_essay, render_post

WIDE = "/media/3f2a9c1b7d4e5f60718a-1600x900.webp"
SMALL = "/media/3f2a9c1b7d4e5f60718a-300x200.webp"
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def attributes_of(source):
    (tag,) = re.findall(r"<img[^>]*>", render_essay(source).html)
    return dict(ATTRIBUTE.findall(tag))


class ImageTests(TestCase):
    def refuse(self, source, words):
        with self.assertRaisesRegex(Unrenderable, words):
            render_essay(source)

    def test_a_wide_image_offers_its_widths_and_keeps_its_place(self):
        said = attributes_of(f"![A plough]({WIDE})")
        stem = WIDE.removesuffix(".webp")
        self.assertEqual(
            said.pop("srcset"), f"{stem}-480.webp 480w, {stem}-960.webp 960w, {WIDE} 1600w"
        )
        self.assertIn("40rem", said.pop("sizes"))
        self.assertEqual(
            said,
            {
                "src": WIDE, "alt": "A plough", "width": "1600", "height": "900",
                "loading": "lazy", "decoding": "async",
            },
        )  # fmt: skip

    def test_a_small_image_offers_no_choice(self):
        said = attributes_of(f"![A plough]({SMALL})")
        self.assertNotIn("srcset", said)
        self.assertNotIn("sizes", said)
        self.assertEqual((said["width"], said["height"]), ("300", "200"))

    def test_images_come_from_this_site_only(self):
        addresses = (
            "https://a.example/b.png", "/static/a.png", "/media/../a.png", "/media/plough.png",
            "/media/", WIDE.replace(".webp", "-480.webp"), f"{WIDE}?a=1", f"{WIDE}#a",
            WIDE.replace("/media/", "/media/./"), f"https://a.example{WIDE}",
        )  # fmt: skip
        for address in addresses:
            with self.subTest(address):
                self.refuse(f"![a]({address})", "begins with /media/")

    def test_what_may_not_even_be_linked_to_makes_no_image(self):
        for address in (f"//a.example{WIDE}", "data:image/png;base64,AAAA", "javascript:1"):
            with self.subTest(address):
                self.assertNotIn("<img", render_essay(f"![a]({address})").html)

    def test_an_image_without_words_is_refused_with_a_sentence(self):
        for words in ("", " ", "…", "*-*", "&nbsp;", "\u200b"):
            with self.subTest(words=words):
                self.refuse(f"![{words}]({WIDE})", "Say what the image shows")

    def test_words_in_any_script_will_do(self):
        for words in ("שלום", "馬", "7", "*A* `plough`", "[A plough](/b)", "½"):
            with self.subTest(words=words):
                self.assertTrue(attributes_of(f"![{words}]({WIDE})")["alt"].strip())

    def test_words_and_title_cannot_leave_their_place(self):
        said = attributes_of(f"""![" onerror="x" 'a' <b> &quot;]({WIDE} "A 'title' onload=1")""")
        self.assertEqual(set(said) - {"srcset", "sizes"}, {
            "src", "alt", "width", "height", "loading", "decoding",
        })  # fmt: skip
        self.assertNotIn("title", said)

    def test_images_are_no_part_of_the_text_and_are_not_challenged(self):
        essay = render_essay(f"One.\n\n![A plough]({WIDE})\n\nTwo ![a]({SMALL}) and three.")
        self.assertEqual(essay.text, "One.\n\nTwo and three.")
        self.assertEqual(
            [(block["kind"], block["number"]) for block in essay.blocks],
            [("paragraph", 1), ("image", None), ("paragraph", 2)],
        )

    def test_an_image_that_is_named_by_reference_is_dressed_too(self):
        self.assertEqual(attributes_of(f"![A plough][it]\n\n[it]: {WIDE}")["width"], "1600")

    def test_posts_have_no_images(self):
        self.assertNotIn("<img", render_post(f"![A plough]({WIDE})").html)

    @given(st.text(max_size=60))
    def test_no_words_break_the_tag(self, words):
        try:
            html = render_essay(f"![{words}]({WIDE})").html
        except Unrenderable:
            return
        for tag in re.findall(r"<img[^>]*>", html):
            self.assertLess(
                {name for name, _ in ATTRIBUTE.findall(tag)},
                {
                    "src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding", "",
                },
            )  # fmt: skip
