"""Doubtful passages are settled from a short list, and what that does to their claims is done."""

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from essays.actions import publish_revision
from essays.models import PlaceState
from forum.counterpoints.models import Choice, Correction
from forum.counterpoints.reconsidering import reconsider, tell_of_revision
from tests.factories import (
    SOURCE,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    place_of,
    sent,
)

NEW_WORDS = "Whoever bred them had no idea at all of the cause."
REWRITTEN = SOURCE.replace("Nobody knew why.", NEW_WORDS)


class PassagesPageTests(TestCase):
    def setUp(self):
        self.editor = make_editor()
        self.client.force_login(self.editor)
        self.essay = make_essay("The Collar", slug="the-collar")
        self.claim = make_claim(self.essay)
        make_counterpoint(self.claim)
        revision = publish_revision(essay=self.essay, source=REWRITTEN, note="", by=self.editor)
        tell_of_revision(revision=revision)
        self.essay.refresh_from_db()
        self.place = self.claim.passage.places.get(revision=revision)
        self.url = reverse("desk:passages", args=["the-collar"])

    def settle(self, where):
        url = reverse("desk:settlement", args=[self.place.pk])
        return self.client.post(url, sent(where=where), follow=True)

    def fresh(self):
        self.claim.refresh_from_db()
        self.place.refresh_from_db()
        return self.place.state, self.claim.is_frozen

    def test_a_lost_passage_is_attached_again_by_hand_and_that_is_undone(self):
        self.assertEqual(self.fresh(), (PlaceState.ORPHANED, True))
        self.assertContains(self.client.get(self.url), "Nobody knew why.")
        start, end = place_of(self.essay, NEW_WORDS)
        page = self.settle(f"{start}-{end}")
        self.assertEqual(self.fresh(), (PlaceState.CHANGED, False))
        self.assertContains(page, "settled by hand")
        settlement = self.place.settlements.get()
        undo = reverse("desk:undoing", args=[settlement.pk])
        self.client.post(undo, sent())
        self.assertEqual(self.fresh(), (PlaceState.ORPHANED, True))

    def test_what_no_button_says_is_refused_in_a_sentence(self):
        for where in ("", "x-y", "0-999999", "5-5"):
            with self.subTest(where=where):
                self.assertRegex(self.settle(where).content.decode(), "Choose where|lies within")
        self.assertEqual(self.fresh(), (PlaceState.ORPHANED, True))

    def test_an_essay_without_doubts_says_so(self):
        make_essay(slug="calm")
        page = self.client.get(reverse("desk:passages", args=["calm"]))
        self.assertContains(page, "beyond doubt")

    def test_moderators_settle_too_and_nobody_else(self):
        self.client.force_login(make_moderator())
        start, end = place_of(self.essay, NEW_WORDS)
        self.settle(f"{start}-{end}")
        self.assertEqual(self.fresh()[0], PlaceState.CHANGED)
        undo = reverse("desk:undoing", args=[self.place.settlements.get().pk])
        self.client.force_login(make_user())
        self.assertEqual(self.client.get(self.url).status_code, 403)
        self.assertEqual(self.settle("nowhere").status_code, 403)
        self.assertEqual(self.client.post(undo, sent()).status_code, 403)
        self.assertEqual(self.fresh()[0], PlaceState.CHANGED)

    def test_it_tells_where_author_and_objector_disagree(self):
        objection = self.claim.counterpoints.get()
        revision = self.place.revision
        Correction.objects.create(
            revision=revision, counterpoint=objection, words="Mended, it was thought.",
            was="x", made_at=timezone.now(),
        )  # fmt: skip
        self.assertNotContains(self.client.get(self.url), "disagree")
        reconsider(
            by=objection.post.author, counterpoint=objection, revision=revision,
            choice=Choice.STILL_APPLIES,
        )  # fmt: skip
        self.assertContains(self.client.get(self.url), "Mended, it was thought.")

    def test_queries_do_not_grow_with_the_list(self):
        def count():
            with self.assertNumQueries(7):
                self.client.get(self.url)

        count()
        for _ in range(6):
            claim = make_claim(self.essay, words=NEW_WORDS)
            claim.passage.places.update(state=PlaceState.ORPHANED, start=None, end=None)
        count()
