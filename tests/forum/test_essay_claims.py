"""What an essay's page shows of a claim is kept, but never longer than it is true."""

from datetime import UTC, datetime

from django.test import TestCase
from django.utils import translation

from forum import essay_claims
from forum.accounts.models import User
from forum.counterpoints.margin import claims_in_text, with_last_words
from forum.counterpoints.models import Claim
from forum.essay_claims import shown
from forum.posts.models import Post
from tests.factories import make_claim, make_counterpoint

LONG_AGO = datetime(2020, 2, 2, tzinfo=UTC)


class ShownTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.answer = make_counterpoint(cls.claim, relation="rebuts")

    def read(self):
        essay = self.claim.essay
        found = with_last_words(claims_in_text(essay, essay.current_revision_id)).with_signs()
        return found.get(pk=self.claim.pk)

    def test_it_is_made_once_for_what_the_claim_says(self):
        self.assertIs(shown(self.read()), shown(self.read()))

    def test_whatever_changes_it_is_made_anew(self):
        claims = Claim.objects.filter(pk=self.claim.pk)
        changes = {
            "its statement": lambda: Post.objects.filter(pk=self.claim.opening_id).update(
                text="It asserts something else."
            ),
            "its label": lambda: claims.update(label="contested"),
            "since when": lambda: claims.update(label_since=LONG_AGO),
            "the name of who decides": lambda: User.objects.filter(
                pk=self.answer.post.author_id
            ).update(display_name="Somebody Else"),
            "who decides": lambda: claims.update(decided_by=None),
            "how many counterpoints": lambda: claims.update(supports=7),
            "what was answered": lambda: make_counterpoint(self.claim, relation="undercuts"),
        }
        for what, change in changes.items():
            with self.subTest(what):
                before = shown(self.read())
                change()
                after = shown(self.read())
                self.assertNotEqual(after, before)
                self.assertEqual(after, essay_claims._show(self.read()))

    def test_each_language_has_its_own(self):
        here = shown(self.read())
        with translation.override("de"):
            self.assertNotEqual(shown(self.read()).printed_html, here.printed_html)
        self.assertIs(shown(self.read()), here)
