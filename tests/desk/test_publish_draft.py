"""Publishing a draft does what its page had said, all of it or nothing."""

from django.test import TestCase

from essays.actions import publish_revision
from essays.drafting import Overtaken, save_draft
from essays.models import Draft, PlaceState
from forum.counterpoints.models import Correction, Reconsideration, Standing
from forum.desk.decisions import Decisions, Undecided
from forum.desk.impact import impact_of
from forum.desk.publishing import publish_draft
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)

REMOVED = SOURCE.replace(" Nobody knew why.", "")
REWORDED = SOURCE.replace("Nobody knew why.", "Nobody knew quite why.")


class PublishDraftTests(TestCase):
    def setUp(self):
        self.editor = make_editor("edda", display_name="Edda Underhill")
        self.critic = make_user("crispin", display_name="Crispin Vole")
        self.essay = make_essay("The Collar", slug="the-collar")
        self.claim = make_claim(self.essay)

    def objection(self, **fields):
        return make_counterpoint(self.claim, author=self.critic, **fields)

    def draft(self, source):
        return save_draft(by=self.editor, essay=self.essay, source=source, note="", seen=0)

    def publish(self, seen=1, by=None, **decided):
        revision = publish_draft(
            by=by or self.editor, essay=self.essay, seen=seen, note="A note.",
            decisions=Decisions(**decided),
        )  # fmt: skip
        self.claim.refresh_from_db()
        return revision

    def place(self, revision):
        return self.claim.passage.places.get(revision=revision)

    def test_the_page_says_what_publishing_then_does(self):
        for source in (SOURCE + "\nMore.\n", REMOVED, REWORDED):
            with self.subTest(source=source[-40:]):
                essay = make_essay(slug=f"e{hash(source)}")
                claim = make_claim(essay)
                draft = save_draft(by=self.editor, essay=essay, source=source, note="", seen=0)
                (told,) = impact_of(draft).claims
                revision = publish_draft(
                    by=self.editor, essay=essay, seen=1, note="", decisions=Decisions()
                )
                place = claim.passage.places.get(revision=revision)
                outcome = told.fate.outcome
                self.assertEqual(
                    (place.state, place.start, place.end),
                    (outcome.state, outcome.start, outcome.end),
                )

    def test_a_numbered_revision_is_made_and_the_draft_is_gone(self):
        self.draft(REWORDED)
        revision = self.publish()
        self.assertEqual((revision.number, revision.note), (2, "A note."))
        self.assertEqual(revision.created_by, self.editor)
        self.assertFalse(Draft.objects.exists())

    def test_an_unanswered_passage_goes_without_a_word(self):
        self.draft(REMOVED)
        self.assertEqual(self.place(self.publish()).state, PlaceState.ORPHANED)

    def test_an_answered_passage_goes_only_with_a_reason_said_twice(self):
        self.objection()
        self.draft(REMOVED)
        passage = self.claim.passage_id
        for decided in (
            {},
            {"reasons": {passage: "Not so."}},
            {"confirmed": (passage,)},
            {"reasons": {passage: "x" * 301}, "confirmed": (passage,)},
        ):
            with self.subTest(decided=decided), self.assertRaises(Undecided) as told:
                self.publish(**decided)
            self.assertEqual(list(told.exception.errors), [passage])
        self.essay.refresh_from_db()
        self.assertEqual(self.essay.current_revision.number, 1)
        revision = self.publish(reasons={passage: "It was not so."}, confirmed=(passage,))
        self.assertEqual(self.place(revision).reason, "It was not so.")

    def test_a_removed_sentence_leaves_its_claim_and_answers_readable_and_its_label_frozen(self):
        objection = self.objection(source="The saddlers knew.")
        label = type(self.claim).objects.get().label
        self.draft(REMOVED)
        passage = self.claim.passage_id
        self.publish(reasons={passage: "Not so."}, confirmed=(passage,))
        self.assertTrue(self.claim.is_frozen)
        make_counterpoint(self.claim, target=objection, source="They did not.")
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.label, label)
        page = self.client.get(self.claim.get_absolute_url())
        self.assertContains(page, "The saddlers knew.")
        self.assertContains(page, "Nobody knew why.")
        self.assertContains(self.client.get("/essays/the-collar/r1/"), "Nobody knew")

    def test_an_accepted_objection_is_conceded_and_credited_and_its_author_told(self):
        objection = self.objection()
        self.draft(REWORDED)
        revision = self.publish(answers=(objection.pk,), words={objection.pk: "It says less now."})
        self.assertEqual(self.claim.label, Standing.CONCEDED)
        self.assertEqual(self.claim.decided_by_id, objection.pk)
        correction = Correction.objects.get()
        self.assertEqual(
            (correction.revision, correction.credited, correction.words),
            (revision, self.critic, "It says less now."),
        )
        self.assertEqual(correction.was, "Nobody knew why.")
        self.assertEqual(correction.became, "Nobody knew quite why.")
        kinds = set(Notice.objects.filter(recipient=self.critic).values_list("kind", flat=True))
        self.assertLessEqual({"credited", "revised"}, kinds)

    def test_what_was_conceded_before_is_only_credited(self):
        objection = self.objection()
        concession = {"target": objection, "author": self.editor, "as_author": True}
        make_counterpoint(self.claim, "concedes", source="Granted.", **concession)
        count = self.claim.counterpoints.count()
        self.draft(REWORDED)
        self.publish(answers=(objection.pk,))
        self.assertEqual(self.claim.counterpoints.count(), count)
        self.assertEqual(Correction.objects.count(), 1)

    def test_nobody_is_credited_who_objected_to_something_else(self):
        other = make_claim(self.essay, "Then a ring of straw changed the fields.")
        elsewhere = make_counterpoint(other)
        support = make_counterpoint(self.claim, "supports")
        self.draft(REWORDED)
        self.publish(answers=(elsewhere.pk, support.pk))
        self.assertFalse(Correction.objects.exists())

    def test_whoever_answered_words_that_changed_is_asked(self):
        objection = self.objection()
        self.draft(REWORDED)
        revision = self.publish()
        asked = Reconsideration.objects.get()
        self.assertEqual((asked.counterpoint, asked.revision), (objection, revision))

    def test_a_revert_heals_the_passage_and_its_label_lives_again(self):
        objection = self.objection()
        passage = self.claim.passage_id
        self.draft(REMOVED)
        self.publish(reasons={passage: "Not so."}, confirmed=(passage,))
        self.draft(SOURCE)
        revision = self.publish()
        place = self.place(revision)
        self.assertEqual(place.state, PlaceState.EXACT)
        self.assertEqual(revision.text[place.start : place.end], "Nobody knew why.")
        self.assertFalse(self.claim.is_frozen)
        make_counterpoint(self.claim, target=objection)
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.label, Standing.STANDS)

    def test_nobody_publishes_what_they_have_not_seen(self):
        self.draft(REWORDED)
        save_draft(by=make_editor(), essay=self.essay, source=REMOVED, note="", seen=1)
        with self.assertRaisesMessage(Overtaken, "saved the draft again"):
            self.publish(seen=1)
        publish_revision(essay=self.essay, source=SOURCE + "\nX.\n", note="", by=self.editor)
        with self.assertRaisesMessage(Overtaken, "Revision 2 was published"):
            self.publish(seen=2)
        Draft.objects.all().delete()
        with self.assertRaisesMessage(Overtaken, "thrown away"):
            self.publish(seen=2)

    def test_only_editors_publish(self):
        self.draft(REWORDED)
        for user in (make_user(), make_moderator()):
            # Nor are others told how far the draft is.
            for seen in (1, 9):
                with self.assertRaisesMessage(Refused, "Only editors"):
                    self.publish(by=user, seen=seen)

    def test_queries_do_not_grow_with_claims_that_nobody_touches(self):
        for size in (1, 12):
            essay = make_essay()
            for _ in range(size):
                make_counterpoint(make_claim(essay, author=self.critic), author=self.critic)
            draft = save_draft(
                by=self.editor, essay=essay, source=SOURCE + "\nX.\n", note="", seen=0
            )
            with self.subTest(size=size), self.assertNumQueries(5):
                impact_of(draft)
