"""Images are kept once each, by editors, for as long as anything shows them."""

import tempfile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import SimpleTestCase, TestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from essays import images
from essays.models import Draft, Image
from forum.lib.markdown import says_something
from forum.lib.rendering import Unrenderable, render_essay
from forum.lib.verdict import Refused
from tests.essays.pictures import picture
from tests.factories import make_editor, make_essay, make_moderator, make_user


class InAFolderOfItsOwn:
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        settings = override_settings(MEDIA_ROOT=folder.name)
        settings.enable()
        self.addCleanup(settings.disable)

    def kept(self):
        return sorted(default_storage.listdir("")[1])


class KeepTests(InAFolderOfItsOwn, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.picture = picture(1000, 40)

    def keep(self, made=None, alt="A plough", by=None):
        return images.keep_image(by=by or self.editor, picture=made or self.picture, alt=alt)

    def test_its_files_and_its_size_are_kept(self):
        image = self.keep()
        self.assertEqual((image.width, image.height, image.widths), (1000, 40, [480, 960, 1000]))
        self.assertEqual(image.uploaded_by, self.editor)
        self.assertEqual(self.kept(), sorted(name for name, _ in self.picture.files))
        for name, content in self.picture.files:
            with default_storage.open(name) as file:
                self.assertEqual(file.read(), content)

    def test_the_same_picture_again_is_the_same_image(self):
        first = self.keep()
        again = self.keep(picture(1000, 40), alt="Something else")
        self.assertEqual((again.pk, again.alt), (first.pk, "A plough"))
        self.assertEqual(Image.objects.count(), 1)
        self.assertEqual(len(self.kept()), 3)

    def test_half_a_file_of_a_machine_that_stopped_is_written_anew(self):
        name, content = self.picture.files[0]
        default_storage.save(name, ContentFile(content[:10]))
        self.keep()
        self.assertEqual(default_storage.size(name), len(content))

    def test_only_editors_keep_images(self):
        for who in (make_user(), make_moderator(), make_editor(is_active=False), None):
            with self.subTest(who=str(who)), self.assertRaisesRegex(Refused, "Only editors"):
                images.keep_image(by=who, picture=self.picture, alt="A plough")
        self.assertEqual(self.kept(), [])
        with self.assertRaises(Refused):
            images.describe_image(by=make_user(), image=self.keep(), alt="Mine")


class MarkdownTests(SimpleTestCase):
    def shown(self, alt):
        image = Image(name="3f2a9c1b7d4e5f60718a-300x200.webp", alt=alt)
        return render_essay(images.markdown_of(image)).html

    def test_the_markdown_shows_the_image_with_its_words(self):
        self.assertIn('alt="A plough"', self.shown("A plough"))
        self.assertIn('alt="[*A*] _plough_ \\"', self.shown("[*A*] _plough_ \\"))

    @given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40))
    def test_whatever_the_words_they_make_one_image(self, alt):
        alt = " ".join(alt.split())
        if not says_something(alt):
            return
        try:
            html = self.shown(alt)
        except Unrenderable:
            self.fail(f"{alt!r} was refused")
        self.assertEqual(html.count("<img"), 1)
        self.assertTrue(html.startswith("<p><img src="))


class MissingTests(InAFolderOfItsOwn, TestCase):
    def test_images_that_nobody_has_sent_are_named_once(self):
        kept = images.keep_image(by=make_editor(), picture=picture(), alt="A plough")
        gone = "3f2a9c1b7d4e5f60718a-300x200.webp"
        source = f"{images.markdown_of(kept)}\n\n![a](/media/{gone})\n\n![b](/media/{gone})"
        with self.assertNumQueries(1):
            self.assertEqual(images.missing_from(render_essay(source).html), [gone])
        self.assertEqual(images.missing_from(render_essay("Words.").html), [])


class RemoveTests(InAFolderOfItsOwn, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.picture = picture(1000, 40)

    def setUp(self):
        super().setUp()
        self.image = images.keep_image(by=self.editor, picture=self.picture, alt="A plough")
        self.source = f"Words.\n\n{images.markdown_of(self.image)}\n"

    def remove(self, by=None):
        with self.captureOnCommitCallbacks(execute=True):
            images.remove_image(by=by or self.editor, image=self.image)

    def assert_stays(self, title):
        with self.assertRaisesRegex(Refused, f"shown in “{title}”"):
            self.remove()
        self.assertTrue(Image.objects.exists())
        self.assertEqual(len(self.kept()), 3)

    def test_an_image_that_nothing_shows_goes_with_its_files(self):
        make_essay(source="Another one.")
        self.remove()
        self.assertFalse(Image.objects.exists())
        self.assertEqual(self.kept(), [])

    def test_the_files_stay_until_the_removal_is_certain(self):
        images.remove_image(by=self.editor, image=self.image)
        self.assertEqual(len(self.kept()), 3)

    def test_an_image_of_any_version_stays(self):
        essay = make_essay("The Collar", source=self.source)
        self.assert_stays("The Collar")
        second = essay.revisions.create(
            number=2, source="Other words.", created_at="2026-01-01T00:00Z"
        )
        essay.current_revision = second
        essay.save()
        self.assert_stays("The Collar")

    def test_an_image_that_is_written_in_another_way_stays(self):
        name = self.image.name
        for number, address in enumerate((f"&#x2F;media/{name}", f"<\\/media/{name}>")):
            with self.subTest(address=address):
                make_essay(f"Essay {number}", source=f"![A plough]({address})")
                self.assert_stays("Essay 0")

    def test_an_image_of_a_draft_stays(self):
        essay = make_essay("The Yoke")
        Draft.objects.create(essay=essay, source=self.source, saved_at="2026-01-01T00:00Z")
        self.assert_stays("The Yoke")

    def test_only_editors_remove_images(self):
        with self.assertRaisesRegex(Refused, "Only editors"):
            self.remove(by=make_user())

    def test_where_images_are_shown_is_asked_for_all_of_them_at_once(self):
        other = images.keep_image(by=self.editor, picture=picture(300, 20), alt="An ox")
        make_essay("The Collar", source=self.source)
        make_essay("The Yoke", source=self.source + images.markdown_of(other))
        names = [self.image.name, other.name, "another.webp"]
        with self.assertNumQueries(2):
            found = images.essays_showing(names)
        self.assertEqual(
            {name: sorted(essay.title for essay in essays) for name, essays in found.items()},
            {names[0]: ["The Collar", "The Yoke"], names[1]: ["The Yoke"], names[2]: []},
        )
