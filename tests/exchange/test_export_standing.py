"""Whoever has an export and the published rule comes to the standings that the site tells.

Of the demonstration, tests/forum/test_demonstration.py asks the same.
"""

from django.test import TestCase

from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim, Counterpoint
from forum.posts.statuses import PostStatus
from tests.exchange.recomputing import Recomputing
from tests.factories import cast_votes, make_claim, make_counterpoint, make_editor, make_user


class RecomputedTests(Recomputing, TestCase):
    def test_a_concession_of_whoever_speaks_for_the_essay_counts_in_it(self):
        claim, editor = make_claim(), make_editor()
        objection = make_counterpoint(claim)
        make_counterpoint(claim, "concedes", target=objection, author=editor, as_author=True)
        self.compare()
        self.assertEqual(Claim.objects.get().label, "conceded")

    def test_a_concession_by_the_author_of_what_is_attacked_counts_in_it(self):
        claim, author = make_claim(), make_user()
        objection = make_counterpoint(claim, author=author)
        answer = make_counterpoint(claim, "rebuts", target=objection)
        make_counterpoint(claim, "concedes", target=answer, author=author)
        self.compare()
        self.assertEqual(Counterpoint.objects.get(pk=objection.pk).strength, 0)

    def test_it_counts_when_its_writer_has_left_and_others_too(self):
        claim, author, other = make_claim(), make_user(), make_user()
        objection = make_counterpoint(claim, author=author)
        answer = make_counterpoint(claim, "rebuts", target=objection, author=other)
        make_counterpoint(claim, "concedes", target=answer, author=author)
        User.objects.filter(pk__in=[author.pk, other.pk]).update(is_active=False)
        self.compare()
        self.assertEqual(Counterpoint.objects.get(pk=objection.pk).strength, 0)

    def test_what_was_taken_down_carries_nothing_in_it_nor_does_what_hangs_below(self):
        claim = make_claim()
        objection, other = make_counterpoint(claim), make_counterpoint(claim)
        answer = make_counterpoint(claim, "undercuts", target=objection)
        cast_votes(objection.post, up=6)
        cast_votes(answer.post, up=2, down=1)
        for status in (PostStatus.HIDDEN, PostStatus.REMOVED, PostStatus.HELD):
            counterpoints.set_status(post=objection.post, status=status)
            self.assertEqual(self.compare(), 1)
        counterpoints.withdraw(by=other.post.author, post=other.post)
        self.assertEqual(self.compare(), 1)
        self.assertEqual(Claim.objects.get().label, "unchallenged")
