"""What the printer gets of an essay in place of its margin."""

from django.test import TestCase
from django.test.utils import override_settings
from django.urls import reverse

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.printed import SITE, notes_html
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint, make_essay, make_user
from tests.revising import revise

HOSTILE = f'<script>alert(1)</script> & "quoted" {SITE}'


class PrintedEssayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.url = reverse("essay", args=["collar"])

    def notes(self):
        """The notes for the printer, as a visitor's page has them."""
        page = self.client.get(self.url).content.decode()
        return page.partition('<section class="paper')[2].partition("</section>")[0]

    def test_an_essay_without_claims_has_none(self):
        self.assertEqual(self.notes(), "")
        self.assertEqual(notes_html([]), "")

    def test_each_claim_is_told_with_its_standing_its_sentence_and_its_address(self):
        claim = make_claim(self.essay, statement="It was a riddle.")
        make_claim(self.essay, "It was cheap", statement="Straw is cheap.")
        objector = make_user(display_name="Hester Vane")
        make_counterpoint(claim, author=objector)
        notes = self.notes()
        self.assertIn("Its two claims", notes)
        self.assertIn("<b>1</b>", notes)
        self.assertIn("Unanswered</span>", notes)
        self.assertIn("It was a riddle.", notes)
        self.assertIn("Nobody has answered this objection:", notes)
        self.assertIn("Hester Vane", notes)
        self.assertIn("One counterpoint.", notes)
        self.assertIn(f"http://testserver/claims/{claim.pk}/", notes)
        self.assertIn("Nobody has objected yet.", notes)

    def test_addresses_are_those_that_the_operator_named(self):
        make_claim(self.essay)
        with override_settings(HOST="https://counterpoint.example"):
            self.assertIn("https://counterpoint.example/claims/", self.notes())

    def test_hostile_words_stay_words_and_forge_no_address(self):
        make_claim(self.essay, statement=HOSTILE)
        notes = self.notes()
        self.assertNotIn("<script>", notes)
        self.assertEqual(notes.count("http://testserver"), 1)

    def test_claims_that_are_gone_or_taken_down_are_no_notes(self):
        kept = make_claim(self.essay, "It was cheap", statement="Straw is cheap.")
        gone = make_claim(self.essay, statement="It was a riddle.")
        hidden = make_claim(self.essay, "The lord", statement="A lord it was.")
        counterpoints.set_status(post=hidden.opening, status=PostStatus.HIDDEN)
        revise(self.essay, "Nobody knew why.", "", claim=gone)
        notes = self.notes()
        self.assertIn("Its one claim", notes)
        self.assertIn(kept.statement, notes)
        self.assertNotIn(gone.statement, notes)
        self.assertNotIn(hidden.statement, notes)
