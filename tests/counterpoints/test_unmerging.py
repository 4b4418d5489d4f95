"""Two claims that were merged are parted again: each is what it was, and has what came since."""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from forum.counterpoints import actions
from forum.counterpoints.linking import remove_link
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import (
    Claim,
    ClaimLink,
    ClaimWord,
    Counterpoint,
    LabelChange,
    Merger,
    Reconsideration,
    Stance,
    StanceBefore,
)
from forum.counterpoints.parting_preview import preview
from forum.counterpoints.stances import take_stance
from forum.counterpoints.unmerging import merger_of, part_claims
from forum.exchange.erasing import erase
from forum.lib.verdict import Refused
from forum.notifications.following import is_following, set_following
from forum.posts import drafts, pace
from forum.posts.models import Draft, Post, Thread, Visit
from forum.posts.statuses import PostStatus
from forum.search.filters import Filters
from forum.search.index import find
from forum.search.query import parse
from tests.counterpoints.test_linking import confirmed
from tests.counterpoints.test_merging import MergingCase
from tests.counterpoints.test_moving import move, whole_of
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


def all_of(claims):
    """Every place, number, weight, side and link of these debates."""
    pks = [claim.pk for claim in claims]
    stances = Stance.objects.filter(claim__in=pks).order_by("claim", "member")
    camps = Counterpoint.objects.filter(claim__in=pks).order_by("pk")
    stood = Claim.objects.filter(pk__in=pks).order_by("pk")
    links = ClaimLink.objects.of_claims(pks).order_by("pk")
    history = LabelChange.objects.filter(claim=max(pks)).values_list("label", "at", "cause")
    return [
        *whole_of(claims),
        list(stances.values_list("claim", "member", "side", "since", "left")),
        list(camps.values_list("pk", "agree_up", "agree_down", "disagree_up", "disagree_down")),
        list(
            stood.values_list(
                "agree", "disagree", "unsure", "divided", "is_key", "link_count", "merged_into",
                "is_frozen",
            )
        ),
        list(links.values_list("source", "target", "state", "settled_by", "settled_at")),
        list(ClaimWord.objects.filter(claim__in=pks).order_by("claim", "word").values_list("word")),
        list(history),
        list(stood.values_list("essay__claim_count", "essay__open_count")),
    ]  # fmt: skip


class PartingCase(MergingCase):
    def part(self, claim=None, by=None):
        merger = merger_of(claim or self.other)
        parted = part_claims(by=by or self.moderator, merger=merger)
        for each in (self.one, self.other):
            each.refresh_from_db()
        return parted

    def fresh(self, claim):
        return Claim.objects.select_related("opening", "essay", "thread").get(pk=claim.pk)

    def answered(self, claim, relation="rebuts", **fields):
        return make_counterpoint(self.fresh(claim), relation, **fields)

    def under(self, one, relation="rebuts"):
        """An answer to a counterpoint, wherever it stands now."""
        known = Counterpoint.objects.select_related("post__thread__essay", "post__author")
        target = known.get(pk=one.pk)
        claim = self.fresh(target.claim)
        return make_counterpoint(claim, relation, target=target)


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


class PeopleTests(PartingCase):
    def test_whoever_has_said_nothing_since_stands_on_both_as_they_did(self):
        now = timezone.now()
        for place, hours in enumerate((1, -1, 0)):
            member = make_user()
            take_stance(member=member, claim=self.one, side="agree", now=now)
            side = ("disagree", "unsure", "disagree")[place]
            later = now + timedelta(hours=hours)
            take_stance(member=member, claim=self.other, side=side, now=later)
        take_stance(member=make_user(), claim=self.other, side="agree")
        take_stance(member=make_user(), claim=self.one, side="agree")
        before = all_of([self.one, self.other])
        self.merge()
        self.part()
        assert all_of([self.one, self.other]) == before
        assert not StanceBefore.objects.exists()

    def test_what_somebody_said_since_stays_where_they_said_it(self):
        changed, ended, new = make_user(), make_user(), make_user()
        for member in (changed, ended):
            take_stance(member=member, claim=self.other, side="agree")
        self.merge()
        claim = self.fresh(self.one)
        take_stance(member=changed, claim=claim, side="disagree")
        take_stance(member=ended, claim=claim, side=None)
        take_stance(member=new, claim=claim, side="unsure")
        self.part()
        assert (self.other.agree, self.other.disagree, self.other.unsure) == (0, 0, 0)
        assert (self.one.agree, self.one.disagree, self.one.unsure) == (0, 1, 1)

    def test_whoever_left_since_stands_nowhere_and_nothing_of_it_is_kept(self):
        leaver = make_user()
        for claim, side in ((self.one, "agree"), (self.other, "disagree")):
            take_stance(member=leaver, claim=claim, side=side)
        self.merge()
        assert StanceBefore.objects.filter(member=leaver).count() == 2
        erase(member=leaver, keeps_posts=True, asked_by="the member")
        assert not StanceBefore.objects.exists()
        self.part()
        assert not Stance.objects.exists()

    def test_votes_are_counted_in_the_camps_of_those_who_cast_them(self):
        moved, voter = self.answered(self.other), make_user()
        take_stance(member=voter, claim=self.one, side="agree")
        actions.vote(voter=voter, counterpoint=moved, is_up=True)
        self.merge()
        moved.refresh_from_db()
        assert moved.agree_up == 1
        self.part()
        moved.refresh_from_db()
        assert moved.agree_up == 0

    def test_whoever_has_seen_the_whole_has_seen_both(self):
        both, whole = make_user(), make_user()
        for claim, member, seen in (
            (self.one, both, 7), (self.other, both, 9), (self.one, whole, 8),
        ):  # fmt: skip
            Visit.objects.create(thread_id=claim.pk, member=member, seen=seen, at=timezone.now())
        self.merge()
        Visit.objects.filter(thread=self.one.pk, member=both).update(seen=12)
        self.part()
        seen = dict(Visit.objects.filter(thread=self.other.pk).values_list("member", "seen"))
        assert seen == {both.pk: 12, whole.pk: 8}
        assert Visit.objects.filter(thread=self.one.pk).count() == 2

    def test_followers_of_the_whole_follow_both_but_for_those_who_ended_it(self):
        follower, tired = make_user(), make_user()
        self.merge()
        for member, follows in ((follower, True), (tired, True), (tired, False)):
            set_following(member=member, kind="claim", thing=self.one.pk, follows=follows)
        self.part()
        for claim in (self.one, self.other):
            assert is_following(follower, "claim", claim.pk)
            assert not is_following(tired, "claim", claim.pk)

    def test_answers_that_were_begun_go_where_what_they_answer_goes(self):
        moved, stays, member = self.answered(self.other), self.answered(self.one), make_user()
        begun = [
            (self.other, moved.pk, self.other), (self.one, stays.pk, self.one),
            (self.other, 0, self.other), (self.one, 0, self.one),
        ]  # fmt: skip
        keys = [self.draft(member, claim, target) for claim, target, _goes in begun]
        self.merge()
        keys.append(self.draft(member, self.one, moved.pk))
        begun.append((self.one, moved.pk, self.other))
        self.part()
        for key, (_claim, target, goes) in zip(keys, begun, strict=True):
            place = Draft.objects.get(form_key=key).place
            assert place == f"answer:{goes.pk}:{target}"

    def draft(self, member, claim, target):
        url = reverse("counterpoints:answer-claim", args=[claim.pk])
        key = uuid4()
        drafts.keep(
            author=member, place=f"answer:{claim.pk}:{target}", about="Answer", url=url,
            fields={"source": ["Half a thought"]}, form_key=key,
        )  # fmt: skip
        return key


class LinksTests(PartingCase):
    def test_links_that_went_over_come_back_and_those_that_ended_live_again(self):
        third, fourth = make_claim(), make_claim()
        confirmed(self.one, third)
        confirmed(self.other, third)
        confirmed(fourth, self.other, "depends")
        confirmed(self.one, self.other)
        claims = [self.one, self.other, third, fourth]
        before = all_of(claims)
        self.merge()
        third.refresh_from_db()
        assert third.link_count == 1
        self.part()
        assert all_of(claims) == before

    def test_what_was_removed_since_does_not_come_back_nor_does_what_said_the_same(self):
        third, fourth = make_claim(), make_claim()
        kept = confirmed(self.one, third)
        ended, moved = confirmed(self.other, third), confirmed(self.other, fourth)
        self.merge()
        for link in (kept, moved):
            link.refresh_from_db()
            remove_link(by=self.moderator, link=link)
        self.part()
        states = dict(ClaimLink.objects.values_list("pk", "state"))
        assert [states[one.pk] for one in (kept, ended, moved)] == ["removed", "merged", "removed"]
        assert (self.one.link_count, self.other.link_count) == (0, 0)

    def test_a_link_proposed_since_stays_on_the_claim_that_stays(self):
        third = make_claim()
        self.merge()
        link = confirmed(self.fresh(self.one), third)
        self.part()
        link.refresh_from_db()
        assert self.one.pk in {link.source_id, link.target_id}
        assert (self.one.link_count, self.other.link_count) == (1, 0)

    def test_the_pages_at_the_other_ends_are_made_anew(self):
        third = make_claim()
        confirmed(self.other, third)

        def version():
            return Thread.objects.get(pk=third.pk).version, Claim.objects.get(
                pk=third.pk
            ).essay.version

        for deed in (self.merge, self.part):
            before = version()
            deed()
            assert all(new > old for new, old in zip(version(), before, strict=True))


class ChainTests(PartingCase):
    def setUp(self):
        self.third = make_claim(self.essay)
        self.answered(self.other)
        self.merge()
        self.before = all_of([self.one, self.other])
        self.merge(self.fresh(self.one), self.fresh(self.third))

    def test_parted_last_first_every_address_leads_where_it_did(self):
        self.part(self.one)
        assert self.other.merged_into == self.one
        assert all_of([self.one, self.other]) == self.before
        self.part(self.other)
        assert self.other.merged_into is None
        assert Counterpoint.objects.get().claim == self.other

    def test_what_was_merged_first_is_not_parted_first(self):
        with self.assertRaisesMessage(
            Refused, "Claim 1 has become part of claim 3 itself: part those two first."
        ):
            self.part(self.other)

    def test_parted_and_merged_again_it_is_parted_again(self):
        self.part(self.one)
        before = all_of([self.one, self.other])
        self.merge(self.fresh(self.one), self.fresh(self.third))
        self.part(self.one)
        assert all_of([self.one, self.other]) == before
        assert Merger.objects.filter(parted_at=None).count() == 1


class RefusalTests(PartingCase):
    def test_only_by_moderators_who_marked_neither(self):
        self.merge()
        self.assert_refused("Only moderators", make_user())
        for claim in (self.one, self.other):
            author = claim.opening.author
            author.is_moderator = True
            self.assert_refused("another moderator", author)

    def test_only_by_those_who_may_write(self):
        self.merge()
        late = timezone.now() + timedelta(days=2)
        self.assert_refused("suspended", make_moderator(suspended_until=late))

    def test_not_twice(self):
        self.merge()
        self.part()
        self.assert_refused("parted already")

    def test_not_while_its_statement_is_down(self):
        self.merge()
        opening = Post.objects.get(pk=self.other.opening_id)
        actions.set_status(post=opening, status=PostStatus.HIDDEN)
        self.assert_refused("statement of claim 2 was taken down")
        actions.set_status(post=Post.objects.get(pk=opening.pk), status=PostStatus.VISIBLE)
        self.part()
        self.essay.refresh_from_db()
        assert self.essay.claim_count == 2

    def test_the_claim_that_stays_may_be_down(self):
        self.merge()
        opening = Post.objects.get(pk=self.one.opening_id)
        actions.set_status(post=opening, status=PostStatus.HIDDEN)
        self.part()
        self.essay.refresh_from_db()
        assert self.essay.claim_count == 1

    def test_not_what_was_merged_before_it_was_written_down(self):
        self.merge()
        Merger.objects.all().delete()
        assert merger_of(self.other) is None

    def assert_refused(self, words, by=None):
        with self.assertRaisesRegex(Refused, words):
            self.part(by=by)


class PartedTreesTests(StoredAsComputed, PropertyCase):
    """Whatever two debates there are, and whatever is said while they are one."""

    step = st.tuples(
        st.integers(0, 1), st.integers(-1, 5), st.sampled_from(
            ["rebuts", "undercuts", "supports", "concedes"]
        ), st.integers(0, 3), st.integers(0, 3), st.sampled_from([0, 0, 0, 1, 2]),
    )  # fmt: skip

    @settings(max_examples=20, deadline=None)
    @given(st.lists(step, max_size=8), st.lists(step, max_size=4), st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 3), st.sampled_from(["agree", "disagree"])),
        max_size=5,
    ))  # fmt: skip
    def test_parted_they_are_as_before_with_what_was_answered_under_its_branch(
        self, steps, later, stances
    ):
        essay, self.editor = make_essay(), make_editor()
        claims = [make_claim(essay), make_claim(essay, "It was cheap")]
        self.known = [[], []]
        self.say(claims, steps)
        people = [make_user() for _ in range(4)]
        for side, who, stand in stances:
            take_stance(member=people[who], claim=claims[side], side=stand)
        if stances:
            confirmed(*claims)
        before = all_of(claims)
        tops = Post.objects.filter(thread=claims[1].pk, depth=1)
        come = set(tops.values_list("pk", flat=True))
        into = merge_claims(by=make_moderator(), claim=claims[1], into=claims[0])
        part_claims(by=make_moderator(), merger=merger_of(claims[1]))
        assert all_of(claims) == before

        merge_claims(by=make_moderator(), claim=claims[1], into=claims[0])
        self.known = [[*self.known[0], *self.known[1]], []]
        self.say([into], [(0, *step[1:]) for step in later])
        part_claims(by=make_moderator(), merger=merger_of(claims[1]))
        for claim in claims:
            self.assert_as_computed_whole(claim)
        assert come == set(tops.values_list("pk", flat=True))
        for one in Counterpoint.objects.select_related("post", "target__post"):
            assert one.claim_id == one.post.thread_id
            assert (one.post.branch_id in come) == (one.claim_id == claims[1].pk)
            if one.target is not None:
                assert one.post.path.startswith(one.target.post.path)

    def say(self, claims, steps):
        for side, target, relation, up, down, deed in steps:
            known = self.known[side]
            on = known[target % len(known)] if target >= 0 and known else None
            claim = Claim.objects.select_related("opening", "essay", "thread").get(
                pk=claims[side].pk
            )
            if on is not None:
                on = Counterpoint.objects.select_related("post__thread__essay").get(pk=on.pk)
            made = make_counterpoint(
                claim, relation, target=on, as_author=deed == 1,
                author=self.editor if deed == 1 else None,
            )  # fmt: skip
            Post.objects.filter(pk=made.pk).update(up=up, down=down)
            made.post.refresh_from_db()
            actions.weigh(made, actions.Cause.VOTED, now=timezone.now())
            if deed == 2:
                actions.set_status(post=made.post, status=PostStatus.HIDDEN)
            else:
                known.append(made)
