"""Whatever two debates look like, merged and parted they are as before."""

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from forum.counterpoints import actions
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import (
    Claim,
    Counterpoint,
)
from forum.counterpoints.stances import take_stance
from forum.counterpoints.unmerging import merger_of, part_claims
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.counterpoints.parting import all_of
from tests.counterpoints.test_linking import confirmed
from tests.counterpoints.test_weighing import StoredAsComputed
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)


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
