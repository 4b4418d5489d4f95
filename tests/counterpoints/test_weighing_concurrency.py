"""The stored standing is that of the whole tree, also when many change it in the same instant."""

from uuid import uuid4

from django.test import TransactionTestCase

from essays.models import Essay
from forum.counterpoints import actions
from forum.counterpoints.models import Claim, Counterpoint, Relation
from forum.guard.actions import run_once
from forum.lib.verdict import Refused
from forum.posts.statuses import PostStatus
from tests.counterpoints.test_weighing import whole_tree
from tests.factories import make_claim, make_counterpoint, make_essay, make_user
from tests.together import together

PEOPLE = 5
EACH = 3


def send(user, deed):
    run_once(user=user, key=uuid4(), action="deed", work=lambda: str(deed() and "/"))


class AtOnceTests(TransactionTestCase):
    def setUp(self):
        self.essay = make_essay()
        self.claims = [make_claim(self.essay, words) for words in ("horse", "straw")]
        self.known = {}
        for claim in self.claims:
            first = make_counterpoint(claim, "rebuts")
            answer = make_counterpoint(claim, "rebuts", target=first)
            self.known[claim] = [first, answer, make_counterpoint(claim, "undercuts")]

    def assert_stored_as_computed(self):
        for claim in Claim.objects.all():
            values = whole_tree(claim)
            told = values["claim"]
            self.assertAlmostEqual(claim.strength, told.strength, places=9)
            self.assertEqual((claim.label, claim.decided_by_id), (told.label, told.decided_by))
            for one in claim.counterpoints.filter(is_counted=True):
                self.assertAlmostEqual(one.effect, values[one.pk].effect, places=9)
            for relation in Relation.values:
                counted = claim.counterpoints.filter(relation=relation, is_counted=True).count()
                self.assertEqual(getattr(claim, relation), counted)
        essay = Essay.objects.get(pk=self.essay.pk)
        counted = Counterpoint.objects.filter(is_counted=True).count()
        self.assertEqual(essay.counterpoint_count, counted)
        self.assertEqual(essay.open_count, Claim.objects.filter(label="unanswered").count())
        self.assertEqual(essay.claim_count, Claim.objects.count())

    def debate(self, turn):
        """A member who votes on everything and answers everything, in an order of their own."""
        user = make_user()

        def deeds():
            for round_ in range(EACH):
                claim = self.claims[(turn + round_) % 2]
                for place in range(3):
                    target = self.known[claim][(turn + place) % 3]
                    relation = Relation.values[(turn + round_ + place) % 4]
                    is_up = [True, False, None][(turn + round_) % 3]
                    send(user, lambda t=target, up=is_up: actions.vote(
                        voter=user, counterpoint=t, is_up=up))  # fmt: skip
                    send(user, lambda c=claim, t=target, r=relation: make_counterpoint(
                        c, r, target=t, author=user))  # fmt: skip

        return deeds

    def take_down(self):
        moderated = self.known[self.claims[0]][0].post
        for status in [PostStatus.HIDDEN, PostStatus.VISIBLE] * EACH:
            actions.set_status(post=moderated, status=status)

    def test_votes_and_answers_leave_the_standing_that_is_computed_from_all(self):
        together(*map(self.debate, range(PEOPLE)))
        made = Counterpoint.objects.count()
        self.assertEqual(made, 6 + PEOPLE * EACH * 3)
        self.assert_stored_as_computed()

    def test_votes_while_a_post_is_hidden_and_restored_do_so_too(self):
        objection = self.known[self.claims[0]][0]

        def vote(user):
            for is_up in (True, False, True):
                try:
                    send(user, lambda up=is_up: actions.vote(
                        voter=user, counterpoint=objection, is_up=up))  # fmt: skip
                except Refused as refusal:
                    self.assertIn("no longer here", str(refusal))

        people = [make_user() for _ in range(PEOPLE)]
        together(self.take_down, *[lambda user=user: vote(user) for user in people])
        self.assert_stored_as_computed()

    def test_claims_marked_in_the_same_instant_have_numbers_of_their_own(self):
        people = [make_user() for _ in range(PEOPLE)]
        marks = [
            lambda user=user: send(user, lambda: make_claim(self.essay, "collar", author=user))
            for user in people
        ]
        together(*marks)
        numbers = sorted(Claim.objects.values_list("number", flat=True))
        self.assertEqual(numbers, list(range(1, PEOPLE + 3)))
        self.assert_stored_as_computed()
