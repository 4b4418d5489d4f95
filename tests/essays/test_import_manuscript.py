"""`import_manuscript`: all of a manuscript or nothing; and again, only what changed."""

import tempfile
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase
from taggit.models import Tag

from essays.importing import slug_of
from essays.manuscripts.pieces import Block, Piece
from essays.models import Draft, Essay, Manuscript, Place, PlaceState, Revision
from tests.essays.test_bad_manuscripts import zipped
from tests.essays.words_in_and_out import QUIRKS, bare
from tests.factories import SOURCE, make_claim, make_essay

SENTENCE = "Common land is grazed by everybody and mended by nobody."


class ImportTestCase(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, content, name="manuscript.txt"):
        file = self.folder / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content, encoding="utf-8")
        return file

    def run_it(self, content, *, name="manuscript.txt", author="A. Thatcher", **options):
        out = StringIO()
        file = self.write(content, name)
        call_command("import_manuscript", file, author=author, stdout=out, **options)
        return out.getvalue()

    def refusal(self, content, **options):
        before = [model.objects.count() for model in (Essay, Revision, Tag, Draft, Manuscript)]
        with self.assertRaises(CommandError) as caught:
            self.run_it(content, **options)
        after = [model.objects.count() for model in (Essay, Revision, Tag, Draft, Manuscript)]
        self.assertEqual(before, after)
        return str(caught.exception)


class ImportTests(ImportTestCase):
    def test_every_essay_is_made_with_its_title_tags_and_words(self):
        self.run_it(QUIRKS, title=["1=The First Mill"])
        essays = list(Essay.objects.order_by("pk"))
        self.assertEqual(
            [essay.title for essay in essays],
            ["The First Mill", "Salt and the River", "Who ate the seed corn.",
             "Common Land – whose land?", "The Ferry", "Weights and Measures – a quarrel",
             "What is a Debt?"],
        )  # fmt: skip
        self.assertEqual(essays[0].slug, "the-first-mill")
        self.assertEqual(essays[4].tags.count(), 3)
        text = "".join(essay.current_revision.text for essay in essays)
        titles = "".join(essay.title for essay in essays[1:])
        once = "Common land – whose land?" + "bread Salt ferries"
        self.assertEqual(sorted(bare(text + titles + once)), sorted(bare(QUIRKS)))

    def test_they_are_seen_by_nobody_but_editors_until_they_are_published(self):
        self.run_it(QUIRKS)
        for essay in Essay.objects.all():
            self.assertIsNone(essay.published_at)
            self.assertEqual(essay.current_revision.number, 1)
            self.assertEqual(self.client.get(essay.get_absolute_url()).status_code, 404)

    def test_they_may_be_published_at_once(self):
        out = self.run_it(QUIRKS, publish=True)
        self.assertIn("The Ferry: new, published", out)
        essay = Essay.objects.get(slug="the-ferry")
        self.assertContains(self.client.get(essay.get_absolute_url()), "charged by the head")

    def test_again_changes_nothing(self):
        self.run_it(QUIRKS)
        before = list(Essay.objects.values_list("pk", "version"))
        self.assertIn("Nothing to change: seven essays here already.", self.run_it(QUIRKS))
        self.assertEqual(list(Essay.objects.values_list("pk", "version")), before)
        self.assertEqual(Revision.objects.count(), 7)

    def test_again_makes_a_revision_of_what_changed_and_of_nothing_else(self):
        self.run_it(QUIRKS)
        out = self.run_it(QUIRKS.replace("counted horses twice", "counted no horses"))
        self.assertIn("The Ferry: revision 2", out)
        self.assertEqual(Revision.objects.count(), 8)
        ferry = Essay.objects.get(slug="the-ferry").current_revision
        self.assertIn("no horses", ferry.text)
        self.assertEqual(ferry.note, "Imported again from manuscript.txt.")

    def test_what_editors_said_of_an_essay_stays(self):
        self.run_it(QUIRKS)
        Essay.objects.filter(slug="the-ferry").update(title="Ferries", summary="Of ferries.")
        self.run_it(QUIRKS.replace("counted horses twice", "counted no horses"))
        essay = Essay.objects.get(slug="the-ferry")
        self.assertEqual((essay.title, essay.summary), ("Ferries", "Of ferries."))

    def test_an_essay_is_known_by_its_title_too(self):
        make_essay("The Ferry", slug="ferries")
        self.run_it(QUIRKS)
        self.assertEqual(Essay.objects.get(slug="ferries").current_revision.number, 2)
        self.assertFalse(Essay.objects.filter(slug="the-ferry").exists())

    def test_a_dry_run_tells_the_cut_and_stores_nothing(self):
        out = self.run_it(QUIRKS, dry_run=True, author="")
        self.assertIn("manuscript.txt: seven essays, 275 words", out)
        self.assertIn("  5. The Ferry\n     lines 37 to 41: 10 words, one paragraph", out)
        self.assertIn("tags: bread, Salt, ferries", out)
        self.assertIn("? Line 43: Only a line of tags parts it from the essay before.", out)
        self.assertFalse(Essay.objects.exists())

    def test_front_matter_says_who_when_and_where(self):
        self.run_it(
            "---\ntitle: The Mill\nauthor: B. Miller\nslug: old-mill\nsummary: Of mills.\n"
            "tags: [Stone]\ndate: 2026-01-03\n---\nText.",
            name="mill.md", author="", publish=True,
        )  # fmt: skip
        essay = Essay.objects.get(slug="old-mill")
        self.assertEqual((essay.author_name, essay.summary), ("B. Miller", "Of mills."))
        self.assertEqual(essay.published_at, datetime(2026, 1, 3, tzinfo=UTC))

    def test_a_date_to_come_publishes_now(self):
        self.run_it("---\ntitle: A\ndate: 2999-01-01\n---\nText.", name="a.md", publish=True)
        self.assertTrue(Essay.objects.get().is_published)

    def test_tags_that_are_here_are_used_whatever_their_capitals(self):
        Tag.objects.create(name="Salt", slug="salt")
        self.run_it("---\ntitle: A\ntags: [salt, bread]\n---\nText.", name="a.md")
        self.assertEqual(set(Essay.objects.get().tags.names()), {"Salt", "bread"})

    def test_a_summary_is_made_of_the_first_sentences_that_fit(self):
        long = " ".join(["Nobody counted the days."] * 30)
        self.run_it(f"One\n\nA Heading\n\n{long}\n\n\nTwo\n\n{'word ' * 200}.\n\nEnd of it.")
        one, two = Essay.objects.order_by("pk").values_list("summary", flat=True)
        self.assertEqual(one, " ".join(["Nobody counted the days."] * 12))
        self.assertTrue(two.endswith("word …"))
        self.assertLessEqual(len(two), 300)

    def test_a_zip_is_imported_whole_or_not_at_all(self):
        files = {"a.md": "# One\n\nText.", "b.html": "<h1>Two</h1><p>Text.</p>"}
        self.run_it(zipped(files), name="all.zip")
        self.assertEqual(Essay.objects.count(), 2)
        self.refusal(
            zipped(files | {"a.md": "# Three\n\nText.", "c.txt": b"\xff\xfe"}), name="x.zip"
        )


class DebatedTests(ImportTestCase):
    """A text that is argued about is not changed behind the debate's back."""

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("Straw", slug="straw")
        make_claim(cls.essay)

    def markdown(self, source):
        return self.run_it(f"---\ntitle: Straw\n---\n{source}", name="straw.md")

    def test_words_that_no_claim_stands_on_make_a_revision_and_claims_keep_their_place(self):
        self.assertIn("revision 2", self.markdown(SOURCE.replace("cheap", "dear")))
        place = Place.objects.get(revision__number=2)
        self.assertEqual(place.state, PlaceState.EXACT)

    def test_words_that_a_claim_stands_on_make_a_draft_on_the_desk(self):
        changed = SOURCE.replace("Nobody knew why.", "Nobody ever knew why.")
        self.assertIn("a draft on the desk", self.markdown(changed))
        draft = Draft.objects.get()
        self.assertIn("Nobody ever knew why.", draft.source)
        self.assertEqual(draft.based_on, Essay.objects.get().current_revision)
        self.assertEqual(Revision.objects.count(), 1)
        self.assertIn("Nothing to change", self.markdown(changed))

    def test_an_editors_draft_is_never_overwritten(self):
        self.markdown(SOURCE.replace("Nobody knew why.", ""))
        words = self.refusal("---\ntitle: Straw\n---\nNothing of it.", name="straw.md")
        self.assertIn("There is a draft of “Straw”", words)


class RefusalTests(ImportTestCase):
    def test_somebody_wrote_it(self):
        self.assertEqual(
            self.refusal(QUIRKS, author=" "),
            "Nothing was imported. Say who wrote it: --author NAME.",
        )

    def test_titles_are_given_by_number(self):
        for said, words in (
            ("The Mill", "a number and a title"), ("x=The Mill", "a number and a title"),
            ("8=The Mill", "There is no essay 8"), ("0=The Mill", "There is no essay 0"),
            ("1=", "It needs a title"), ("1=" + "a" * 161, "at most 160 characters"),
        ):  # fmt: skip
            with self.subTest(said=said):
                self.assertIn(words, self.refusal(QUIRKS, title=[said]))

    def test_two_essays_of_one_address_are_refused_by_number(self):
        words = self.refusal("# Bread\n\nText.\n\n# Bread!\n\nText.", name="a.md")
        self.assertIn("Essay 2: It would have the same address as essay 1", words)

    def test_two_essays_that_would_change_the_same_one_are_refused(self):
        make_essay("Bread", slug="salt")
        words = self.refusal("# Bread\n\nText.\n\n# Salt\n\nText.", name="a.md")
        self.assertIn("It would change the same essay as essay 1", words)

    def test_what_cannot_be_rendered_is_refused_by_number(self):
        deep = "> " * 9 + "deep"
        words = self.refusal(f"# One\n\nText.\n\n# Two\n\n{deep}", name="a.md")
        self.assertIn("Essay 2: Quotations and lists may be nested", words)

    def test_a_bad_file_is_one_sentence_and_stores_nothing(self):
        for content, words in (
            (b"", "is empty"), (b"\xff\xfea\0", "UTF-16"), ("café".encode("latin-1"), "Latin-1"),
            (bytes(range(256)), "not a text"), (b"a" * (10 * 1024 * 1024 + 1), "too large"),
            (("# A\n\nText.\n\n" * 5_000).encode(), "too many essays"),
        ):  # fmt: skip
            with self.subTest(words=words):
                said = self.refusal(content, name="a.md")
                self.assertIn(words, said)
                self.assertEqual(said.count("\n"), 0)

    def test_a_name_that_is_too_long_is_refused(self):
        self.assertIn("at most 80 characters", self.refusal(QUIRKS, author="a" * 81))

    def test_a_tag_that_is_too_long_is_refused(self):
        text = f"---\ntitle: A\ntags: [{'a' * 101}]\n---\nText."
        self.assertIn("A tag has at most 100", self.refusal(text, name="a.md"))


class AddressTests(PropertyTestCase):
    @given(st.text(min_size=1))
    def test_every_title_has_an_address_and_always_the_same(self, title):
        piece = Piece(title=title, blocks=[Block("Text.", 1, 1)])
        self.assertRegex(slug_of(piece), r"^[a-zA-Z0-9_-]{1,80}$")
        self.assertEqual(slug_of(piece), slug_of(piece))

    def test_it_is_made_of_letters_without_their_accents(self):
        for title, slug in (
            ("British Values – is there any?", "british-values-is-there-any"),
            ("Łódź & Ærø", "lodz-aero"), ("שלום", "essay-"), ("…", "essay-"),
        ):  # fmt: skip
            self.assertTrue(slug_of(Piece(title=title, blocks=[])).startswith(slug))
