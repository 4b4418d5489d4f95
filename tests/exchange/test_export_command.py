import hashlib
import io
import json
import tempfile
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from zipfile import ZipFile

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.records import TABLES
from tests.exchange.exports import hostile_snapshot, records
from tests.factories import make_claim, make_counterpoint, make_essay, make_user


def printed(*words, **options):
    out = io.BytesIO()
    with patch("sys.stdout", SimpleNamespace(buffer=out)):
        call_command("export", *words, **options)
    return out.getvalue()


class ExportCommandTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.claim = make_claim(cls.essay, author=make_user("wren"))
        make_counterpoint(cls.claim)
        make_claim(make_essay("Bread", slug="bread"))

    def test_one_essay_or_all_are_printed(self):
        one = records(printed("the-collar", format="jsonl"))
        self.assertEqual([each["slug"] for each in one["essay"]], ["the-collar"])
        every = records(printed("--all", format="jsonl"))
        self.assertEqual([each["slug"] for each in every["essay"]], ["the-collar", "bread"])
        self.assertEqual(len(every["claim"]), 2)

    @override_settings(HOST="https://debate.example")
    def test_addresses_are_those_of_the_site(self):
        found = records(printed("the-collar", format="jsonl"))
        self.assertEqual(found["essay"][0]["url"], "https://debate.example/essays/the-collar/")

    def test_each_format_goes_to_a_file_the_same_each_time(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in FORMATS:
                files = [Path(folder) / f"{number}.{name}" for number in (1, 2)]
                for file in files:
                    call_command("export", "--all", "-o", str(file), format=name)
                first, second = (file.read_bytes() for file in files)
                self.assertTrue(first)
                self.assertEqual(first, second)

    def test_names_are_told_on_request_only(self):
        self.assertNotIn(b"wren", printed("the-collar", format="jsonl"))
        self.assertIn(b'"name":"wren"', printed("the-collar", "--named", format="jsonl"))

    def test_what_cannot_be_done_is_said_in_a_sentence(self):
        make_essay(published=False, slug="a-draft")
        for words, said in (
            ([], "Name one essay, or say --all."),
            (["the-collar", "--all"], "Name one essay, or say --all."),
            (["no-such"], "There is no published essay 'no-such'."),
            (["a-draft"], "There is no published essay 'a-draft'."),
            (["bread", "-o", "/nowhere/at/all"], "/nowhere/at/all cannot be written"),
        ):
            with self.subTest(words), self.assertRaisesMessage(CommandError, said) as caught:
                printed(*words, format="jsonl")
            self.assertEqual(caught.exception.returncode, 1)


class ArchiveTests(TestCase):
    def test_it_has_everything_with_the_sum_of_each_file(self):
        content = FORMATS["archive"].write(hostile_snapshot())
        with ZipFile(io.BytesIO(content)) as archive:
            self.assertIsNone(archive.testzip())
            files = {name: archive.read(name) for name in archive.namelist()}
            self.assertEqual({each.date_time[0] for each in archive.infolist()}, {1980})
        sums = dict(
            line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines()
        )
        self.assertEqual(
            sums, {name: hashlib.sha256(each).hexdigest() for name, each in files.items()}
        )
        for name in ("jsonl", "graphml", "argdown", "jsonld", "aif"):
            ending = FORMATS[name].ending
            self.assertEqual(files[f"argument.{ending}"], FORMATS[name].write(hostile_snapshot()))
        self.assertIn('A "quoted"', files["LICENCE.txt"].decode())
        self.assertEqual(json.loads(files["rule.json"]), {"floor": "1/5", "quorum": 5})

    def test_the_schema_says_what_every_field_of_every_record_means(self):
        content = FORMATS["archive"].write(hostile_snapshot())
        with ZipFile(io.BytesIO(content)) as archive:
            schema = json.loads(archive.read("schema.json"))["tables"]
            found = records(archive.read("argument.jsonl"))
        self.assertEqual(set(schema), set(TABLES))
        for name, columns in schema.items():
            self.assertEqual([each["name"] for each in columns], list(found[name][0]))
            self.assertTrue(all(each["description"] for each in columns))
