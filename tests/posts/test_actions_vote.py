from itertools import product

from django.test import TestCase

from forum.lib.verdict import Refused
from forum.posts import actions, locking, votes
from forum.posts.models import Post, Thread, Vote
from forum.posts.ranking import wilson
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_user

UP, DOWN, NONE = True, False, None


class VoteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post, cls.voter = make_comment(), make_user()

    def vote(self, is_up, *, post=None):
        votes.vote(voter=self.voter, post=post or self.post, is_up=is_up)
        self.post.refresh_from_db()
        return self.post.up, self.post.down

    def test_the_last_word_counts_whatever_was_said_before(self):
        counts = {UP: (1, 0), DOWN: (0, 1), NONE: (0, 0)}
        for first, second in product(counts, counts):
            with self.subTest(first=first, second=second):
                self.assertEqual(self.vote(first), counts[first])
                self.assertEqual(self.vote(second), counts[second])
                kept = Vote.objects.filter(voter=self.voter, post=self.post)
                self.assertEqual([vote.is_up for vote in kept], [second][: second is not None])
                self.vote(NONE)

    def test_a_page_that_is_out_of_date_loses_no_vote(self):
        stale = Post.objects.get(pk=self.post.pk)
        votes.vote(voter=make_user(), post=self.post, is_up=True)
        self.assertEqual(self.vote(True, post=stale), (2, 0))

    def test_the_rank_follows(self):
        self.vote(True)
        self.assertAlmostEqual(self.post.best, wilson(1, 1))
        self.vote(False)
        self.assertEqual(self.post.best, 0)

    def test_kept_pages_hear_of_a_change_and_only_of_a_change(self):
        def version():
            return Thread.objects.get(pk=self.post.thread_id).version

        before = version()
        self.vote(True)
        after = version()
        self.assertGreater(after, before)
        self.vote(True)
        self.assertEqual(version(), after)

    def test_whose_vote_on_what_is_refused(self):
        hidden = actions.set_status(post=make_comment(), status=PostStatus.HIDDEN)
        locked = make_comment()
        locking.lock(thread=locked.thread, reason="")
        locked = Post.objects.get(pk=locked.pk)
        cases = [
            (self.post.author, self.post, "Nobody votes on their own post."),
            (self.voter, make_claim().opening, "A claim is not voted on"),
            (self.voter, hidden, "This post is no longer here."),
            (self.voter, locked, "This thread is closed."),
        ]
        for voter, post, reason in cases:
            for is_up in (UP, DOWN, NONE):
                with self.subTest(reason=reason), self.assertRaisesMessage(Refused, reason):
                    votes.vote(voter=voter, post=post, is_up=is_up)
        self.assertFalse(Vote.objects.exists())

    def test_a_post_hidden_meanwhile_takes_no_vote(self):
        stale = Post.objects.get(pk=self.post.pk)
        actions.set_status(post=self.post, status=PostStatus.HIDDEN)
        with self.assertRaises(Refused):
            self.vote(True, post=stale)
