"""A passage whose place is doubtful is settled by hand, and that can be undone."""

from django.test import TestCase

from essays import settling
from essays.actions import publish_revision
from essays.models import PlaceState
from forum.lib.rendering import Unrenderable
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

NEW_WORDS = "And nobody at all could tell the reason why."
REWRITTEN = SOURCE.replace("Nobody knew why.", NEW_WORDS)


class SettlingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        publish_revision(essay=cls.essay, source=REWRITTEN, note="", by=cls.editor)
        cls.essay.refresh_from_db()
        cls.place = cls.claim.passage.places.get(revision=cls.essay.current_revision)
        # Whatever the rule made of it.
        cls.place.state, cls.place.start, cls.place.end = PlaceState.ORPHANED, None, None
        cls.place.similarity = None
        cls.place.save()

    def settle(self, span, by=None):
        return settling.settle(by=by or self.editor, place=self.place, span=span)

    def test_the_list_offers_the_sentences_most_like_it(self):
        (doubt,) = settling.doubts_of(self.essay)
        self.assertEqual((doubt.then, doubt.now), ("Nobody knew why.", ""))
        self.assertIn(NEW_WORDS, [each.words for each in doubt.candidates])
        alike = [each.alike for each in doubt.candidates]
        self.assertEqual(alike, sorted(alike, reverse=True))

    def test_it_stands_where_the_editor_says_as_changed_words(self):
        self.settle(place_of(self.essay, NEW_WORDS))
        self.place.refresh_from_db()
        self.assertEqual(self.place.state, PlaceState.CHANGED)
        text = self.essay.current_revision.text
        self.assertEqual(text[self.place.start : self.place.end], NEW_WORDS)
        self.assertTrue(0 < self.place.similarity < 1)

    def test_what_was_settled_stays_on_the_list_until_it_is_undone(self):
        self.settle(place_of(self.essay, NEW_WORDS))
        (doubt,) = settling.doubts_of(self.essay)
        settling.undo(by=self.editor, settlement=doubt.settlement)
        self.place.refresh_from_db()
        self.assertEqual((self.place.state, self.place.start), (PlaceState.ORPHANED, None))
        (doubt,) = settling.doubts_of(self.essay)
        self.assertIsNone(doubt.settlement)

    def test_only_the_last_word_is_undone_and_only_once(self):
        first = self.settle(place_of(self.essay, NEW_WORDS))
        second = self.settle(None)
        with self.assertRaises(Refused):
            settling.undo(by=self.editor, settlement=first)
        settling.undo(by=self.editor, settlement=second)
        with self.assertRaises(Refused):
            settling.undo(by=self.editor, settlement=second)
        self.place.refresh_from_db()
        self.assertEqual(self.place.state, PlaceState.CHANGED)

    def test_it_lies_within_one_paragraph(self):
        start, _ = place_of(self.essay, "Everybody blamed")
        _, end = place_of(self.essay, "Then a ring")
        for span in ((start, end), (-5, 4), (5, 5), (0, 10**9)):
            with self.assertRaises(Unrenderable):
                self.settle(span)

    def test_words_stand_where_they_were_chosen(self):
        claim = make_claim(self.essay, "Everybody blamed the horse.")
        self.place = claim.passage.places.get()
        with self.assertRaisesMessage(
            Unrenderable, "These words were chosen in this very revision"
        ):
            self.settle(None)
        self.place.refresh_from_db()
        self.assertEqual(self.place.state, PlaceState.EXACT)

    def test_a_newer_revision_closes_the_list(self):
        publish_revision(essay=self.essay, source=SOURCE, note="", by=self.editor)
        with self.assertRaises(Refused):
            self.settle(place_of(self.essay, NEW_WORDS))

    def test_editors_and_moderators_settle_and_nobody_else(self):
        span = place_of(self.essay, NEW_WORDS)
        settlement = self.settle(span, by=make_moderator())
        with self.assertRaises(Refused):
            self.settle(span, by=make_user())
        with self.assertRaises(Refused):
            settling.undo(by=make_user(), settlement=settlement)

    def test_every_kept_page_hears_of_it(self):
        version = self.essay.version
        self.settle(place_of(self.essay, NEW_WORDS))
        self.essay.refresh_from_db()
        self.assertGreater(self.essay.version, version)

    def test_queries_do_not_grow_with_the_list(self):
        with self.assertNumQueries(2):
            list(settling.doubts_of(self.essay))
        for _ in range(5):
            claim = make_claim(self.essay, words=NEW_WORDS, author=make_user())
            claim.passage.places.update(state=PlaceState.ORPHANED, start=None, end=None)
        with self.assertNumQueries(2):
            self.assertEqual(len(settling.doubts_of(self.essay)), 6)
