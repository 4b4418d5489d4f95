"""Votes of new accounts are kept and carry no weight; that is settled when they are cast."""

from django.test import TestCase

from forum.accounts.models import MEMBER, NEW, User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.models import Counterpoint
from forum.counterpoints.stances import take_stance
from forum.posts import votes
from forum.posts.models import Post, Vote
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_moderator,
    make_newcomer,
    make_user,
)


class WeightTests(TestCase):
    def setUp(self):
        self.post = make_comment()
        self.newcomer = make_newcomer()

    def vote(self, voter, *, is_up):
        votes.vote(voter=voter, post=self.post, is_up=is_up)
        self.post = Post.objects.get(pk=self.post.pk)
        return self.post.up, self.post.down

    def promote(self):
        User.objects.filter(pk=self.newcomer.pk).update(trust_level=MEMBER)
        self.newcomer.refresh_from_db()

    def test_a_members_vote_counts_and_a_newcomers_does_not(self):
        assert self.vote(make_user(), is_up=True) == (1, 0)
        best = self.post.best
        assert self.vote(self.newcomer, is_up=False) == (1, 0)
        assert self.post.best == best
        assert not Vote.objects.get(voter=self.newcomer).is_up

    def test_whoever_keeps_the_peace_counts_from_the_first_day(self):
        assert self.vote(make_moderator(trust_level=NEW), is_up=True) == (1, 0)

    def test_a_vote_keeps_the_weight_with_which_it_was_cast(self):
        self.vote(self.newcomer, is_up=True)
        self.promote()
        assert self.vote(self.newcomer, is_up=True) == (0, 0)
        assert self.vote(self.newcomer, is_up=None) == (0, 0)

    def test_cast_anew_by_a_member_it_counts(self):
        self.vote(self.newcomer, is_up=True)
        self.promote()
        assert self.vote(self.newcomer, is_up=False) == (0, 1)
        assert self.vote(self.newcomer, is_up=None) == (0, 0)

    def test_what_counted_is_taken_back_though_trust_was_lost_meanwhile(self):
        self.promote()
        assert self.vote(self.newcomer, is_up=True) == (1, 0)
        self.newcomer.trust_level = NEW
        assert self.vote(self.newcomer, is_up=False) == (0, 0)


class CampTests(TestCase):
    def test_no_camp_counts_a_vote_without_weight(self):
        claim = make_claim()
        point = make_counterpoint(claim)
        for voter in (make_newcomer(), make_user()):
            take_stance(member=voter, claim=claim, side="agree")
            counterpoints.vote(voter=voter, counterpoint=point, is_up=True)
        assert self.camp(point) == (1, 0)
        newcomer = User.objects.get(trust_level=NEW)
        take_stance(member=newcomer, claim=claim, side="disagree")
        assert self.camp(point) == (1, 0)
        recount_camps(claim.pk)
        assert self.camp(point) == (1, 0)

    def camp(self, point):
        found = Counterpoint.objects.get(pk=point.pk)
        return found.agree_up, found.disagree_up

    def test_no_crowd_of_new_accounts_moves_a_standing(self):
        claim = make_claim()
        point = make_counterpoint(claim)
        claim.refresh_from_db()
        before = claim.label
        for _ in range(8):
            voter = make_newcomer()
            counterpoints.vote(voter=voter, counterpoint=point, is_up=False)
        claim.refresh_from_db()
        assert claim.label == before == "unanswered"
