"""Whatever is brought that is no manuscript is refused with one sentence that says why."""

import io
import tempfile
import zipfile
from pathlib import Path

from django.test import SimpleTestCase

from essays.manuscripts import bundles
from essays.manuscripts.decoding import MOST_BYTES, MOST_LINES, decoded
from essays.manuscripts.pieces import MOST_ESSAYS, BadManuscript
from essays.manuscripts.reading import LOOKS_LIKE_HTML, read, read_path
from tests.essays.words_in_and_out import QUIRKS, said

TEXT = "The Mill\n\nA miller is trusted by nobody. “Nobody”, he says himself.\n"


def zipped(files, **options):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


class RefusalTestCase(SimpleTestCase):
    def refusal(self, data, name="manuscript.txt"):
        with self.assertRaises(BadManuscript) as caught:
            read(data, name)
        words = str(caught.exception)
        self.assertRegex(words, r"^[^\n]+\.$")
        return words


class BytesTests(RefusalTestCase):
    def test_utf8_is_read_with_or_without_a_mark(self):
        for data in (TEXT.encode(), TEXT.encode("utf-8-sig")):
            (piece,) = read(data, "manuscript.txt")
            self.assertEqual((piece.title, piece.doubts), ("The Mill", []))

    def test_each_wrong_encoding_is_called_by_its_name(self):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            with self.subTest(encoding=encoding):
                self.assertIn("UTF-16", self.refusal(TEXT.encode(encoding)))
        self.assertIn("UTF-32", self.refusal(TEXT.encode("utf-32")))

    def test_an_old_encoding_is_shown_by_line_and_word(self):
        latin = "First line.\nThe café closed.\n".encode("latin-1")
        words = self.refusal(latin)
        self.assertIn("line 2 reads as if in Latin-1 or Windows-1252: “café”", words)
        self.assertIn("Save it as UTF-8", self.refusal(TEXT.encode("cp1252")))

    def test_what_is_no_text_is_called_so(self):
        for data in (bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(100), b"\x01\x02" * 50):
            self.assertIn("is not a text", self.refusal(data))

    def test_other_kinds_of_file_are_named_whatever_they_are_called(self):
        for start, kind in ((b"%PDF-1.7", "a PDF"), (b"{\\rtf1", "RTF"), (b"PK\x03\x04", "a zip"),
                            (b"\xd0\xcf\x11\xe0", "Word")):  # fmt: skip
            self.assertIn(kind, self.refusal(start + b" text"))
        self.assertIn("a manuscript is plain text", self.refusal(TEXT.encode(), "mill.docx"))

    def test_an_empty_file_and_one_without_words_are_refused(self):
        self.assertEqual(self.refusal(b""), "manuscript.txt is empty.")
        for data in (b" \n\n\t ", "\ufeff\u202e\n".encode(), "\xa0".encode()):
            self.assertIn("no words", self.refusal(data))

    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "large.txt"
            with file.open("wb") as target:
                target.truncate(50 * 1024 * 1024)
            with self.assertRaisesRegex(BadManuscript, "large.txt is too large: 50.0 MB"):
                read_path(file)
        self.assertIn("10 MB at most", self.refusal(b"a" * (MOST_BYTES + 1)))

    def test_too_many_lines_and_too_many_essays_are_refused(self):
        self.assertIn("too many lines", self.refusal(b"a\n" * (MOST_LINES + 1)))
        essay = "A Title\n\nA paragraph. Another sentence.\n\nAnd a third one.\n\n\n"
        self.assertIn("too many essays: 5,000", self.refusal((essay * 5_000).encode()))
        self.assertEqual(len(read((essay * MOST_ESSAYS).encode(), "a.txt")), MOST_ESSAYS)

    def test_hidden_characters_are_left_out_and_that_is_said(self):
        (piece,) = read(
            "The Mill\n\nA\u202e miller\x00\ufeff.".encode().replace(b"\0", b""), "a.txt"
        )
        self.assertEqual(piece.source, "A miller.")
        self.assertEqual(said(piece), ["2 characters that nobody can see: left out."])

    def test_any_line_end_is_one(self):
        text, doubts = decoded(b"a\r\nb\rc\n", "a.txt")
        self.assertEqual((text, doubts), ("a\nb\nc\n", []))

    def test_html_under_another_name_is_told(self):
        (piece,) = read(b"<!DOCTYPE html><p>Text.</p>", "page.txt")
        self.assertIn(LOOKS_LIKE_HTML, said(piece))

    def test_a_file_that_is_not_there_is_told(self):
        with self.assertRaisesRegex(BadManuscript, "nowhere.txt: No such file"):
            read_path(Path("/nowhere/nowhere.txt"))


class ZipTests(RefusalTestCase):
    def test_its_texts_are_read_by_name_and_the_rest_is_named(self):
        data = zipped({"b.md": "# Two\n\nText.", "a.txt": TEXT, "cover.png": b"\x89PNG",
                       ".hidden.txt": "x", "__MACOSX/._a.txt": b"\0"})  # fmt: skip
        pieces = read(data, "all.zip")
        self.assertEqual(
            [(p.title, p.file) for p in pieces], [("The Mill", "a.txt"), ("Two", "b.md")]
        )
        self.assertEqual(
            said(pieces[0]), ["Files that are not read: .hidden.txt, __MACOSX/._a.txt, cover.png"]
        )

    def test_a_bad_file_in_it_is_named(self):
        self.assertIn("b.txt is in UTF-16", self.refusal(
            zipped({"a.txt": TEXT, "b.txt": TEXT.encode("utf-16")}), "all.zip"))  # fmt: skip

    def test_an_archive_within_is_refused(self):
        for name in ("inner.zip", "inner.tar.gz", "inner.7z"):
            data = zipped({"a.txt": TEXT, name: zipped({"b.txt": TEXT})})
            self.assertIn(f"another archive: {name}", self.refusal(data, "all.zip"))

    def test_files_that_would_lie_elsewhere_are_refused(self):
        for name in (
            "/etc/a.txt",
            "../a.txt",
            "a/../../b.txt",
            "..\\a.txt",
            "C:\\a.txt",
            "\\a.txt",
        ):
            with self.subTest(name=name):
                self.assertIn("lie outside of it", self.refusal(zipped({name: TEXT}), "all.zip"))

    def test_a_link_to_another_file_is_refused(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            link = zipfile.ZipInfo("a.txt")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
        self.assertIn("a link to another file", self.refusal(target.getvalue(), "all.zip"))

    def test_a_locked_one_is_refused(self):
        data = bytearray(zipped({"a.txt": TEXT}))
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + place] |= 1
        self.assertIn("locked with a password", self.refusal(bytes(data), "all.zip"))

    def test_a_bomb_is_refused_by_what_it_says(self):
        data = zipped({"a.txt": b"a" * (MOST_BYTES + 1)})
        self.assertLess(len(data), 100_000)
        self.assertIn("a.txt is too large", self.refusal(data, "all.zip"))
        many = zipped({f"{n}.txt": b"a " * (MOST_BYTES // 2 - 1) for n in range(6)})
        self.assertIn("All of it together is too large", self.refusal(many, "all.zip"))

    def test_a_bomb_that_lies_about_its_size_is_stopped(self):
        data = bytearray(zipped({"a.txt": b"a" * (MOST_BYTES + 1)}))
        for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            start = data.index(mark) + place
            data[start : start + 4] = (100).to_bytes(4, "little")
        self.assertIn("a.txt", self.refusal(bytes(data), "all.zip"))

    def test_too_many_files_are_refused(self):
        data = zipped({f"{number}.txt": "x" for number in range(bundles.MOST_FILES + 1)})
        self.assertIn("too many files in all.zip", self.refusal(data, "all.zip"))

    def test_too_many_essays_in_all_files_are_refused(self):
        text = "# A\n\nText.\n\n" * 600
        self.assertIn(
            "too many essays", self.refusal(zipped({"a.md": text, "b.md": text}), "a.zip")
        )

    def test_a_damaged_one_is_refused(self):
        data = zipped({"a.txt": TEXT * 50})
        self.assertIn("no zip that can be read", self.refusal(data[:-30], "all.zip"))
        broken = bytearray(data)
        broken[60:80] = bytes(20)
        self.assertIn("a.txt cannot be unpacked", self.refusal(bytes(broken), "all.zip"))

    def test_one_without_texts_is_refused(self):
        self.assertIn("no text, Markdown or HTML", self.refusal(zipped({"a.png": b"x"}), "all.zip"))
        self.assertIn("no text, Markdown or HTML", self.refusal(zipped({}), "all.zip"))

    def test_a_document_of_an_office_is_called_so(self):
        data = zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"})
        self.assertIn("a Word document", self.refusal(data, "mill.zip"))


class FolderTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_its_texts_are_read_by_name_with_those_of_folders_in_it(self):
        (self.folder / "part").mkdir()
        (self.folder / "part" / "b.html").write_text("<h1>Two</h1><p>Text.</p>")
        (self.folder / "a.txt").write_text(QUIRKS)
        (self.folder / "notes.odt").write_bytes(b"x")
        pieces = read_path(self.folder)
        self.assertEqual(len(pieces), 8)
        self.assertEqual((pieces[-1].title, pieces[-1].file), ("Two", "part/b.html"))
        self.assertIn("Files that are not read: notes.odt", said(pieces[0]))

    def test_an_empty_one_and_an_overfull_one_are_refused(self):
        with self.assertRaisesRegex(BadManuscript, "no text, Markdown or HTML"):
            read_path(self.folder)
        for number in range(bundles.MOST_FILES + 1):
            (self.folder / f"{number}.txt").write_text("x")
        with self.assertRaisesRegex(BadManuscript, "too many files"):
            read_path(self.folder)
