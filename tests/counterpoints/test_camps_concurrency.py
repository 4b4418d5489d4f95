"""The camps are those of the rows, also when votes and stances come in the same instant."""

from uuid import uuid4

from django.test import TransactionTestCase

from forum.accounts.models import User
from forum.counterpoints import actions
from forum.counterpoints.models import ChangedMind, Stance
from forum.counterpoints.stances import credit, forget_stances, take_credit_back, take_stance
from forum.guard.actions import run_once
from tests.counterpoints.test_camps import columns_of, computed, sides_of
from tests.factories import make_claim, make_counterpoint, make_essay, make_user
from tests.together import together

PEOPLE = 6
SIDES = ("agree", "disagree", "unsure", None)


def send(user, deed):
    run_once(user=user, key=uuid4(), action="deed", work=lambda: str(deed() or "/"))


class AtOnceTests(TransactionTestCase):
    def setUp(self):
        essay, self.writer = make_essay(), make_user()
        self.claims = [make_claim(essay, words) for words in ("horse", "straw")]
        self.known = [make_counterpoint(claim, author=self.writer) for claim in self.claims]

    def person(self, turn):
        """Votes, changes sides and changes their mind, in an order of their own."""
        user = make_user()

        def deeds():
            for round_ in range(4):
                one = self.known[(turn + round_) % 2]
                side, is_up = SIDES[(turn + round_) % 4], (turn + round_) % 3 != 0
                send(user, lambda o=one, up=is_up: actions.vote(
                    voter=user, counterpoint=o, is_up=up) and "/")  # fmt: skip
                send(user, lambda o=one, s=side: take_stance(
                    member=user, claim=o.claim, side=s))  # fmt: skip
                send(user, lambda o=one: credit(
                    member=user, counterpoint=o, before="agree", after="disagree"))  # fmt: skip
            if turn % 3 == 0:
                send(user, lambda: take_credit_back(member=user, counterpoint=self.known[0]))
            if turn % 3 == 1:
                forget_stances(member=user)

        return deeds

    def test_every_column_is_that_of_the_rows(self):
        together(*map(self.person, range(PEOPLE)))
        for claim in self.claims:
            self.assertEqual(columns_of(claim), computed(claim))
            sides = list(Stance.objects.filter(claim=claim).values_list("side", flat=True))
            self.assertEqual(sides_of(claim), [sides.count(side) for side in SIDES[:3]])
        moved = ChangedMind.objects.values("member").distinct().count()
        self.assertGreater(moved, 0)
        self.assertEqual(User.objects.get(pk=self.writer.pk).minds_changed, moved)
