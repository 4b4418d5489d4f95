import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.test import SimpleTestCase

from essays.management.commands.reanchor import Command

ROOT = Path(__file__).parents[2]
OLD = "## Straw\n\nThe horse *choked*. Nobody knew why.\n"
NEW = "First.\n\nThe horse *choked*. Nobody knew quite why.\n"
WHY = {"id": "w", "start": 25, "end": 41, "exact": "Nobody knew why."}
HORSE = {"id": 7, "start": 7, "end": 24, "exact": "The horse choked.", "prefix": "", "suffix": ""}


class ReanchorCommandTests(SimpleTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    def run_with(self, quotes, *options, old=OLD, new=NEW):
        data = quotes if isinstance(quotes, bytes) else json.dumps(quotes).encode()
        out, err, status = io.StringIO(), io.StringIO(), 0
        files = [self.file("old.md", old), self.file("new.md", new)]
        with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(data))):
            try:
                call_command(Command(), *files, *options, stdout=out, stderr=err)
            except SystemExit as end:
                status = end.code
        return status, out.getvalue(), err.getvalue()

    def told(self, quotes, *options, **texts):
        status, out, err = self.run_with(quotes, *options, **texts)
        self.assertEqual((status, err), (0, ""))
        return json.loads(out)

    def assert_refused(self, quotes, words, *options, **texts):
        status, out, err = self.run_with(quotes, *options, **texts)
        self.assertEqual((status, out), (1, ""))
        self.assertIn(words, err)
        self.assertEqual(err.strip().count("\n"), 0)

    def test_it_tells_of_each_quotation_in_their_order(self):
        horse, why = self.told([HORSE, WHY])
        self.assertEqual(
            horse,
            {"id": 7, "state": "exact", "start": 8, "end": 25, "exact": "The horse choked.",
             "similarity": 1.0},
        )  # fmt: skip
        self.assertEqual((why["id"], why["state"]), ("w", "changed"))
        self.assertEqual(why["exact"], "Nobody knew quite why.")

    def test_what_is_gone_has_nulls(self):
        (gone,) = self.told([WHY], new="Nothing is left.")
        self.assertEqual(
            gone,
            {"id": "w", "state": "orphaned", "start": None, "end": None, "exact": None,
             "similarity": None},
        )  # fmt: skip

    def test_plain_texts_are_counted_as_they_are(self):
        old, new = "*One*\n\n# Two\n", "Zero.\n\n*One*\n\n# Two\n"
        quote = {"id": 1, "start": 7, "end": 12, "exact": "# Two", "prefix": "", "suffix": ""}
        (told,) = self.told([quote], "--plain", old=old, new=new)
        self.assertEqual((told["state"], told["start"]), ("exact", 14))

    def test_bad_input_is_one_sentence(self):
        # Python's own limit, which the rule of standing lifts in a process that computes with it.
        self.addCleanup(sys.set_int_max_str_digits, sys.get_int_max_str_digits())
        sys.set_int_max_str_digits(4300)
        for quotes, words in (
            (b"{", "not JSON"),
            (b"\xff", "not UTF-8"),
            ({}, "a list of objects"),
            ([1], "no object with an id"),
            ([{**WHY, "start": "5"}], "start is a whole number"),
            ([{**WHY, "end": 10_000}], "within the old text"),
            ([{**WHY, "start": 9, "end": 9}], "within the old text"),
            (b'[{"id": NaN}]', "not JSON"),
            (b"[1" + b"0" * 5000 + b"]", "not JSON"),
            (b"[" * 100_000, "nested too deeply"),
            ([{**WHY, "id": None}], "no object with an id"),
            ([{**WHY, "id": True}], "no object with an id"),
            ([{**WHY, "start": True}], "start is a whole number"),
            ([{**WHY, "end": 41.0}], "end is a whole number"),
            ([{**WHY, "start": -1}], "within the old text"),
            ([{**WHY, "exact": ""}], "other words than exact"),
            ([{**WHY, "exact": "Nobody knew."}], "other words than exact"),
            ([{**WHY, "start": 24}], "other words than exact"),
            ([{**WHY, "exact": None}], "exact is a text"),
            ([{**WHY, "prefix": None}], "prefix is a text"),
            ([{**WHY, "suffix": 3}], "suffix is a text"),
            ([{**WHY, "id": "two\nlines", "exact": 1}], r"two\nlines"),
            ([{**WHY, "id": "x" * 500, "exact": 1}], "x" * 40 + "…: exact"),
        ):
            with self.subTest(words=words):
                self.assert_refused(quotes, words)
        self.assert_refused([WHY], "not UTF-8 text", old=b"\xff\xfe")
        self.assert_refused([WHY], "not UTF-8 text", "--plain", new=b"\xff\xfe")
        self.assert_refused([WHY], "new.md: Quotations and lists", new="> " * 50 + "deep")

    def test_a_passage_is_no_longer_than_one_on_the_site(self):
        long = "word " * 201
        quote = {"id": 1, "start": 0, "end": 1001, "exact": long[:1001]}
        self.assert_refused([quote], "too long: a passage has at most 1,000", "--plain", old=long)
        quote |= {"end": 1000, "exact": long[:1000]}
        (told,) = self.told([quote], "--plain", old=long, new=long)
        self.assertEqual(told["state"], "exact")

    def test_a_text_that_nobody_wrote_is_refused(self):
        with mock.patch("essays.management.commands.reanchor.MAX_BYTES", 10):
            self.assert_refused([WHY], "old.md: This is too long.", "--plain")

    def test_what_stands_around_it_is_read_from_the_old_text_if_it_is_not_said(self):
        """Few words move only along with what stood beside them."""
        moved, rest = "The poor horse choked in the field.", "Two is here. So is three."
        old, new = f"{moved}\n\n{rest}", f"{rest}\n\n{moved}"
        start = old.index("choked")
        quote = {"id": 1, "start": start, "end": start + 6, "exact": "choked"}
        (told,) = self.told([quote], "--plain", old=old, new=new)
        self.assertEqual((told["start"], told["exact"]), (new.index("choked"), "choked"))
        bare = quote | {"prefix": "", "suffix": ""}
        self.assertEqual(self.told([bare], "--plain", old=old, new=new)[0]["state"], "orphaned")

    def test_a_heading_may_be_quoted_and_is_found_as_one(self):
        quote = {"id": 1, "start": 0, "end": 5, "exact": "Straw"}
        (told,) = self.told([quote], new=f"Before.\n\n{OLD}")
        self.assertEqual((told["state"], told["start"]), ("exact", 9))

    def test_what_is_quoted_from_a_paragraph_is_never_found_in_a_heading(self):
        (told,) = self.told([WHY], new="## Nobody knew why.\n\nThe horse choked.")
        self.assertEqual(told["state"], "orphaned")

    def test_any_name_comes_back_as_it_was(self):
        quotes = [{**WHY, "id": name} for name in ("\ud800", "é", "", 0, -(10**30))]
        self.assertEqual([told["id"] for told in self.told(quotes)], [q["id"] for q in quotes])

    def test_no_quotations_have_no_answers(self):
        self.assertEqual(self.told([]), [])

    def test_a_missing_file_is_named(self):
        done = self.pipe("nowhere.md", "nowhere.md")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nowhere.md", done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_it_needs_no_secret_and_no_database(self):
        done = self.pipe(self.file("old.md", OLD), self.file("new.md", NEW))
        self.assertEqual((done.returncode, json.loads(done.stdout)[0]["state"]), (0, "changed"))
        self.assertFalse((self.folder / "data").exists())

    def pipe(self, *files):
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in ("SECRET_KEY", "DEMO", "DATABASE_URL")
        }
        clean |= {"DATA_DIR": str(self.folder / "data"), "DJANGO_SETTINGS_MODULE": "forum.settings"}
        return subprocess.run(
            [sys.executable, "manage.py", "reanchor", *files], cwd=ROOT, env=clean, text=True,
            input=json.dumps([WHY]), capture_output=True, check=False,
        )  # fmt: skip
