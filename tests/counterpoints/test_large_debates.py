"""A claim with many counterpoints, fourteen deep, costs as many statements as one with a
few: to read, to answer, to vote."""

from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Counterpoint
from tests.factories import make_claim, make_counterpoint, make_user
from tests.kept import forget_what_is_kept

SIZES = (20, 60)
DEPTH = 14
RELATIONS = ("rebuts", "undercuts", "supports")


class LargeDebateTests(TestCase):
    def grow(self, size):
        """A line down to the greatest depth, and the rest spread over it; its deepest but one."""
        claim, writers = make_claim(), [make_user() for _ in range(2)]
        line = []
        with transaction.atomic():
            for number in range(size):
                target = None
                if number < DEPTH and line:
                    target = line[-1]
                elif number % 3:
                    target = line[number % (DEPTH - 1)]
                made = make_counterpoint(
                    claim, RELATIONS[number % 3], target=target, author=writers[number % 2]
                )
                line += [made] if number < DEPTH else []
        self.assertEqual(max(each.post.depth for each in line), DEPTH)
        return claim, line

    def counted(self, act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def costs(self, size):
        claim, line = self.grow(size)
        self.assertEqual(Counterpoint.objects.filter(claim=claim).count(), size)
        forget_what_is_kept()
        voter, writer = make_user(), make_user()
        return {
            "page": self.counted(lambda: self.client.get(claim.get_absolute_url())),
            "vote": self.counted(
                lambda: counterpoints.vote(voter=voter, counterpoint=line[-1], is_up=True)
            ),
            "answer": self.counted(
                lambda: make_counterpoint(claim, target=line[-2], author=writer)
            ),
        }

    def test_page_vote_and_answer_take_the_same_statements(self):
        small, large = (self.costs(size) for size in SIZES)
        self.assertEqual(small, large)
