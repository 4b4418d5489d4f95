"""An editor brings a manuscript, or hears why it is none."""

from unittest.mock import patch
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from essays.import_forms import MOST_SHOWN, MOST_UPLOADED
from essays.models import Essay, Manuscript
from tests.essays.import_desk import UPLOAD, ImportPageTestCase
from tests.essays.test_bad_manuscripts import zipped
from tests.essays.words_in_and_out import QUIRKS
from tests.factories import sent


class UploadTests(ImportPageTestCase):
    def upload(self, content, name="manuscript.txt", **fields):
        data = content if isinstance(content, bytes) else content.encode()
        file = SimpleUploadedFile(name, data)
        return self.client.post(UPLOAD, sent(file=file, author="A. Thatcher", **fields))

    def error(self, content, name="manuscript.txt"):
        response = self.upload(content, name)
        self.assertEqual(response.status_code, 422)
        self.assertFalse(Manuscript.objects.exists())
        (error,) = response.context["form"].errors["file"]
        self.assertContains(response, 'id="id_file_error"', status_code=422)
        return error

    def test_the_list_of_essays_leads_there(self):
        response = self.client.get(reverse("admin:essays_essay_changelist"))
        self.assertContains(response, f'href="{UPLOAD}"')

    def test_a_file_is_cut_and_nothing_is_saved_but_the_cut(self):
        response = self.upload(QUIRKS)
        manuscript = Manuscript.objects.get()
        self.assertRedirects(response, reverse("manuscript", args=[manuscript.pk]))
        self.assertEqual((manuscript.file_name, manuscript.uploaded_by),
                         ("manuscript.txt", self.editor))  # fmt: skip
        self.assertEqual(len(manuscript.pieces), 7)
        self.assertFalse(Essay.objects.exists())

    def test_sent_twice_it_is_brought_once(self):
        key = str(uuid4())
        first, second = (self.upload(QUIRKS, form_key=key) for _ in range(2))
        self.assertEqual(first.url, second.url)
        self.assertEqual(Manuscript.objects.count(), 1)

    def test_every_bad_file_is_told_by_its_field(self):
        for content, name, words in (
            (b"", "a.txt", "a.txt is empty."),
            (QUIRKS.encode("utf-16"), "a.txt", "UTF-16"),
            ("café".encode("latin-1"), "a.txt", "Latin-1"),
            (bytes(range(256)), "a.txt", "is not a text"),
            (QUIRKS, "a.docx", "a manuscript is plain text"),
            (zipped({"a.zip": zipped({"b.txt": "x"})}), "all.zip", "another archive"),
            (zipped({"a.txt": b"a" * (11 * 1024 * 1024)}), "all.zip", "too large"),
            (
                zipped({f"{n}.txt": b"a " * 600_000 for n in range(2)}),
                "all.zip",
                "2 MB are the most",
            ),
            ("# A\n\nText.\n\n" * 5_000, "a.md", "too many essays: 5,000"),
            ("# A\n\nText.\n\n" * (MOST_SHOWN + 1), "a.md", "200 are the most here"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self.error(content, name))

    def test_what_is_too_large_is_never_read(self):
        with patch("essays.import_forms.read", side_effect=AssertionError):
            error = self.error(b"x" * (MOST_UPLOADED + 1))
        self.assertIn("2 MB are the most", error)

    def test_without_a_file_the_field_asks_for_one(self):
        response = self.client.post(UPLOAD, sent(author=""))
        self.assertContains(response, "Choose a file.", status_code=422)

    def test_what_lies_there_is_listed_and_can_be_thrown_away(self):
        manuscript = self.bring()
        self.assertContains(self.client.get(UPLOAD), f'href="{self.url}"')
        url = reverse("manuscript-discarding", args=[manuscript.pk])
        for _ in range(2):
            self.assertRedirects(self.client.post(url, sent()), UPLOAD)
        self.assertFalse(Manuscript.objects.exists())
