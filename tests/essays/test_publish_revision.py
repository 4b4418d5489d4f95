from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from essays.actions import publish_revision
from essays.impact import fates
from essays.models import Essay, Place, Revision
from forum.lib.rendering import Unrenderable, render_essay
from forum.lib.verdict import Refused
from tests.factories import (
    SOURCE,
    make_claim,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    place_of,
)
from tests.together import together

REWRITTEN = SOURCE.replace("Nobody knew why.", "Few knew why.")
WITHOUT = SOURCE.replace(" Nobody knew why.", "")
WITH_BEGINNING = f"Once there was a field.\n\n{SOURCE}"


class PublishTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.essay = make_essay()

    def publish(self, source=REWRITTEN, **fields):
        fields = {"note": "", "by": self.editor, "essay": self.essay} | fields
        revision = publish_revision(source=source, **fields)
        self.essay = Essay.objects.get(pk=self.essay.pk)
        return revision

    def place(self, claim, revision):
        return Place.objects.filter(passage=claim.passage, revision=revision).first()

    def test_the_newest_is_the_one_that_readers_see(self):
        when = datetime(2026, 4, 1, 9, tzinfo=UTC)
        revision = self.publish(note="A slip.", now=when)
        self.assertEqual(self.essay.current_revision, revision)
        self.assertEqual((revision.number, revision.note), (2, "A slip."))
        self.assertEqual((revision.created_by, revision.created_at), (self.editor, when))
        self.assertIn("Few knew why.", revision.html)
        self.assertIn("few knew why.", self.essay.folded)

    def test_the_revision_before_stays_as_it_was(self):
        first = self.essay.current_revision
        self.publish()
        again = Revision.objects.get(pk=first.pk)
        self.assertEqual((again.source, again.html, again.number), (SOURCE, first.html, 1))

    def test_the_same_words_make_no_revision(self):
        first = self.essay.current_revision
        before = Essay.objects.get(pk=self.essay.pk).version
        self.assertEqual(self.publish(SOURCE), first)
        self.assertEqual(self.essay.revisions.count(), 1)
        self.assertEqual(self.essay.version, before)

    def test_kept_pages_hear_of_it(self):
        before = Essay.objects.get(pk=self.essay.pk).version
        self.publish()
        self.assertGreater(self.essay.version, before)

    def test_a_first_text_may_be_published_too(self):
        empty = Essay.objects.create(slug="empty", title="Empty", author_name="A", summary="B")
        revision = self.publish("The first words.", essay=empty)
        self.assertEqual(revision.number, 1)

    def test_an_editor_who_is_silenced_or_suspended_publishes_nothing(self):
        until = timezone.now() + timedelta(days=1)
        for limit in ("silenced_until", "suspended_until"):
            with self.subTest(limit=limit), self.assertRaisesMessage(Refused, "until"):
                self.publish(by=make_editor(**{limit: until}))

    def test_only_editors_publish(self):
        for by in (make_user(), make_moderator(), make_editor(is_active=False), None):
            with self.assertRaisesMessage(Refused, "Only editors change essays."):
                self.publish(by=by)
        self.assertEqual(self.essay.revisions.count(), 1)

    def test_a_text_that_cannot_be_rendered_leaves_the_last_one_in_place(self):
        with self.assertRaises(Unrenderable):
            self.publish("> " * 500 + "deep")
        self.assertEqual(Essay.objects.get(pk=self.essay.pk).current_revision.source, SOURCE)
        self.assertEqual(self.essay.revisions.count(), 1)

    def test_passages_whose_words_stand_keep_their_place(self):
        claim = make_claim(self.essay, "Nobody knew why.")
        revision = self.publish(WITH_BEGINNING)
        place = self.place(claim, revision)
        self.assertEqual((place.state, place.start, place.end),
                         ("exact", *place_of(self.essay, "Nobody knew why.")))  # fmt: skip

    def test_passages_whose_words_changed_are_shown_as_changed(self):
        claim = make_claim(self.essay, "Nobody knew why.")
        place = self.place(claim, self.publish())
        self.assertEqual(place.state, "changed")
        self.assertEqual((place.start, place.end), place_of(self.essay, "Few knew why."))
        self.assertTrue(0.5 <= place.similarity < 1)

    def test_passages_whose_words_went_stay_readable_where_they_were(self):
        claim = make_claim(self.essay, "Nobody knew why.")
        first = self.essay.current_revision
        reasons = {claim.passage_id: "It was not so.", 10**6: "Of nothing here."}
        revision = self.publish(WITHOUT, reasons=reasons)
        self.assertEqual(self.place(claim, revision).reason, "It was not so.")
        self.assertEqual(self.place(claim, revision).state, "orphaned")
        self.assertEqual(self.place(claim, first).state, "exact")
        claim.passage.refresh_from_db()
        self.assertEqual(claim.passage.exact, "Nobody knew why.")

    def test_words_that_come_back_have_their_claim_again(self):
        claim = make_claim(self.essay, "Nobody knew why.")
        for before in (REWRITTEN, WITHOUT):
            self.publish(before)
            self.publish(before + "\nMore.\n")
            place = self.place(claim, self.publish(SOURCE))
            start, _ = place_of(self.essay, "Nobody")
            self.assertEqual((place.state, place.start), ("exact", start))

    def test_ten_small_changes_do_not_add_up_to_other_words(self):
        claim = make_claim(self.essay, "Nobody knew why.")
        words = ["Nobody", "knew", "why."]
        for number, other in enumerate(("Perhaps someone", "guessed", "correctly.")):
            words[number] = other
            revision = self.publish(SOURCE.replace("Nobody knew why.", " ".join(words)))
        self.assertEqual(self.place(claim, revision).state, "orphaned")

    def test_the_fates_told_before_are_the_places_stored_after(self):
        for words in ("Nobody knew why.", "It was cheap", "a ring of straw", "days"):
            make_claim(self.essay, words)
        for source in (REWRITTEN, WITHOUT, WITH_BEGINNING, "Nothing is left.", SOURCE):
            rendered = render_essay(source)
            current = self.essay.current_revision
            told = {
                fate.passage.pk: (fate.outcome.state, fate.outcome.start, fate.outcome.end)
                for fate in fates(current, rendered.text, rendered.blocks)
            }
            revision = self.publish(source)
            stored = Place.objects.filter(revision=revision)
            self.assertEqual(
                told, {place.passage_id: (place.state, place.start, place.end) for place in stored}
            )

    def test_a_passage_never_moves_into_a_heading(self):
        claim = make_claim(self.essay, "Nobody knew why.")
        place = self.place(claim, self.publish(f"## Nobody knew why.\n\n{WITHOUT}"))
        self.assertEqual(place.state, "orphaned")

    def test_every_passage_has_a_place_or_is_told_to_have_none(self):
        for words in ("Nobody", "a ring of straw", "Towns grew"):
            make_claim(self.essay, words)
        for source in (REWRITTEN, WITH_BEGINNING, "Nothing is left."):
            revision = self.publish(source)
            self.assertEqual(Place.objects.filter(revision=revision).count(), 3)

    def test_queries_do_not_grow_with_the_passages(self):
        counts = []
        for source, words in ((WITH_BEGINNING, "Nobody"), (SOURCE, "choked straw silver")):
            for each in words.split():
                make_claim(self.essay, each)
            with CaptureQueriesContext(connection) as queries:
                self.publish(source)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


class AtOnceTests(TransactionTestCase):
    def test_two_revisions_in_the_same_instant_have_numbers_of_their_own(self):
        editor, essay = make_editor(), make_essay()

        def publish(words):
            return lambda: publish_revision(
                essay=essay, source=f"{SOURCE}\n\n{words}", note="", by=editor
            )

        together(*map(publish, ["One.", "Two.", "Three."]))
        numbers = list(essay.revisions.order_by("number").values_list("number", flat=True))
        self.assertEqual(numbers, [1, 2, 3, 4])
        self.assertEqual(Essay.objects.get(pk=essay.pk).current_revision.number, 4)
