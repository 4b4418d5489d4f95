import json
import tempfile
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import TestCase

from essays.models import Essay, EssayTag, Place, Revision
from tests.factories import make_claim

FIXTURES = sorted((settings.BASE_DIR / "fixtures/essays").glob("*.json"))


def rows(*, source="A first sentence. A second one.", number=1, **essay):
    fields = {
        "slug": "straw", "title": "Straw", "author_name": "A. Thatcher",
        "summary": "An essay about straw.", "published_at": "2026-06-01T09:00:00Z",
    } | essay  # fmt: skip
    slug = fields["slug"]
    return [
        {"model": "essays.essay", "fields": fields},
        {
            "model": "essays.revision",
            "fields": {
                "essay": [slug], "number": number, "created_at": "2026-06-01T09:00:00Z",
                "source": source,
            },
        },
        {"model": "taggit.tag", "fields": {"name": "roofs", "slug": "roofs"}},
        {"model": "essays.essaytag", "fields": {"tag": ["roofs"], "content_object": [slug]}},
    ]  # fmt: skip


class LoadingTestCase(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, content, name="straw.json"):
        file = self.folder / name
        text = content if isinstance(content, str) else json.dumps(content, indent=1)
        file.write_text(text, encoding="utf-8")
        return file

    def load(self, *files):
        out = StringIO()
        call_command("load_essays", *files, stdout=out)
        return out.getvalue()

    def refusal(self, *files):
        with self.assertRaises(CommandError) as caught:
            self.load(*files)
        return str(caught.exception)


class LoadEssaysTests(LoadingTestCase):
    def test_the_ten_essays_load_with_text_tags_and_a_current_revision(self):
        self.load()
        self.assertEqual(Essay.objects.count(), 10)
        for essay in Essay.objects.all():
            with self.subTest(essay=essay.slug):
                essay.full_clean()
                self.assertGreater(essay.current_revision.word_count, 200)
                self.assertIn(essay.tags.count(), range(3, 7))
                self.assertTrue(essay.folded)
        self.assertEqual(Essay.objects.order_by("published_at")[0].title, "Tyranny and its labels")

    def test_a_second_load_changes_nothing_and_says_so(self):
        self.load()
        before = list(Essay.objects.order_by("pk").values())
        self.assertIn("Nothing to change: all 10 essays are there.", self.load())
        self.assertEqual(list(Essay.objects.order_by("pk").values()), before)

    def test_a_newer_revision_is_published_and_carries_the_passages(self):
        self.load(self.write(rows()))
        essay = Essay.objects.get()
        make_claim(essay, "A first sentence.")
        changed = rows(source="A first sentence. Another end.", title="Straw, again")
        changed[1]["fields"]["number"] = 2
        self.assertIn("revision 2", self.load(self.write(changed)))
        essay.refresh_from_db()
        self.assertEqual((essay.title, essay.current_revision.number), ("Straw, again", 2))
        self.assertTrue(Place.objects.filter(revision=essay.current_revision).exists())
        self.assertIn("straw, again", essay.folded)

    def test_what_editors_did_on_the_site_is_not_turned_back(self):
        file = self.write(rows())
        self.load(file)
        essay = Essay.objects.get()
        Essay.objects.update(title="Thatch")
        newer = Revision.objects.create(
            essay=essay, number=2, source="New.", created_at=essay.published_at
        )
        Essay.objects.update(current_revision=newer)
        self.load(file)
        essay.refresh_from_db()
        self.assertEqual((essay.title, essay.current_revision), ("Thatch", newer))

    def test_one_bad_file_keeps_all_the_others_out(self):
        good = self.write(rows(), "good.json")
        self.refusal(good, self.write("[", "bad.json"))
        self.refusal(good, self.write(rows(slug="thatch", title=""), "bad.json"))
        self.assertFalse(Essay.objects.exists())

    def test_a_bad_file_is_named_with_line_and_reason(self):
        def changed(change):
            content = rows()
            change(content)
            return content

        unpublished = rows(published_at="yesterday")
        cases = [
            ('[\n{"model": }\n]', "straw.json:2: not JSON"),
            ({"a": 1}, "straw.json:1: a file of essays is a list"),
            (changed(lambda c: c[0].update(model="essays.poem")), "essays.poem is nothing"),
            (changed(lambda c: c[0]["fields"].update(colour="red")), "has no field colour"),
            (changed(lambda c: c[0]["fields"].pop("title")), "straw.json:2: essays.essay lacks"),
            (rows(title=""), "straw.json:6: title: This field cannot be blank."),
            (rows(slug="no good"), "slug: "),
            (unpublished, "'yesterday' is no date"),
            (rows(published_at="2026-06-01T09:00:00"), "say the time zone"),
            (rows()[:1], "the essay straw has no revision"),
            (rows() + rows()[1:2], "revision 1 is here twice"),
            (rows(number=0), "number: "),
            (rows(source=" "), "source: "),
            (rows() + [rows()[3] | {"fields": {"tag": ["x"], "content_object": ["straw"]}}],
             "there is no tag x"),
            (rows(current_revision=["straw", 7]), "there is no revision 7"),
            (rows()[1:], "the essay ['straw'] is not in this file"),
        ]  # fmt: skip
        for content, reason in cases:
            with self.subTest(reason=reason):
                self.assertIn(reason, self.refusal(self.write(content)))
                self.assertFalse(Essay.objects.exists())

    def test_a_revision_is_never_changed(self):
        self.load(self.write(rows()))
        reason = self.refusal(self.write(rows(source="Other words.")))
        self.assertIn("revisions are never changed", reason)
        self.assertIn("straw.json:", reason)

    def test_a_file_that_is_not_there_is_said(self):
        self.assertIn("No such file", self.refusal(self.folder / "gone.json"))


class LoaddataTests(TestCase):
    def test_the_same_files_load_with_djangos_own_command_twice(self):
        for _ in range(2):
            call_command("loaddata", *FIXTURES, verbosity=0)
        self.assertEqual(Essay.objects.count(), 10)
        self.assertEqual(EssayTag.objects.count(), sum(e.tags.count() for e in Essay.objects.all()))
        for essay in Essay.objects.all():
            self.assertTrue(essay.current_revision.html)
            self.assertTrue(essay.folded)

    def test_totals_and_a_changed_text_outlast_a_second_load(self):
        call_command("loaddata", *FIXTURES, verbosity=0)
        essay = Essay.objects.get(slug="the-horse-collar")
        make_claim(essay, "Europe did not even think of it first.")
        call_command("loaddata", *FIXTURES, verbosity=0)
        essay.refresh_from_db()
        self.assertEqual(essay.claim_count, 1)
        Revision.objects.filter(essay=essay).update(source="Changed.")
        with self.assertRaisesMessage(ValueError, "a revision is never changed"):
            call_command("loaddata", *FIXTURES, verbosity=0)
