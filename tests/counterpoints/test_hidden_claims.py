"""A claim whose opening was taken down counts for its essay no more, until it is back."""

from django.test import TestCase

from forum.counterpoints import actions
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint


class HiddenClaimTests(TestCase):
    def setUp(self):
        self.claim = make_claim()
        self.objection = make_counterpoint(self.claim)
        self.opening = self.claim.opening

    def counts(self):
        self.claim.essay.refresh_from_db()
        return self.claim.essay.claim_count, self.claim.essay.open_count

    def turn(self, status):
        self.opening = actions.set_status(post=self.opening, status=status)

    def test_it_leaves_the_totals_and_comes_back(self):
        self.assertEqual(self.counts(), (1, 1))
        self.turn(PostStatus.HIDDEN)
        self.assertEqual(self.counts(), (0, 0))
        self.turn(PostStatus.REMOVED)
        self.assertEqual(self.counts(), (0, 0))
        self.turn(PostStatus.VISIBLE)
        self.assertEqual(self.counts(), (1, 1))

    def test_what_changes_meanwhile_is_counted_once_it_is_back(self):
        self.turn(PostStatus.HIDDEN)
        actions.set_status(post=self.objection.post, status=PostStatus.HIDDEN)
        self.assertEqual(self.counts(), (0, 0))
        self.turn(PostStatus.VISIBLE)
        self.assertEqual(self.counts(), (1, 0))
