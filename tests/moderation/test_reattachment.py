"""A moderator puts a claim on other words of its essay; the log keeps both."""

from django.test import TestCase
from django.urls import reverse

from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.moderation import log
from forum.moderation.claim_actions import reattach_claim
from forum.moderation.models import LogEntry
from forum.notifications.models import Notice
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    place_of,
    sent,
)
from tests.moderation.builders import REASON, rule
from tests.revising import revise

WORDS = "Everybody blamed the horse."


class ReattachmentCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")
        cls.essay = make_essay("The Collar")
        cls.claim = make_claim(cls.essay, author=make_user("wren"))
        cls.objection = make_counterpoint(cls.claim, "rebuts")

    def put(self, words=WORDS, moderator=None, **fields):
        self.claim.refresh_from_db()
        self.essay.refresh_from_db()
        start, end = place_of(self.essay, words)
        terms = {
            "moderator": moderator or self.moderator, "claim": self.claim,
            "revision": self.essay.current_revision, "start": start, "end": end,
            "rule": rule(3), "reason": REASON, **fields,
        }  # fmt: skip
        entry = reattach_claim(**terms)
        self.claim.refresh_from_db()
        return entry


class ActionTests(ReattachmentCase):
    def test_it_stands_on_the_other_words_with_all_that_was_said_of_it(self):
        before = (self.claim.label, self.claim.rebuts, self.claim.number)
        self.put()
        self.assertEqual(self.claim.passage.exact, WORDS)
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.number, before[2])
        self.assertEqual(self.claim.rebuts, 1)
        place = self.claim.passage.places.get()
        self.assertEqual((place.revision, place.state), (self.essay.current_revision, "exact"))

    def test_the_pages_show_it_there(self):
        version = self.essay.version
        self.put()
        self.essay.refresh_from_db()
        self.assertGreater(self.essay.version, version)
        self.assertContains(self.client.get(self.claim.get_absolute_url()), WORDS)

    def test_it_is_logged_with_both_and_the_marker_is_told(self):
        entry = self.put()
        self.assertEqual(
            entry.subject, f"Claim 1 of The Collar: from “Nobody knew why.” to “{WORDS}”"
        )
        self.assertEqual((entry.kind, entry.rule_number), ("anchor", 3))
        self.assertIsNone(log.first_broken())
        notice = Notice.objects.get(recipient__username="wren", kind="decided")
        self.assertIn("stands on other words now", notice.sentence)
        self.assertEqual(notice.excerpt, REASON)

    def test_it_can_be_put_back(self):
        self.put()
        self.put("Nobody knew why.")
        self.assertEqual(self.claim.passage.exact, "Nobody knew why.")
        self.assertEqual(LogEntry.objects.filter(kind="anchor").count(), 2)

    def test_a_claim_whose_words_are_gone_has_words_again_and_its_label_moves_on(self):
        revise(self.essay, "Nobody knew why.", "", by=make_editor())
        self.claim.refresh_from_db()
        self.assertTrue(self.claim.is_frozen)
        self.put()
        self.assertFalse(self.claim.is_frozen)
        self.assertEqual(self.claim.label, "unanswered")
        self.essay.refresh_from_db()
        self.assertEqual(self.essay.open_count, 1)

    def test_words_that_cannot_carry_it_are_refused_and_nothing_is_changed(self):
        for span in ((0, 0), (5, 4), (0, 10**6), (10**6, 10**6 + 5)):
            with self.subTest(span=span), self.assertRaises(Unrenderable):
                self.put(start=span[0], end=span[1])
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.passage.exact, "Nobody knew why.")
        self.assertFalse(LogEntry.objects.exists())

    def test_of_a_text_that_was_revised_meanwhile_it_is_refused(self):
        revision = self.essay.current_revision
        revise(self.essay, "Nobody knew why.", "Nobody knew.", by=make_editor())
        with self.assertRaisesMessage(Refused, "revised while you looked"):
            self.put(revision=revision)

    def test_who_may_not(self):
        marker = make_moderator("marker")
        self.claim.opening.author = marker
        self.claim.opening.save()
        for moderator, words in ((make_user(), "Only moderators"), (marker, "You marked")):
            with self.subTest(words=words), self.assertRaisesMessage(Refused, words):
                self.put(moderator=moderator)
        self.claim.opening.status = "hidden"
        self.claim.opening.save()
        with self.assertRaisesMessage(Refused, "taken down"):
            self.put()


class PageTests(ReattachmentCase):
    def url(self, query=""):
        return reverse("moderation:reattachment", args=[self.claim.pk]) + query

    def setUp(self):
        self.client.force_login(self.moderator)

    def send(self, form=None, **fields):
        start, end = place_of(self.essay, WORDS)
        said = {
            "span": f"{start}-{end}", "revision": self.essay.current_revision_id, "rule": 3,
            "reason": REASON, **fields,
        }  # fmt: skip
        return self.client.post(self.url(), form or sent(**said))

    def test_the_sentences_most_like_the_words_are_offered(self):
        self.assertContains(self.client.get(self.url()), "Nobody knew why.")
        page = self.client.get(self.url("?q=blamed the horse"))
        self.assertContains(page, f'dir="auto">{WORDS}</span>')
        self.assertContains(self.client.get(self.url("?q=zzz")), "No sentence of this essay")

    def test_chosen_once_however_often_it_is_sent(self):
        start, end = place_of(self.essay, WORDS)
        form = sent(
            span=f"{start}-{end}", revision=self.essay.current_revision_id, rule=3, reason=REASON
        )
        for _ in range(2):
            self.assertRedirects(
                self.send(form=form), self.claim.get_absolute_url(), fetch_redirect_response=False
            )
        self.assertEqual(LogEntry.objects.filter(kind="anchor").count(), 1)

    def test_errors_are_said_and_nothing_typed_is_lost(self):
        page = self.send(span="x", reason="Quite a long reason.")
        self.assertContains(page, "Choose the words.", status_code=422)
        self.assertContains(page, "Quite a long reason.", status_code=422)
        page = self.send(revision=999_999_999)
        self.assertContains(page, "revised while you looked", status_code=422)
        page = self.send(span="0-9999999")
        self.assertContains(page, "within one paragraph", status_code=422)

    def test_the_claims_page_leads_there_and_only_moderators_get_there(self):
        self.assertContains(self.client.get(self.claim.get_absolute_url()), self.url())
        self.client.force_login(make_user())
        self.assertContains(self.client.get(self.url()), "Only moderators", status_code=403)
        self.assertEqual(self.send().status_code, 403)
        self.client.logout()
        self.assertIn("/accounts/login/", self.client.get(self.url()).url)

    def test_whoever_marked_it_is_shown_no_form_to_put_it_elsewhere(self):
        marked = make_claim(self.essay, WORDS, author=self.moderator)
        page = self.client.get(reverse("moderation:reattachment", args=[marked.pk]))
        self.assertContains(page, "another moderator decides", status_code=403)

    def test_a_claim_that_is_not_there(self):
        url = reverse("moderation:reattachment", args=[999_999_999])
        self.assertEqual(self.client.get(url).status_code, 404)
