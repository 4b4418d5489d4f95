"""What an essay's page shows of a claim is kept, but never longer than it is true."""

from datetime import UTC, datetime

from django.db.models import F
from django.test import TestCase, override_settings
from django.utils import timezone, translation

from forum import essay_claims
from forum.accounts.models import User
from forum.counterpoints import actions
from forum.counterpoints.erasing import erase_words
from forum.counterpoints.margin import claims_in_text, with_last_words
from forum.counterpoints.models import Claim
from forum.counterpoints.signs import signs_of_claims
from forum.essay_claims import Showing
from forum.posts.models import Post, Thread
from tests.counterpoints.parting import PartingCase
from tests.counterpoints.test_branches import hide, show
from tests.counterpoints.test_moving import move, move_back
from tests.factories import cast_votes, make_claim, make_counterpoint

LONG_AGO = datetime(2020, 2, 2, tzinfo=UTC)


def read(claim):
    found = with_last_words(claims_in_text(claim.essay, claim.essay.current_revision_id))
    return found.annotate(debated=F("thread__version")).filter(pk=claim.pk)


def shown_of(*claims):
    showing = Showing([one for claim in claims for one in read(claim)])
    return showing.shown(signs_of_claims(showing.new))


def made_anew(claim):
    return essay_claims._show(read(claim).get(), signs_of_claims([claim.pk])[claim.pk])


class ShownTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.answer = make_counterpoint(cls.claim, relation="rebuts")

    def test_it_is_made_once_for_what_the_claim_says(self):
        other = make_claim(self.claim.essay, "Everybody blamed the horse.")
        first = shown_of(self.claim, other)
        with self.assertNumQueries(2):
            again = shown_of(self.claim, other)
        for one, same in zip(first, again, strict=True):
            self.assertIs(one, same)
        make_counterpoint(other)
        with self.assertNumQueries(3):
            later = shown_of(self.claim, other)
        self.assertIs(later[0], first[0])
        self.assertEqual(later[1], made_anew(other))

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
                before = shown_of(self.claim)
                change()
                after = shown_of(self.claim)
                self.assertNotEqual(after, before)
                self.assertEqual(after, [made_anew(self.claim)])

    def test_what_survives_hangs_on_the_floor_of_the_site(self):
        before = shown_of(self.claim)
        make_counterpoint(self.claim, target=self.answer)
        weaker = shown_of(self.claim)
        self.assertNotEqual(weaker, before)
        with override_settings(STANDING_FLOOR=0.0):
            self.assertNotEqual(shown_of(self.claim), weaker)

    def test_each_language_has_its_own(self):
        [here] = shown_of(self.claim)
        with translation.override("de"):
            self.assertNotEqual(shown_of(self.claim)[0].printed_html, here.printed_html)
        self.assertIs(shown_of(self.claim)[0], here)


class SignsTests(PartingCase):
    """Whatever moves a claim's signs raises the version of its debate, by which they are kept."""

    def assert_follows(self, what, change):
        claims = [self.one, self.other]
        pks = [claim.pk for claim in claims]
        shown_of(*claims)
        before, versions = signs_of_claims(pks), self.versions(pks)
        done = change()
        after, raised = signs_of_claims(pks), self.versions(pks)
        with self.subTest(what):
            self.assertNotEqual(after, before)
            for claim in claims:
                if after[claim.pk] != before[claim.pk]:
                    self.assertGreater(raised[claim.pk], versions[claim.pk])
                if read(claim).exists():
                    self.assertEqual(shown_of(claim), [made_anew(claim)])
        return done

    def test_they_follow_what_is_said(self):
        first = self.assert_follows("a counterpoint", lambda: self.answered(self.one))
        answer = self.assert_follows("an answer", lambda: self.under(first))
        self.assert_follows("an answer to it", lambda: self.under(answer))
        self.assert_follows("votes", lambda: cast_votes(first.post, down=6))
        before = self.assert_follows("a branch hidden", lambda: hide(self.post(answer)))
        self.assert_follows("and shown again", lambda: show(self.post(answer), before))
        self.assert_follows(
            "one withdrawn",
            lambda: actions.withdraw(by=answer.post.author, post=self.post(answer)),
        )
        self.assert_follows(
            "one erased", lambda: erase_words(post=self.post(first), now=timezone.now())
        )

    def test_they_follow_votes_that_move_nothing_else_of_the_claim(self):
        strong, weak = self.answered(self.one), self.answered(self.one)
        answer = self.under(weak)
        cast_votes(strong.post, up=5)
        told = Claim.objects.filter(pk=self.one.pk).values()
        before, html = told.get(), shown_of(self.one)[0].listed_html
        self.assert_follows("votes", lambda: cast_votes(answer.post, down=6))
        self.assertEqual(told.get(), before)
        self.assertNotEqual(shown_of(self.one)[0].listed_html, html)

    def test_they_follow_what_is_moved(self):
        first = self.answered(self.one)
        answer = self.under(first)
        origin = self.assert_follows("a branch", lambda: move(answer, self.other))
        self.assert_follows("and back", lambda: move_back(answer, origin))
        self.answered(self.other, "supports")
        self.assert_follows("all of a claim", self.merge)
        self.assert_follows("and back", self.part)

    def versions(self, pks):
        return dict(Thread.objects.filter(pk__in=pks).values_list("pk", "version"))

    def post(self, one):
        return Post.objects.select_related("thread__essay", "author").get(pk=one.pk)
