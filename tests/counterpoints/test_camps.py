"""What convinces both sides: the rule by the worked examples, the columns by every change."""

import random

from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from forum.counterpoints import actions
from forum.counterpoints.camp_votes import recount_camps
from forum.counterpoints.camps import Camps, convinces_both, divided, told
from forum.counterpoints.models import Claim, Counterpoint, Side, Stance
from forum.counterpoints.stances import credit, forget_stances, take_stance
from forum.posts.models import Vote
from forum.posts.ranking import wilson
from tests.factories import make_claim, make_counterpoint, make_user

COLUMNS = (
    "agree_up", "agree_down", "disagree_up", "disagree_down", "both_sides", "overall", "rank",
    "minds",
)  # fmt: skip


class RuleTests(SimpleTestCase):
    def test_the_worked_example_six_who_agree_and_six_who_disagree(self):
        for agree, disagree, both in ((0, 6, 0.0), (5, 5, 0.575), (4, 4, 0.409), (5, 1, 0.051)):
            with self.subTest(agree=agree, disagree=disagree):
                camps = Camps(agree, 6 - agree, disagree, 6 - disagree)
                self.assertAlmostEqual(camps.both_sides, both, places=3)
                self.assertEqual(camps.rank(0.9), camps.both_sides)

    def test_it_is_the_lower_of_both_bounds_whichever_camp_it_is_of(self):
        self.assertEqual(Camps(8, 1, 3, 6).both_sides, wilson(3, 9))
        self.assertEqual(Camps(3, 6, 8, 1).both_sides, wilson(3, 9))

    def test_with_fewer_than_five_voters_in_a_camp_all_votes_count_as_one(self):
        for camps in (Camps(), Camps(9, 9, 4, 0), Camps(2, 2, 9, 9)):
            self.assertIsNone(camps.both_sides)
            self.assertEqual(camps.rank(0.7), 0.7)
        self.assertIsNotNone(Camps(5, 0, 0, 5).both_sides)

    def test_the_badge_needs_half_of_each_camp_at_the_least(self):
        self.assertTrue(convinces_both(Camps(5, 1, 5, 1).both_sides))
        self.assertFalse(convinces_both(Camps(4, 2, 6, 0).both_sides))
        self.assertFalse(convinces_both(Camps(4, 0, 4, 0).both_sides))

    def test_fewer_than_five_people_are_not_told_of(self):
        self.assertEqual([told(number) for number in (0, 4, 5)], [None, None, 5])
        self.assertEqual([divided(2, 2, 0), divided(2, 2, 1), divided(9, 0, 0)], [0, 2, 0])


def columns_of(claim):
    return {one.pk: [getattr(one, name) for name in COLUMNS] for one in claim.counterpoints.all()}


def computed(claim):
    """The same from the rows alone, by the plainest means."""
    sides = dict(Stance.objects.filter(claim=claim).values_list("member", "side"))
    found = {}
    for one in claim.counterpoints.select_related("post"):
        camps = {"agree": [0, 0], "disagree": [0, 0]}
        votes = Vote.objects.filter(post=one.pk).values_list("voter", "is_up")
        for voter, is_up in votes:
            if sides.get(voter) in camps:
                camps[sides[voter]][not is_up] += 1
        bounds = [wilson(up, up + down) for up, down in camps.values()]
        both = min(bounds) if min(map(sum, camps.values())) >= 5 else None
        up = sum(is_up for _, is_up in votes)
        overall = wilson(up, len(votes))
        rank = overall if both is None else both
        minds = one.changed_minds.count()
        found[one.pk] = [*camps["agree"], *camps["disagree"], both, overall, rank, minds]
    return found


def sides_of(claim):
    claim.refresh_from_db()
    return [claim.agree, claim.disagree, claim.unsure]


class StoredCampsTests(TestCase):
    def assert_as_computed(self, claim):
        self.assertEqual(columns_of(claim), computed(claim))
        sides = list(Stance.objects.filter(claim=claim).values_list("side", flat=True))
        self.assertEqual(sides_of(claim), [sides.count(side) for side in Side.values])
        self.assertEqual(claim.divided, divided(claim.agree, claim.disagree, claim.unsure))

    def test_the_columns_equal_a_recount_after_every_change(self):
        people = [make_user() for _ in range(16)]
        # Another debate, of the same people: nothing of it may be counted here.
        noise = make_counterpoint(make_claim())
        for person in people:
            take_stance(member=person, claim=noise.claim, side="agree")
            actions.vote(voter=person, counterpoint=noise, is_up=True)
        for seed in range(4):
            dice = random.Random(seed)
            claim = make_claim()
            known = [make_counterpoint(claim) for _ in range(2)]
            known.append(make_counterpoint(claim, target=known[0]))
            for _ in range(70):
                person, one = dice.choice(people), dice.choice(known)
                deed = dice.random()
                if deed < 0.6:
                    is_up = dice.choice([True, True, False, None])
                    actions.vote(voter=person, counterpoint=one, is_up=is_up)
                elif deed < 0.95:
                    side = dice.choice([*Side.values, "agree", "disagree", None])
                    take_stance(member=person, claim=claim, side=side)
                else:
                    before, after = dice.sample(Side.values, 2)
                    credit(member=person, counterpoint=one, before=before, after=after)
            self.assert_as_computed(claim)
            told_before = columns_of(claim)
            Counterpoint.objects.filter(claim=claim).update(
                agree_up=77, rank=0.1, both_sides=None, overall=0, minds=3
            )
            recount_camps(claim.pk)
            self.assertEqual(columns_of(claim), told_before)
            for person in people[:5]:
                forget_stances(member=person)
            self.assert_as_computed(claim)
        noise.refresh_from_db()
        self.assertEqual(noise.agree_up, 11)

    def test_enough_people_of_both_sides_make_a_rank_and_it_follows_who_goes_over(self):
        claim = make_claim()
        one = make_counterpoint(claim)
        camps = {side: [make_user() for _ in range(5)] for side in ("agree", "disagree")}
        for side, people in camps.items():
            for person in people:
                take_stance(member=person, claim=claim, side=side)
                actions.vote(voter=person, counterpoint=one, is_up=True)
        one.refresh_from_db()
        self.assertEqual(one.both_sides, wilson(5, 5))
        take_stance(member=camps["agree"][0], claim=claim, side="unsure")
        one.refresh_from_db()
        self.assertEqual((one.agree_up, one.both_sides, one.rank), (4, None, wilson(10, 10)))

    def test_a_stance_costs_the_same_in_a_small_debate_and_in_a_large_one(self):
        member = make_user()
        claim = make_claim()
        first = make_counterpoint(claim)
        actions.vote(voter=member, counterpoint=first, is_up=True)
        told = []
        for size in (1, 30):
            for _ in range(size):
                actions.vote(voter=make_user(), counterpoint=make_counterpoint(claim), is_up=True)
            for side in ("agree", "disagree"):
                with CaptureQueriesContext(connection) as queries:
                    take_stance(member=member, claim=claim, side=side)
            told.append(len(queries))
        self.assertEqual(told[0], told[1])

    def test_no_stance_and_no_change_of_mind_touches_the_standing(self):
        claim = make_claim()
        one = make_counterpoint(claim)
        standing = ("label", "decided_by_id", "strength", "label_since")
        before = Claim.objects.values_list(*standing).get(pk=claim.pk)
        for side in (*Side.values, None):
            take_stance(member=make_user(), claim=claim, side=side)
        credit(member=make_user(), counterpoint=one, before="agree", after="disagree")
        self.assertEqual(Claim.objects.values_list(*standing).get(pk=claim.pk), before)
