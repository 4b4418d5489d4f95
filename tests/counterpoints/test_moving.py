"""A branch of a claim's debate goes elsewhere: nothing of it is lost, both claims are weighed anew,
and taken back it is as it was.
"""

from collections import Counter
from uuid import uuid4

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from forum.counterpoints import actions, moving
from forum.counterpoints.foreseeing import labels_after
from forum.counterpoints.models import Claim, Counterpoint, LabelChange
from forum.counterpoints.stances import take_stance
from forum.lib.verdict import Refused
from forum.posts import paths
from forum.posts.models import Draft, Post, Thread
from forum.posts.placing import MOVED
from forum.posts.reading import read_thread
from forum.posts.statuses import PostStatus
from forum.search.filters import Filters
from forum.search.index import find
from forum.search.query import parse
from tests.counterpoints.test_weighing import StoredAsComputed
from tests.factories import cast_votes, make_claim, make_counterpoint, make_essay, make_user

URL = "/moderation/log/?upto=9#decision-9"
RELATIONS = ["rebuts", "undercuts", "supports", "concedes"]


def whole_of(claims):
    """Every place, number and weight in these debates, but for numbers that never fall. Of lines
    that lead to what was moved, one that a move back took away does not come again when undone.
    """
    posts = Post.objects.filter(thread__in=[claim.pk for claim in claims]).order_by("pk")
    columns = (
        "pk", "thread", "parent", "branch", "path", "depth", "place_in_branch", "branch_count",
        "status", "moved_url", "counterpoint__claim", "counterpoint__target",
        "counterpoint__target_speaker", "counterpoint__is_open", "counterpoint__is_conceded",
        "counterpoint__is_answered", "counterpoint__effect", "counterpoint__rank",
    )  # fmt: skip
    told = ("label", "decided_by", "strength", *RELATIONS)
    stood = Claim.objects.filter(pk__in=[claim.pk for claim in claims]).order_by("pk")
    threads = Thread.objects.filter(pk__in=[claim.pk for claim in claims]).order_by("pk")
    counts = ("post_count", "last_post_at")
    return [
        list(posts.values_list(*columns)), list(stood.values_list(*told)),
        list(threads.values_list(*counts)),
        list(threads.values_list("essay__counterpoint_count", "essay__open_count")),
    ]  # fmt: skip


def move(one, claim, answered=None):
    return moving.move_branch(
        top=Post.objects.get(pk=one.pk), thread=Thread.objects.get(pk=claim.pk),
        parent=Post.objects.get(pk=answered.pk) if answered else None, url=URL, now=timezone.now(),
    )  # fmt: skip


def move_back(one, origin):
    parent = Post.objects.filter(pk=origin.parent).first()
    top = Post.objects.get(pk=one.pk)
    moving.move_back(top=top, origin=origin, parent=parent, now=timezone.now())


class MovingCase(StoredAsComputed, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.here = make_claim(cls.essay, statement="Nobody knew why.")
        cls.there = make_claim(cls.essay, "It was cheap", statement="It was cheap.")
        cls.first = make_counterpoint(cls.here)
        cls.reply = make_counterpoint(cls.here, "supports", target=cls.first)
        cls.below = make_counterpoint(cls.here, "undercuts", target=cls.reply)
        cls.beside = make_counterpoint(cls.here, "concedes", target=cls.first)
        make_counterpoint(cls.there)

    def place(self, one):
        post = Post.objects.get(pk=one.pk)
        counterpoint = Counterpoint.objects.get(pk=one.pk)
        self.assertEqual(counterpoint.claim_id, post.thread_id)
        self.assertEqual(counterpoint.target_id, post.parent_id)
        return post.thread_id, post.path, post.depth, post.branch_id, post.place_in_branch


class PlaceTests(MovingCase):
    def test_it_answers_the_other_claim_with_all_that_answers_it(self):
        move(self.reply, self.there)
        there, top = self.there.pk, self.reply.pk
        self.assertEqual(self.place(self.reply), (there, "0002", 1, top, 1))
        self.assertEqual(self.place(self.below), (there, "00020001", 2, top, 2))
        self.assertEqual(Post.objects.get(pk=top).branch_count, 2)

    def test_what_stays_keeps_its_place_and_is_numbered_without_gaps(self):
        move(self.reply, self.there)
        here, top = self.here.pk, self.first.pk
        self.assertEqual(self.place(self.first), (here, "0001", 1, top, 1))
        self.assertEqual(self.place(self.beside), (here, "00010002", 2, top, 2))
        self.assertEqual(Post.objects.get(pk=top).branch_count, 2)

    def test_it_answers_another_counterpoint_after_all_that_was_written_there(self):
        other = self.there.counterpoints.get()
        make_counterpoint(self.there, target=other)
        move(self.first, self.there, other)
        there, top = self.there.pk, other.pk
        self.assertEqual(self.place(self.first), (there, "00010002", 2, top, 3))
        self.assertEqual(self.place(self.below), (there, "0001000200010001", 4, top, 5))
        self.assertEqual(Post.objects.get(pk=top).branch_count, 6)
        self.assertEqual(Post.objects.get(pk=self.first.pk).branch_count, 1)

    def test_a_branch_of_its_own_in_the_same_debate(self):
        move(self.reply, self.here)
        self.assertEqual(self.place(self.reply), (self.here.pk, "0002", 1, self.reply.pk, 1))
        self.assert_as_computed_whole(self.here)

    def test_the_next_answer_gets_a_place_that_nobody_ever_had(self):
        move(self.reply, self.there)
        first = Counterpoint.objects.select_related("post").get(pk=self.first.pk)
        added = make_counterpoint(Claim.objects.get(pk=self.here.pk), target=first)
        self.assertEqual(added.post.path, "00010003")
        self.assertEqual(added.post.place_in_branch, 3)

    def test_totals_go_over_what_is_hidden_or_held_counting_as_before(self):
        hidden = make_counterpoint(self.here, target=self.below)
        actions.set_status(post=hidden.post, status=PostStatus.HIDDEN)
        move(self.reply, self.there)
        self.here.refresh_from_db()
        self.there.refresh_from_db()
        self.assertEqual([getattr(self.here, name) for name in RELATIONS], [1, 0, 0, 1])
        self.assertEqual([getattr(self.there, name) for name in RELATIONS], [1, 1, 1, 0])
        counts = Thread.objects.order_by("pk").values_list("post_count", flat=True)
        self.assertEqual(list(counts), [2, 4])

    def test_to_another_essay_its_totals_go_along(self):
        far = make_claim(make_essay())
        move(self.reply, far)
        self.essay.refresh_from_db()
        far.essay.refresh_from_db()
        self.assertEqual(
            (self.essay.counterpoint_count, far.essay.counterpoint_count), (3, 2)
        )  # fmt: skip
        self.assert_as_computed_whole(far)

    def test_a_branch_in_itself_or_too_deep_is_refused(self):
        with self.assertRaisesMessage(Refused, "not moved into itself"):
            move(self.first, self.here, self.below)
        deep = self.there.counterpoints.get()
        for _ in range(paths.MAX_DEPTH - 2):
            deep = make_counterpoint(self.there, target=deep)
        with self.assertRaisesMessage(Refused, "deeper there than a thread gets"):
            move(self.reply, self.there, deep)
        move(self.below, self.there, deep)
        self.assertEqual(Post.objects.get(pk=self.below.pk).depth, paths.MAX_DEPTH)


class SignTests(MovingCase):
    def test_what_it_answered_says_where_it_stands_now_and_it_says_why(self):
        move(self.reply, self.there)
        self.assertIn(f"/posts/{self.reply.pk}/", self.first_card())
        self.assertIn(URL, Post.objects.get(pk=self.reply.pk).card_html)

    def first_card(self):
        return Post.objects.get(pk=self.first.pk).card_html.replace("&amp;", "&")

    def test_moved_back_it_leaves_no_line(self):
        move(self.reply, self.there)
        move(self.reply, self.here, self.first)
        self.assertNotIn(f"/posts/{self.reply.pk}/", self.first_card())
        self.assertIsNone(Post.objects.get(pk=self.first.pk).moved_away)

    def test_a_claim_that_lost_a_whole_branch_says_so(self):
        move(self.first, self.there)
        page = self.client.get(self.here.get_absolute_url())
        self.assertContains(page, "A branch was moved from here")
        move(self.first, self.here)
        self.assertNotContains(self.client.get(self.here.get_absolute_url()), "was moved from here")


class StandingTests(MovingCase):
    def test_both_claims_are_weighed_and_their_history_says_why(self):
        cast_votes(self.first.post, up=9)
        move(self.first, self.there)
        for claim, label in ((self.here, "unchallenged"), (self.there, "unanswered")):
            self.assert_as_computed_whole(claim)
            self.assertEqual(claim.label, label)
            change = LabelChange.objects.filter(claim=claim).last()
            self.assertEqual((change.cause, change.moved_by_id), ("moved", self.first.pk))
            self.assertContains(self.client.get(claim.get_absolute_url()), "with its branch")

    def test_a_concession_counts_only_of_what_it_answers_now(self):
        author = make_user()
        base = make_counterpoint(self.there, "supports", author=author)
        attack = make_counterpoint(self.there, target=base)
        make_counterpoint(self.there, "concedes", target=attack, author=author)
        self.assertTrue(Counterpoint.objects.get(pk=attack.pk).is_conceded)
        move(attack, self.here)
        self.assertFalse(Counterpoint.objects.get(pk=attack.pk).is_conceded)
        self.assert_as_computed_whole(self.here)
        self.assert_as_computed_whole(self.there)

    def test_what_both_camps_make_of_it_is_counted_by_the_stances_on_its_new_claim(self):
        voter = make_user()
        take_stance(member=voter, claim=self.here, side="agree")
        take_stance(member=voter, claim=self.there, side="disagree")
        first = Counterpoint.objects.select_related("post").get(pk=self.first.pk)
        actions.vote(voter=voter, counterpoint=first, is_up=True)
        move(self.first, self.there)
        first.refresh_from_db()
        self.assertEqual((first.agree_up, first.disagree_up), (0, 1))

    def test_what_it_will_come_to_is_foreseen(self):
        cast_votes(self.first.post, up=9)
        told = labels_after(Post.objects.get(pk=self.first.pk), self.there.pk, None)
        self.assertEqual(told, {self.here.pk: "unchallenged", self.there.pk: "unanswered"})


class MeanwhileTests(MovingCase):
    """Whoever read it where it was does nothing to it where it is."""

    def setUp(self):
        self.stale = Counterpoint.objects.select_related(
            "post__thread__essay", "post__author", "claim__thread", "claim__opening"
        ).get(pk=self.reply.pk)
        move(self.reply, self.there)

    def refused(self, deed, **terms):
        with self.assertRaisesMessage(Refused, str(MOVED)):
            deed(**terms)

    def test_no_answer_no_vote_no_withdrawal_and_no_decision_goes_astray(self):
        one = self.stale
        self.refused(
            actions.answer, author=make_user(), claim=one.claim, target=one, relation="rebuts",
            restatement="", source="No.",
        )  # fmt: skip
        self.refused(actions.vote, voter=make_user(), counterpoint=one, is_up=True)
        self.refused(actions.withdraw, by=one.post.author, post=one.post)
        self.refused(actions.set_status, post=one.post, status=PostStatus.HIDDEN)
        self.refused(
            moving.move_branch, top=one.post, thread=self.here.thread, parent=None, url=URL,
            now=timezone.now(),
        )  # fmt: skip
        self.assert_as_computed_whole(self.here)
        self.assert_as_computed_whole(self.there)


class AroundTests(MovingCase):
    def test_its_address_leads_to_where_it_is_and_the_search_finds_it_there(self):
        source = "Buckwheat is no oats."
        moved = make_counterpoint(self.here, target=self.first, source=source)
        move(self.first, self.there)
        answer = self.client.get(moved.get_absolute_url())
        self.assertIn(self.there.get_absolute_url(), answer["Location"])
        self.assertContains(self.client.get(answer["Location"]), source)
        actions.set_status(post=self.here.opening, status=PostStatus.HIDDEN)
        found = [match.post_id for match in find(None, parse("buckwheat"), Filters()).matches]
        self.assertEqual(found, [moved.pk])

    def test_an_answer_begun_to_it_goes_on_where_it_is(self):
        fields = {"author": make_user(), "url": "/", "about": "An answer"}
        moment = {"begun_at": timezone.now(), "kept_at": timezone.now()}
        kept = [
            Draft.objects.create(
                place=f"answer:{self.here.pk}:{one.pk}", form_key=f"{one.pk:032x}",
                **fields, **moment,
            )
            for one in (self.below, self.first)
        ]  # fmt: skip
        move(self.reply, self.there)
        places = [Draft.objects.get(pk=each.pk).place for each in kept]
        self.assertEqual(places[0], f"answer:{self.there.pk}:{self.below.pk}")
        self.assertEqual(places[1], f"answer:{self.here.pk}:{self.first.pk}")

    def test_one_begun_here_and_there_under_one_key_stays_two(self):
        fields = {"author": make_user(), "url": "/", "about": "An answer", "form_key": uuid4()}
        moment = {"begun_at": timezone.now(), "kept_at": timezone.now()}
        places = [f"answer:{claim.pk}:{self.below.pk}" for claim in (self.here, self.there)]
        for place in places:
            Draft.objects.create(place=place, **fields, **moment)
        move(self.reply, self.there)
        kept = Draft.objects.filter(author=fields["author"])
        self.assertEqual([each.place for each in kept], [places[1]] * 2)

    def test_kept_pages_of_both_show_it_at_once(self):
        for claim in (self.here, self.there):
            self.client.get(claim.get_absolute_url())
        move(self.first, self.there)
        card = f'id="post-{self.below.pk}"'
        self.assertNotContains(self.client.get(self.here.get_absolute_url()), card)
        self.assertContains(self.client.get(self.there.get_absolute_url()), card)

    def test_statements_do_not_grow_with_what_is_moved(self):
        counts = []
        for size in (1, 12):
            top = make_counterpoint(self.here)
            for _ in range(size):
                make_counterpoint(self.here, target=make_counterpoint(self.here, target=top))
            with CaptureQueriesContext(connection) as queries:
                move(top, self.there)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


class MovedTreesTests(StoredAsComputed, PropertyCase):
    """Whatever debates there are, and wherever branches go."""

    step = st.tuples(
        st.integers(0, 1), st.integers(-1, 6), st.sampled_from(RELATIONS), st.integers(0, 3),
        st.integers(0, 3), st.booleans(),
    )  # fmt: skip
    leap = st.tuples(st.integers(0, 30), st.integers(0, 1), st.integers(-1, 30))

    def debates(self, steps):
        essay, people = make_essay(), [make_user() for _ in range(2)]
        claims = [make_claim(essay), make_claim(essay, "It was cheap")]
        known = [[], []]
        for number, (side, target, relation, up, down, hides) in enumerate(steps):
            on = known[side][target % len(known[side])] if target >= 0 and known[side] else None
            author = people[number % 2]
            made = make_counterpoint(claims[side], relation, target=on, author=author)
            Post.objects.filter(pk=made.pk).update(up=up, down=down)
            made.post.refresh_from_db()
            actions.weigh(made, actions.Cause.VOTED, now=timezone.now())
            if hides:
                actions.set_status(post=made.post, status=PostStatus.HIDDEN)
            else:
                known[side].append(made)
        return claims, [one for side in known for one in side]

    def assert_sound(self, claims):
        for claim in claims:
            self.assert_as_computed_whole(claim)
            rows = Post.objects.filter(thread=claim.pk, depth__gt=0)
            for post in rows.select_related("parent"):
                above = post.parent.path if post.parent else ""
                self.assertEqual(post.path[: -paths.STEP_WIDTH], above)
                self.assertEqual(paths.depth(post.path), post.depth)
            places = rows.order_by("branch", "place_in_branch").values_list(
                "branch", "place_in_branch"
            )
            sizes = Counter(branch for branch, _ in places)
            dense = [(pk, place) for pk in sorted(sizes) for place in range(1, sizes[pk] + 1)]
            self.assertEqual(list(places), dense)
            tops = rows.filter(depth=1).values_list("pk", "branch_count")
            self.assertEqual(dict(tops), dict(sizes))
            read_thread(Thread.objects.get(pk=claim.pk))

    @settings(max_examples=8)
    @given(st.lists(step, min_size=2, max_size=9), st.lists(leap, min_size=1, max_size=3))
    def test_any_moves_leave_both_trees_whole_and_weighed_and_are_taken_back_exactly(
        self, steps, leaps
    ):
        claims, known = self.debates(steps)
        done = []
        for which, side, answered in leaps if known else ():
            one = known[which % len(known)]
            on = known[answered % len(known)] if answered >= 0 else None
            claim = Counterpoint.objects.get(pk=on.pk).claim if on else claims[side]
            before = whole_of(claims)
            top = Post.objects.get(pk=one.pk)
            try:
                told = labels_after(top, claim.pk, on.pk if on else None)
                origin = move(one, claim, on)
            except (Refused, KeyError):
                # A branch in itself.
                self.assertEqual(whole_of(claims), before)
                continue
            done.append((one, origin, before))
            self.assert_sound(claims)
            for pk, label in told.items():
                self.assertEqual(Claim.objects.get(pk=pk).label, label)
        for one, origin, before in reversed(done):
            move_back(one, origin)
            self.assertEqual(whole_of(claims), before)
