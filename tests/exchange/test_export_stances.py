"""What an export tells of stances, camps and changed minds: sums alone, from five people up."""

from django.test import TestCase

from forum.counterpoints import actions as counterpoints
from forum.counterpoints.stances import credit, take_stance
from forum.exchange.records import schema
from forum.exchange.snapshot import public_essays, read_snapshot
from forum.posts.statuses import PostStatus
from tests.exchange.exports import SITE, records, write
from tests.factories import make_claim, make_counterpoint, make_user

CAMPS = ("agree_up", "agree_down", "disagree_up", "disagree_down")


class StanceExportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.one = make_counterpoint(cls.claim)

    def stand(self, side, number, is_up=True):
        people = [make_user(f"secret_{side}_{place}") for place in range(number)]
        for person in people:
            take_stance(member=person, claim=self.claim, side=side)
            counterpoints.vote(voter=person, counterpoint=self.one, is_up=is_up)
        return people

    def told(self):
        snapshot = read_snapshot(public_essays(), site=SITE)
        claim, one = snapshot.claims[0], snapshot.counterpoints[0]
        sides = (claim.agree, claim.disagree, claim.unsure)
        return sides, tuple(getattr(one, name) for name in CAMPS), one.both_sides, one.minds

    def test_of_fewer_than_five_nothing_is_told(self):
        for person in self.stand("agree", 4):
            credit(member=person, counterpoint=self.one, before="unsure", after="agree")
        self.assertEqual(self.told(), ((None,) * 3, (None,) * 4, None, None))

    def test_each_camp_is_told_once_it_is_large_enough_for_itself(self):
        self.stand("agree", 5)
        self.stand("disagree", 4, is_up=False)
        self.assertEqual(self.told(), ((5, 4, 0), (5, 0, None, None), None, None))
        self.one.refresh_from_db()
        person = make_user()
        take_stance(member=person, claim=self.claim, side="disagree")
        counterpoints.vote(voter=person, counterpoint=self.one, is_up=True)
        self.one.refresh_from_db()
        self.assertIsNotNone(self.one.both_sides)
        self.assertEqual(self.told(), ((5, 5, 0), (5, 0, 1, 4), self.one.both_sides, None))

    def test_minds_are_told_from_five_up_and_the_same_bytes_come_again(self):
        for person in self.stand("agree", 5):
            credit(member=person, counterpoint=self.one, before="agree", after="unsure")
        self.assertEqual(self.told()[0], (0, 0, 5))
        self.assertEqual(self.told()[3], 5)
        for name in ("jsonl", "csv", "graphml", "archive"):
            self.assertEqual(write(name), write(name), name)

    def test_nobody_is_named_and_no_row_tells_of_one_person(self):
        self.stand("agree", 6)
        self.stand("disagree", 6)
        for name in ("jsonl", "csv", "graphml", "jsonld", "aif", "argdown"):
            self.assertNotIn(b"secret_", write(name, named=True), name)
        kinds = set(records(write("jsonl")))
        self.assertFalse({kind for kind in kinds if "stance" in kind or "vote" in kind})

    def test_what_was_taken_down_tells_none_of_it(self):
        self.stand("agree", 6)
        counterpoints.set_status(post=self.one.post, status=PostStatus.HIDDEN)
        self.assertEqual(self.told(), ((6, 0, 0), (None,) * 4, None, None))
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        claim = read_snapshot(public_essays(), site=SITE).claims[0]
        self.assertEqual((claim.agree, claim.disagree, claim.unsure), (None, None, None))

    def test_the_schema_says_what_each_field_means(self):
        tables = schema()
        for table, names in (
            ("claim", ("agree", "disagree", "unsure")),
            ("counterpoint", (*CAMPS, "both_sides", "minds")),
        ):
            described = {each["name"]: each["description"] for each in tables[table]}
            for name in names:
                self.assertTrue(described[name], name)
