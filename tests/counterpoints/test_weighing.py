"""The stored standing is that of the whole tree, however it came about."""

import random

from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import actions, standing
from forum.counterpoints.models import Cause, Claim, Counterpoint
from forum.counterpoints.standing_tree import Node, Tree, compute
from forum.counterpoints.weighing import weigh
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import cast_votes, make_claim, make_counterpoint, make_editor, make_user

KINDS = ["rebuts", "undercuts", "supports", "concedes"]


def whole_tree(claim: Claim) -> dict:
    """Every value of the claim's tree, by the rule for whole trees."""
    nodes = [Node(id="claim", kind="claim", parent=None, author=0, up=0, down=0, hidden=False)]
    for one in claim.counterpoints.select_related("post").order_by("pk"):
        nodes.append(
            Node(
                id=one.pk, kind=one.relation, parent=one.target_id or "claim",
                author=one.speaker, up=one.post.up, down=one.post.down,
                hidden=one.post.status != PostStatus.VISIBLE,
            )
        )  # fmt: skip
    return compute(Tree(nodes), number=float)


class StoredAsComputed:
    def assert_as_computed_whole(self, claim):
        claim.refresh_from_db()
        values = whole_tree(claim)
        told = values["claim"]
        self.assertAlmostEqual(claim.strength, told.strength, places=9)
        self.assertEqual((claim.label, claim.decided_by_id), (told.label, told.decided_by))
        for one in claim.counterpoints.all():
            if one.pk in values:
                self.assertAlmostEqual(one.strength, values[one.pk].strength, places=9)
                self.assertAlmostEqual(one.link, values[one.pk].link, places=9)
                self.assertAlmostEqual(one.effect, values[one.pk].effect, places=9)


class StoredStandingTests(StoredAsComputed, TestCase):
    def test_it_equals_the_whole_computation_after_every_change(self):
        editor = make_editor()
        people = [make_user() for _ in range(3)]
        for seed in range(6):
            dice = random.Random(seed)
            claim = make_claim()
            known = []
            for _ in range(25):
                target = dice.choice([None, *known]) if known else None
                deed = dice.random()
                if deed < 0.6 or not known:
                    visible = target is None or target.post.status == PostStatus.VISIBLE
                    if not visible:
                        continue
                    speaks = dice.random() < 0.3
                    known.append(
                        make_counterpoint(
                            claim, dice.choice(KINDS), target=target, as_author=speaks,
                            author=editor if speaks else dice.choice(people),
                        )
                    )  # fmt: skip
                elif deed < 0.8:
                    one = dice.choice(known)
                    if one.post.status == PostStatus.VISIBLE:
                        cast_votes(one.post, up=dice.randrange(4), down=dice.randrange(4))
                else:
                    one = dice.choice(known)
                    there = one.post.status == PostStatus.VISIBLE
                    status = PostStatus.HIDDEN if there else PostStatus.VISIBLE
                    one.post = actions.set_status(post=one.post, status=status)
                for one in known:
                    one.refresh_from_db()
                    one.post.refresh_from_db()
                self.assert_as_computed_whole(claim)

    def test_twelve_copies_of_an_objection_weigh_as_one(self):
        claim = make_claim()
        make_counterpoint(claim, "rebuts")
        claim.refresh_from_db()
        after_one = (claim.strength, claim.label, claim.decided_by_id)
        for _ in range(11):
            make_counterpoint(claim, "rebuts")
        claim.refresh_from_db()
        self.assertEqual((claim.strength, claim.label, claim.decided_by_id), after_one)

    def test_statements_do_not_grow_with_the_tree(self):
        claim = make_claim()
        first = make_counterpoint(claim, "rebuts")
        for size in (1, 20):
            for _ in range(size):
                make_counterpoint(claim, "rebuts", target=first)
                make_counterpoint(claim, "undercuts")
            answer = make_counterpoint(claim, "rebuts", target=first)
            answer = Counterpoint.objects.select_related("post").get(pk=answer.pk)
            with self.subTest(size=size), self.assertNumQueries(5):
                weigh(answer, Cause.VOTED, now=timezone.now())


# Votes of an objection, votes of a reply to it, the reply's relation. By the first four the effect
# is a third, of which floats make two; only the third of them is answered. The last outweighs all.
THIRD = ((1, 1), None, None)
THIRD_ROUNDED_UP = ((0, 1), (0, 2), "supports")
THIRD_ANSWERED = ((2, 0), (1, 1), "rebuts")
THIRD_HARDLY_ANSWERED = ((1, 0), (0, 2), "rebuts")
STRONGER_ANSWERED = ((9, 0), (0, 0), "rebuts")
SHAPES = (THIRD, THIRD_ROUNDED_UP, THIRD_ANSWERED, THIRD_HARDLY_ANSWERED, STRONGER_ANSWERED)


class TieTests(StoredAsComputed, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = [make_user() for _ in range(3)]

    def with_votes(self, one, votes):
        """Weighed with so many votes, up and down, without as many members."""
        up, down = votes
        Post.objects.filter(pk=one.pk).update(up=up, down=down)
        weigh(
            Counterpoint.objects.select_related("post").get(pk=one.pk),
            Cause.VOTED,
            now=timezone.now(),
        )
        return one

    def object_to(self, claim, shape):
        votes, reply_votes, relation = shape
        first, second, _ = self.people
        one = self.with_votes(make_counterpoint(claim, "rebuts", author=first), votes)
        if relation:
            reply = make_counterpoint(claim, relation, target=one, author=second)
            self.with_votes(reply, reply_votes)
        return one

    def assert_oldest_decides(self, *shapes, deciding):
        claim = make_claim()
        made = [self.object_to(claim, shape) for shape in shapes]
        claim.refresh_from_db()
        self.assertEqual(claim.decided_by, made[deciding])
        self.assert_as_computed_whole(claim)
        return [Counterpoint.objects.get(pk=one.pk).effect for one in made]

    def test_the_oldest_of_equals_decides_though_rounding_made_it_the_weaker(self):
        older, newer = self.assert_oldest_decides(THIRD, THIRD_ROUNDED_UP, deciding=0)
        self.assertLess(older, newer)
        self.assert_oldest_decides(THIRD_ROUNDED_UP, THIRD, deciding=0)

    def test_so_it_does_among_the_unanswered_beside_a_stronger_one(self):
        self.assert_oldest_decides(STRONGER_ANSWERED, THIRD, THIRD_ROUNDED_UP, deciding=1)
        self.assert_oldest_decides(THIRD_ANSWERED, THIRD, THIRD_ROUNDED_UP, deciding=1)

    def test_trees_full_of_ties_are_labelled_as_the_whole_computation_labels_them(self):
        for seed in range(10):
            dice = random.Random(seed)
            claim = make_claim()
            made = []
            for _ in range(6):
                made.append(self.object_to(claim, dice.choice(SHAPES)))
                self.assert_as_computed_whole(claim)
            for one in dice.choices(made, k=4):
                one.refresh_from_db()
                there = one.post.status == PostStatus.VISIBLE
                status = PostStatus.HIDDEN if there else PostStatus.VISIBLE
                one.post = actions.set_status(post=one.post, status=status)
                self.assert_as_computed_whole(claim)
            for one in dice.sample(made, 2):
                self.with_votes(one, dice.choice(SHAPES)[0])
                self.assert_as_computed_whole(claim)


class LabelTests(TestCase):
    def label_of(self, claim):
        claim.refresh_from_db()
        return claim.label

    def test_a_claim_without_counterpoints_is_unchallenged(self):
        self.assertEqual(make_claim().label, "unchallenged")

    def test_an_objection_waits_then_an_answer_lets_the_claim_stand(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "rebuts")
        self.assertEqual(self.label_of(claim), "unanswered")
        self.assertEqual(claim.decided_by, objection)
        make_counterpoint(claim, "rebuts", target=objection)
        self.assertEqual(self.label_of(claim), "stands")
        self.assertIsNone(claim.decided_by)

    def test_only_the_author_of_the_essay_concedes_a_claim(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "undercuts")
        make_counterpoint(claim, "concedes", target=objection, author=claim.opening.author)
        self.assertNotEqual(self.label_of(claim), "conceded")
        make_counterpoint(claim, "concedes", target=objection, author=make_editor(), as_author=True)
        self.assertEqual(self.label_of(claim), "conceded")
        self.assertEqual(claim.decided_by, objection)

    def test_a_withdrawn_objection_leaves_no_trace_in_the_label(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "rebuts")
        actions.withdraw(by=objection.post.author, post=objection.post)
        self.assertEqual(self.label_of(claim), "unchallenged")
        self.assertEqual(claim.strength, float(standing.base(0, 0, "claim")))

    def test_the_history_of_the_label_names_the_post_that_decided(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "rebuts")
        make_counterpoint(claim, "rebuts", target=objection)
        told = [(change.label, change.decided_by_id) for change in claim.label_changes.all()]
        self.assertEqual(
            told, [("unchallenged", None), ("unanswered", objection.pk), ("stands", None)]
        )
