"""Two claims become one: nothing of either debate is lost, and the standing is the whole rule's."""

from collections import Counter
from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from forum.counterpoints import actions
from forum.counterpoints.merging import merge_claims, preview
from forum.counterpoints.models import Claim, ClaimLink, Counterpoint, Stance
from forum.counterpoints.stances import take_stance
from forum.lib.verdict import Refused
from forum.notifications.following import is_following, set_following
from forum.posts import paths
from forum.posts.models import Post, Visit, Vote
from forum.posts.reading import read_thread
from forum.posts.statuses import PostStatus
from forum.search.filters import Filters
from forum.search.index import find
from forum.search.query import parse
from tests.counterpoints.test_linking import confirmed
from tests.counterpoints.test_weighing import StoredAsComputed
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)


def posts_told(claims):
    """What there is below these claims, whatever place it has: as often as it is there."""
    below = Post.objects.filter(thread__in=[claim.pk for claim in claims], depth__gt=0)
    columns = ("pk", "author", "parent", "branch", "depth", "up", "down", "status", "text")
    return Counter(below.values_list(*columns, "place_in_branch", "counterpoint__relation"))


class MergingCase(StoredAsComputed, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.moderator = make_moderator()
        cls.one = make_claim(cls.essay, statement="Nobody knew why.")
        cls.other = make_claim(cls.essay, "It was cheap", statement="No one knew the cause.")

    def merge(self, claim=None, into=None, by=None):
        claim, into = claim or self.other, into or self.one
        into = merge_claims(by=by or self.moderator, claim=claim, into=into)
        claim.refresh_from_db()
        return into


class WholeDebateTests(MergingCase):
    def test_all_posts_go_over_and_the_tree_stays_as_it_was(self):
        answered = make_counterpoint(self.one)
        make_counterpoint(self.one, target=answered)
        moved = make_counterpoint(self.other, "undercuts")
        reply = make_counterpoint(self.other, "supports", target=moved)
        cast_votes(moved.post, up=2, down=1)
        before = posts_told([self.one, self.other])
        self.merge()
        self.assertEqual(posts_told([self.one]), before)
        self.assertEqual(posts_told([self.other]), Counter())
        for one, path in ((moved, "0002"), (reply, "00020001")):
            one.post.refresh_from_db()
            self.assertEqual((one.post.path, one.post.thread_id), (path, self.one.pk))
        self.assertEqual(Counterpoint.objects.filter(claim=self.other).count(), 0)

    def test_the_totals_are_those_of_both(self):
        for claim, relations in ((self.one, ["rebuts"]), (self.other, ["rebuts", "supports"])):
            for relation in relations:
                make_counterpoint(claim, relation)
        hidden = make_counterpoint(self.other, "undercuts")
        actions.set_status(post=hidden.post, status=PostStatus.HIDDEN)
        claim = self.merge()
        self.assertEqual((claim.rebuts, claim.supports, claim.undercuts), (2, 1, 0))
        thread = claim.thread
        thread.refresh_from_db()
        self.assertEqual((thread.post_count, thread.top_count), (4, 4))
        self.essay.refresh_from_db()
        self.assertEqual((self.essay.claim_count, self.essay.counterpoint_count), (1, 3))
        self.assertEqual(self.essay.open_count, 1)
        self.assertEqual((self.other.counterpoint_count, self.other.label), (0, "unchallenged"))

    def test_whoever_writes_next_gets_a_place_of_their_own(self):
        make_counterpoint(self.one)
        make_counterpoint(self.other)
        claim = self.merge()
        added = make_counterpoint(Claim.objects.get(pk=claim.pk))
        self.assertEqual(added.post.path, "0003")
        rows = read_thread(added.post.thread, order="oldest").rows
        self.assertEqual([row.path for row in rows], ["0001", "0002", "0003"])

    def test_more_branches_than_one_statement_moves_keep_their_order(self):
        from forum.posts import moving  # noqa: PLC0415 — its bound is what is tried

        for _ in range(5):
            make_counterpoint(self.other)
        order = list(Post.objects.filter(thread=self.other.pk, depth=1).order_by("path"))
        make_counterpoint(self.one)
        at_once, moving.AT_ONCE = moving.AT_ONCE, 2
        try:
            self.merge()
        finally:
            moving.AT_ONCE = at_once
        found = Post.objects.filter(thread=self.one.pk, depth=1).order_by("path")
        self.assertEqual(list(found)[1:], order)

    def test_statements_do_not_grow_with_what_is_moved(self):
        counts = []
        # The first changes the label of the claim that stays.
        for size in (1, 2, 12):
            claim = make_claim(self.essay)
            take_stance(member=make_user(), claim=claim, side="agree")
            for _ in range(size):
                make_counterpoint(claim, target=make_counterpoint(claim))
            with CaptureQueriesContext(connection) as queries:
                self.merge(claim)
            counts.append(len(queries))
        self.assertEqual(counts[1], counts[2])

    def test_the_search_finds_what_moved_and_not_what_stands_below_a_hidden_claim(self):
        moved = make_counterpoint(self.other, source="Buckwheat is no oats.")
        self.merge()

        def found():
            matches = find(None, parse("buckwheat"), Filters()).matches
            return [match.post_id for match in matches]

        self.assertEqual(found(), [moved.pk])
        actions.set_status(post=self.other.opening, status=PostStatus.HIDDEN)
        self.assertEqual(found(), [moved.pk])
        actions.set_status(post=self.one.opening, status=PostStatus.HIDDEN)
        self.assertEqual(found(), [])


class StandingTests(MergingCase):
    def test_the_preview_tells_what_it_will_be_called(self):
        make_counterpoint(self.other)
        make_counterpoint(self.one, "supports")
        self.assertEqual(preview(*self.both()).label, "unanswered")
        self.assertEqual(self.merge().label, "unanswered")
        self.assert_as_computed_whole(self.one)

    def both(self):
        claims = Claim.objects.for_merger()
        return claims.get(pk=self.other.pk), claims.get(pk=self.one.pk)

    def test_what_the_essays_author_conceded_on_either_stays_conceded(self):
        objection = make_counterpoint(self.other)
        make_counterpoint(
            self.other, "concedes", target=objection, author=make_editor(), as_author=True
        )
        self.assertEqual(preview(*self.both()).label, "conceded")
        claim = self.merge()
        self.assertEqual((claim.label, claim.decided_by), ("conceded", objection))

    def test_only_the_history_of_the_claim_that_stays_goes_on(self):
        make_counterpoint(self.other)
        own = [change.pk for change in self.other.label_changes.all()]
        self.merge()
        self.assertEqual([change.pk for change in self.other.label_changes.all()], own)
        assert self.one.label_changes.last().cause == "merged"
        labels = [change.label for change in self.one.label_changes.all()]
        self.assertEqual(labels, ["unchallenged", "unanswered"])


class PeopleTests(MergingCase):
    def test_of_two_stances_the_later_counts(self):
        now = timezone.now()
        people = [make_user() for _ in range(3)]
        for place, (first, second) in enumerate((("agree", "disagree"), ("unsure", "agree"))):
            member = people[place]
            take_stance(member=member, claim=self.one, side=first, now=now)
            later = now + timedelta(hours=1 if place else -1)
            take_stance(member=member, claim=self.other, side=second, now=later)
        take_stance(member=people[2], claim=self.other, side="disagree")
        claim = self.merge()
        sides = dict(Stance.objects.filter(claim=claim).values_list("member", "side"))
        self.assertEqual([sides[one.pk] for one in people], ["agree", "agree", "disagree"])
        self.assertEqual((claim.agree, claim.disagree, claim.unsure), (2, 1, 0))
        self.assertEqual((self.other.agree, self.other.disagree), (0, 0))

    def test_votes_are_counted_in_the_camps_of_those_who_cast_them(self):
        moved = make_counterpoint(self.other)
        voter = make_user()
        take_stance(member=voter, claim=self.one, side="agree")
        actions.vote(voter=voter, counterpoint=moved, is_up=True)
        moved.refresh_from_db()
        self.assertEqual(moved.agree_up, 0)
        self.merge()
        moved.refresh_from_db()
        self.assertEqual(moved.agree_up, 1)
        self.assertEqual(Vote.objects.filter(post=moved.pk).count(), 1)

    def test_whoever_visited_one_of_them_has_visited_both(self):
        for claim, seen in ((self.one, 7), (self.other, 9)):
            Visit.objects.create(
                thread_id=claim.pk, member=self.moderator, seen=seen, at=timezone.now()
            )
        only = make_user()
        Visit.objects.create(thread_id=self.other.pk, member=only, seen=9, at=timezone.now())
        self.merge()
        seen = dict(Visit.objects.filter(thread=self.one.pk).values_list("member", "seen"))
        self.assertEqual(seen, {self.moderator.pk: 7, only.pk: 9})

    def test_followers_follow_the_claim_that_stays_unless_they_had_ended_that(self):
        follower, tired = make_user(), make_user()
        for member, claim, follows in (
            (follower, self.other, True), (tired, self.other, True), (tired, self.one, True),
            (tired, self.one, False),
        ):  # fmt: skip
            set_following(member=member, kind="claim", thing=claim.pk, follows=follows)
        self.merge()
        self.assertTrue(is_following(follower, "claim", self.one.pk))
        self.assertFalse(is_following(tired, "claim", self.one.pk))
        self.assertFalse(is_following(follower, "claim", self.other.pk))

    def test_links_go_over_and_say_nothing_twice(self):
        third, fourth = make_claim(), make_claim()
        confirmed(self.one, third)
        confirmed(self.other, third)
        moved = confirmed(fourth, self.other, "depends")
        mutual = confirmed(self.one, self.other)
        claim = self.merge()
        live = ClaimLink.objects.of_claims([claim.pk]).live()
        self.assertEqual(live.count(), 2)
        moved.refresh_from_db()
        self.assertEqual((moved.source, moved.target), (fourth, self.one))
        mutual.refresh_from_db()
        self.assertEqual(mutual.state, "merged")
        self.assertEqual((claim.link_count, self.other.link_count), (2, 0))


class ChainTests(MergingCase):
    def test_every_address_is_one_step_from_the_claim(self):
        third = make_claim(self.essay)
        make_counterpoint(self.other)
        self.merge(self.other, self.one)
        self.merge(Claim.objects.get(pk=self.one.pk), third)
        self.one.refresh_from_db()
        self.other.refresh_from_db()
        self.assertEqual((self.one.merged_into, self.other.merged_into), (third, third))
        self.assert_as_computed_whole(third)

    def test_nothing_more_is_said_on_a_merged_claim(self):
        moved = make_counterpoint(self.other)
        stale = Counterpoint.objects.select_related("post__thread__essay", "claim").get(pk=moved.pk)
        before = Claim.objects.get(pk=self.other.pk)
        self.merge()
        member = make_user()
        for deed in (
            lambda: make_counterpoint(before),
            lambda: make_counterpoint(before, target=stale),
            lambda: actions.vote(voter=member, counterpoint=stale, is_up=True),
            lambda: actions.withdraw(by=stale.post.author, post=stale.post),
            lambda: take_stance(member=member, claim=before, side="agree"),
        ):
            with self.assertRaisesRegex(Refused, "has become part of another one"):
                deed()
        self.assertEqual(self.one.counterpoints.count(), 1)

    def test_its_statement_can_still_be_taken_down_and_counts_for_nothing(self):
        self.merge()
        for status in (PostStatus.HIDDEN, PostStatus.VISIBLE):
            actions.set_status(post=Post.objects.get(pk=self.other.opening_id), status=status)
            self.essay.refresh_from_db()
            self.assertEqual(self.essay.claim_count, 1)


class RefusalTests(MergingCase):
    def assert_refused(self, words, claim, into, by=None):
        with self.assertRaisesRegex(Refused, words):
            self.merge(claim, into, by)

    def test_not_into_itself_nor_into_another_essays_claim(self):
        self.assert_refused("into itself", self.one, self.one)
        self.assert_refused("Claims of two essays are linked", self.one, make_claim())

    def test_not_once_one_of_them_is_merged(self):
        self.merge()
        third = make_claim(self.essay)
        for claim, into in ((self.other, third), (third, self.other), (self.other, self.one)):
            self.assert_refused("merged already", claim, into)

    def test_not_where_one_of_them_was_taken_down(self):
        actions.set_status(post=self.one.opening, status=PostStatus.HIDDEN)
        self.assert_refused("taken down", self.other, self.one)
        self.assert_refused("taken down", self.one, self.other)

    def test_what_stands_in_the_text_is_not_merged_into_what_does_not(self):
        Claim.objects.filter(pk=self.one.pk).update(is_frozen=True)
        self.assert_refused("merge it the other way round", self.other, self.one)
        self.assertEqual(self.merge(self.one, self.other), self.other)

    def test_only_by_moderators_who_marked_neither(self):
        self.assert_refused("Only moderators", self.other, self.one, make_user())
        own = make_claim(self.essay, author=self.moderator)
        self.assert_refused("another moderator", own, self.one)


class MergedTreesTests(StoredAsComputed, PropertyCase):
    """Whatever two debates there are."""

    step = st.tuples(
        st.integers(0, 1), st.integers(-1, 5), st.sampled_from(
            ["rebuts", "undercuts", "supports", "concedes"]
        ), st.integers(0, 3), st.integers(0, 3), st.sampled_from([0, 0, 0, 1, 2]),
    )  # fmt: skip

    @settings(max_examples=15)
    @given(st.lists(step, max_size=10))
    def test_the_merged_tree_stands_as_the_whole_rule_says_and_has_lost_nothing(self, steps):
        essay, editor = make_essay(), make_editor()
        claims = [make_claim(essay), make_claim(essay, "It was cheap")]
        known = [[], []]
        for side, target, relation, up, down, deed in steps:
            on = known[side][target % len(known[side])] if target >= 0 and known[side] else None
            made = make_counterpoint(
                claims[side], relation, target=on, as_author=deed == 1,
                author=editor if deed == 1 else None,
            )  # fmt: skip
            Post.objects.filter(pk=made.pk).update(up=up, down=down)
            made.post.refresh_from_db()
            actions.weigh(made, actions.Cause.VOTED, now=timezone.now())
            if deed == 2:
                actions.set_status(post=made.post, status=PostStatus.HIDDEN)
            else:
                known[side].append(made)
        before = posts_told(claims)
        told = preview(*[Claim.objects.for_merger().get(pk=one.pk) for one in claims[::-1]]).label
        into = merge_claims(by=make_moderator(), claim=claims[1], into=claims[0])
        self.assert_as_computed_whole(into)
        self.assertEqual(into.label, told)
        self.assertEqual(posts_told([into]), before)
        for path, depth in Post.objects.filter(thread=into.pk).values_list("path", "depth"):
            self.assertEqual(paths.depth(path), depth)
