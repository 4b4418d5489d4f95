"""Merged claims are parted again: each debate is what it was, and has what came since."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.counterpoints import actions
from forum.counterpoints.models import (
    Claim,
    Counterpoint,
    Reconsideration,
)
from forum.counterpoints.parting_preview import preview
from forum.counterpoints.stances import take_stance
from forum.counterpoints.unmerging import merger_of
from forum.posts import pace
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus
from forum.search.filters import Filters
from forum.search.index import find
from forum.search.query import parse
from tests.counterpoints.parting import PartingCase, all_of
from tests.counterpoints.test_linking import confirmed
from tests.counterpoints.test_moving import move
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_user,
)


class DebatesTests(PartingCase):
    def test_both_are_as_they_were(self):
        answered = self.answered(self.one)
        make_counterpoint(self.one, target=answered)
        moved = self.answered(self.other, "undercuts")
        make_counterpoint(self.other, "supports", target=moved)
        self.answered(self.other, "supports")
        cast_votes(moved.post, up=2, down=1)
        before = all_of([self.one, self.other])
        self.merge()
        assert self.part() == self.other
        assert all_of([self.one, self.other]) == before
        assert self.other.merged_into is None

    def test_what_was_answered_since_goes_with_its_branch_and_the_rest_stays(self):
        moved, stays = self.answered(self.other), self.answered(self.one)
        self.merge()
        reply, other = self.under(moved), self.under(stays)
        new = self.answered(self.one)
        self.part()
        known = dict(Counterpoint.objects.values_list("pk", "claim"))
        assert [known[each.pk] for each in (moved, reply)] == [self.other.pk] * 2
        assert [known[each.pk] for each in (stays, other, new)] == [self.one.pk] * 3
        paths = dict(Post.objects.values_list("pk", "path"))
        assert (paths[moved.pk], paths[reply.pk]) == ("0001", "00010001")
        assert Post.objects.get(pk=reply.pk).thread_id == self.other.pk
        for claim in (self.one, self.other):
            self.assert_as_computed_whole(claim)
        assert self.essay_counts() == (2, 5, 1)

    def essay_counts(self):
        self.essay.refresh_from_db()
        essay = self.essay
        return essay.claim_count, essay.counterpoint_count, essay.open_count

    def test_numbers_of_both_threads_are_right_and_nobody_gets_a_place_twice(self):
        for claim in (self.one, self.other, self.other):
            self.answered(claim)
        self.merge()
        self.answered(self.one)
        self.part()
        counts = dict(Thread.objects.values_list("pk", "post_count"))
        assert (counts[self.one.pk], counts[self.other.pk]) == (2, 2)
        assert self.answered(self.other).post.path == "0003"
        assert self.answered(self.one).post.path == "0005"

    def test_more_branches_than_one_statement_moves_go_back_to_their_places(self):
        from forum.posts import parting  # noqa: PLC0415 — its bound is what is tried

        for _ in range(5):
            self.answered(self.other)
        before = all_of([self.one, self.other])
        self.merge()
        at_once, parting.AT_ONCE = parting.AT_ONCE, 2
        try:
            self.part()
        finally:
            parting.AT_ONCE = at_once
        assert all_of([self.one, self.other]) == before

    def test_statements_do_not_grow_with_what_goes_back(self):
        counts = []
        for size in (1, 2, 12):
            claim = make_claim(self.essay)
            take_stance(member=make_user(), claim=claim, side="agree")
            for _ in range(size):
                make_counterpoint(claim, target=make_counterpoint(claim))
            self.merge(claim)
            with CaptureQueriesContext(connection) as queries:
                self.part(claim)
            counts.append(len(queries))
        assert counts[1] == counts[2]

    def test_a_branch_that_a_moderator_put_elsewhere_stays_there(self):
        third = make_claim(self.essay)
        gone, below, back = (self.answered(self.other) for _ in range(3))
        stays = self.answered(self.one)
        self.merge()
        move(gone, third)
        move(below, self.one, stays)
        self.part()
        known = dict(Counterpoint.objects.values_list("pk", "claim"))
        assert known[gone.pk] == third.pk
        assert known[below.pk] == self.one.pk
        assert known[back.pk] == self.other.pk
        for claim in (self.one, self.other, third):
            self.assert_as_computed_whole(claim)

    def test_the_search_finds_each_where_it_stands(self):
        moved = self.answered(self.other, source="Buckwheat is no oats.")
        self.merge()
        self.part()

        def found(words):
            return [match.post_id for match in find(None, parse(words), Filters()).matches]

        assert found("buckwheat") == [moved.pk]
        assert found("cause") == [self.other.opening_id]
        actions.set_status(post=self.other.opening, status=PostStatus.HIDDEN)
        assert found("buckwheat") == []

    def test_what_was_asked_since_about_the_words_of_the_other_is_asked_no_more(self):
        moved, stays = self.answered(self.other), self.answered(self.one)
        self.merge()
        for one in (moved, stays):
            Reconsideration.objects.create(
                counterpoint=one, revision=self.essay.current_revision, asked_at=timezone.now()
            )
        self.part()
        assert Reconsideration.objects.get().counterpoint == stays

    def test_a_slow_branch_stays_slow(self):
        moved, stays = self.answered(self.other), self.answered(self.one)
        for one in (moved, stays):
            slow = pace.Pace(30, "Too fast.")
            thread = Thread.objects.get(pk=one.post.thread_id)
            pace.set_branch_pace(thread=thread, branch=one.pk, pace=slow)
        self.merge()
        self.part()
        for claim, one in ((self.other, moved), (self.one, stays)):
            slow = Thread.objects.get(pk=claim.pk).slow_branches
            assert list(slow) == [str(one.pk)]

    def test_what_was_hidden_or_withdrawn_meanwhile_goes_back_as_it_is(self):
        hidden, left = self.answered(self.other), self.answered(self.other, "supports")
        self.merge()
        actions.set_status(post=Post.objects.get(pk=hidden.pk), status=PostStatus.HIDDEN)
        self.part()
        assert (self.other.rebuts, self.other.supports) == (0, 1)
        assert (self.one.rebuts, self.one.supports) == (0, 0)
        assert self.other.label == "unchallenged"
        assert left.claim_id == self.other.pk


class StandingTests(PartingCase):
    def test_a_label_that_is_the_same_again_is_told_of_nobody_and_is_no_change(self):
        self.answered(self.other)
        self.other.refresh_from_db()
        since, changes = self.other.label_since, self.other.label_changes.count()
        self.merge()
        self.part()
        assert (self.other.label, self.other.label_since) == ("unanswered", since)
        assert self.other.label_changes.count() == changes
        causes = [change.cause for change in self.one.label_changes.all()]
        assert causes == ["", "merged", "parted"]

    def test_one_that_is_another_by_now_says_why(self):
        moved = self.answered(self.other)
        self.merge()
        cast_votes(self.under(moved).post, up=9)
        self.part()
        last = self.other.label_changes.last()
        assert (self.other.label, last.label, last.cause) == ("stands", "stands", "parted")

    def test_the_preview_tells_what_goes_back_and_what_both_will_be_called(self):
        moved = self.answered(self.other)
        self.answered(self.one, "supports")
        for claim, side in ((self.other, "agree"), (self.other, "unsure"), (self.one, "agree")):
            take_stance(member=make_user(), claim=claim, side=side)
        confirmed(self.other, make_claim())
        self.merge()
        self.under(moved, "supports")
        told = preview(merger_of(self.other))
        self.part()
        assert (told.counterpoints, told.posts, told.since) == (2, 2, 1)
        assert (told.stances, told.links) == (2, 1)
        assert (told.label, told.label_there) == (self.other.label, self.one.label)
        assert (told.label, told.label_there) == ("unanswered", "unchallenged")

    def test_frozen_labels_stay_as_they_were(self):
        self.answered(self.other)
        Claim.objects.filter(pk=self.other.pk).update(is_frozen=True)
        before = all_of([self.one, self.other])
        self.merge(self.fresh(self.other))
        told = preview(merger_of(self.other))
        assert (told.label, told.label_there) == ("unanswered", "unchallenged")
        self.part()
        assert all_of([self.one, self.other]) == before

    def test_a_claim_is_a_key_claim_for_as_long_as_what_made_it_one_is_part_of_it(self):
        third = make_claim(self.essay)
        for claim in (self.other, third):
            actions.mark_key(by=make_editor(), claim=claim, is_key=True)
        self.merge()
        self.merge(third)
        for claim, is_key in ((self.other, True), (third, False)):
            self.part(claim)
            assert Claim.objects.get(pk=self.one.pk).is_key == is_key
            assert Claim.objects.get(pk=claim.pk).is_key
