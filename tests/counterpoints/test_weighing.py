"""The stored standing is that of the whole tree, however it came about."""

import random

from django.test import TestCase
from django.utils import timezone

from forum.counterpoints import actions, standing
from forum.counterpoints.models import Claim, Counterpoint
from forum.counterpoints.standing_tree import Node, Tree, compute
from forum.counterpoints.weighing import weigh
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


class StoredStandingTests(TestCase):
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
                weigh(answer, now=timezone.now())


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
