"""What an export tells, of whom, and what it leaves out."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from forum.accounts.models import User
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.merging import merge_claims
from forum.counterpoints.models import Claim
from forum.exchange.snapshot import public_essays, read_snapshot
from forum.posts.statuses import PostStatus
from tests.exchange.exports import SITE, records, write
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.revising import revise


def read(essays=None, **options):
    return read_snapshot(public_essays() if essays is None else essays, site=SITE, **options)


class SnapshotTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.first, cls.second = make_user("wren", display_name="Wren Oddfellow"), make_user("gimel")
        cls.claim = make_claim(cls.essay, author=cls.first)
        cls.objection = make_counterpoint(
            cls.claim, author=cls.second, source="The *saddlers* knew.", restatement="Nobody knew."
        )
        cls.answer = make_counterpoint(
            cls.claim, "undercuts", target=cls.objection, author=cls.first
        )

    def test_a_merged_claim_says_into_which_keeps_its_words_and_has_no_standing(self):
        stays = make_claim(self.essay, "It was cheap")
        merge_claims(by=make_moderator(), claim=self.claim, into=stays)
        told = {claim.id: claim for claim in read().claims}
        merged = told[self.claim.pk]
        self.assertEqual((merged.status, merged.merged_into), ("merged", stays.pk))
        self.assertEqual(merged.statement, self.claim.statement)
        self.assertEqual((merged.label, merged.strength, merged.decided_by), (None, None, None))
        self.assertFalse(merged.is_shown)
        self.assertIsNone(told[stays.pk].merged_into)
        self.assertEqual({each.claim for each in read().counterpoints}, {stays.pk})

    def test_it_costs_as_many_statements_for_one_claim_as_for_many(self):
        def statements():
            with CaptureQueriesContext(connection) as queries:
                read()
            return len(queries)

        few = statements()
        self.assertLessEqual(few, 7)
        for number in range(8):
            essay = make_essay(f"Another {number}")
            for words in ("Nobody knew why.", "It was cheap"):
                claim = make_claim(essay, words)
                make_counterpoint(claim, target=make_counterpoint(claim))
        self.assertEqual(statements(), few)

    def test_the_same_data_gives_the_same_bytes_and_a_vote_gives_others(self):
        for name in ("jsonl", "csv", "graphml", "jsonld", "aif", "archive"):
            with self.subTest(name):
                before = write(name)
                self.assertEqual(write(name), before)
                cast_votes(self.objection.post, up=1)
                self.assertNotEqual(write(name), before)
        self.assertEqual(write("argdown"), write("argdown"))

    def test_a_post_is_told_with_its_relation_its_votes_and_what_it_carries(self):
        cast_votes(self.objection.post, up=2, down=1)
        told = read().counterpoints[0]
        stored = self.claim.counterpoints.get(pk=self.objection.pk)
        self.assertEqual(told.text, "The saddlers knew.")
        self.assertEqual((told.up, told.down, told.target), (2, 1, None))
        self.assertEqual((told.restatement, told.relation), ("Nobody knew.", "rebuts"))
        for name in ("base", "strength", "link", "effect"):
            self.assertEqual(getattr(told, name), getattr(stored, name))
        self.assertEqual(read().counterpoints[1].target, self.objection.pk)

    def test_pseudonyms_follow_the_order_of_writing_and_no_name_is_told(self):
        snapshot = read()
        self.assertEqual([each.key for each in snapshot.authors], ["a1", "a2"])
        self.assertEqual(snapshot.claims[0].marked_by, "a1")
        self.assertEqual([each.author for each in snapshot.counterpoints], ["a2", "a1"])
        for name in ("jsonl", "csv", "graphml", "argdown", "jsonld", "aif"):
            for secret in (b"wren", b"Oddfellow", b"gimel", b"example.org"):
                self.assertNotIn(secret, write(name).replace(b"https://debate.example", b""))

    def test_names_are_the_public_ones_and_whoever_has_left_has_none(self):
        self.second.is_active = False
        self.second.save()
        named = {each.key: each.name for each in read(named=True).authors}
        left = f"left-{self.claim.pk}-1"
        self.assertEqual(named, {"a1": "Wren Oddfellow", left: None})
        self.assertNotIn(b"@example.org", write("jsonl", named=True))

    def test_what_somebody_wrote_who_has_left_is_tied_together_in_one_debate_and_no_further(self):
        other = make_claim(self.essay, "It was cheap", author=self.second)
        make_counterpoint(self.claim, "supports", author=self.second)
        make_counterpoint(other, author=self.second)
        make_counterpoint(other, author=self.first)
        User.objects.filter(pk=self.second.pk).update(is_active=False)
        snapshot = read()
        here, there = f"left-{self.claim.pk}-1", f"left-{other.pk}-1"
        told = [(each.claim, each.author) for each in snapshot.counterpoints]
        self.assertEqual(told, [
            (self.claim.pk, here), (self.claim.pk, "a1"), (self.claim.pk, here),
            (other.pk, there), (other.pk, "a1"),
        ])  # fmt: skip
        self.assertEqual(snapshot.claims[1].marked_by, there)
        self.assertEqual([each.key for each in snapshot.authors], ["a1", here, there])

    def test_each_item_says_its_licence_and_what_its_writer_agreed_to(self):
        counterpoints.set_status(post=self.objection.post, status=PostStatus.HIDDEN)
        found = records(write("jsonl"))
        head = found["export"][0]
        for each in (*found["essay"], *found["claim"], found["counterpoint"][1]):
            self.assertIn("rights remain", head["licences"][each["licence"]])
            self.assertIn("published it", head["consents"][each["consent"]])
        gone = found["counterpoint"][0]
        self.assertEqual((gone["licence"], gone["consent"]), (None, None))
        for name in ("graphml", "argdown", "jsonld", "aif"):
            with self.subTest(name):
                self.assertIn("published", write(name).decode())

    def test_whoever_speaks_for_the_essay_is_its_voice(self):
        editor = make_editor("edda")
        make_counterpoint(self.claim, "supports", author=editor, as_author=True)
        snapshot = read(named=True)
        self.assertEqual(snapshot.counterpoints[-1].author, "essayist")
        self.assertNotIn("edda", [each.name for each in snapshot.authors])

    def test_a_tombstone_keeps_the_tree_together_and_says_nothing(self):
        for status in (PostStatus.HELD, PostStatus.HIDDEN, PostStatus.REMOVED):
            counterpoints.set_status(post=self.objection.post, status=status)
            told = read().counterpoints
            self.assertEqual((told[0].status, told[0].relation), (status, "rebuts"))
            self.assertEqual(told[1].target, told[0].id)
            blank = ("author", "text", "restatement", "up", "down", "base", "strength", "effect")
            self.assertEqual({getattr(told[0], name) for name in blank}, {None})
        self.assertEqual([each.key for each in read().authors], ["a1"])

    def test_a_claim_whose_opening_was_taken_down_keeps_its_number_alone(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        snapshot = read()
        told = snapshot.claims[0]
        self.assertEqual((told.number, told.status), (1, "hidden"))
        self.assertEqual((told.statement, told.label, told.marked_by), (None, None, None))
        self.assertEqual((list(snapshot.counterpoints), list(snapshot.authors)), ([], []))

    def test_every_revision_and_every_place_of_a_passage_is_told(self):
        revise(self.essay, "Nobody knew why.", "Hardly anybody knew why.", tell=False)
        found = records(write("jsonl"))
        self.assertEqual([each["number"] for each in found["revision"]], [1, 2])
        places = {each["revision"]: each for each in found["place"]}
        texts = {each["number"]: each["text"] for each in found["revision"]}
        passage = found["passage"][0]
        start, end = places[1]["start"], places[1]["end"]
        self.assertEqual(texts[1][start:end], passage["exact"])
        self.assertEqual(set(places), {1, 2})
        self.assertIn(places[2]["state"], {"changed", "orphaned"})

    def test_one_essay_tells_nothing_of_another_and_no_draft_is_told(self):
        other = make_essay("Bread", slug="bread")
        make_claim(other, statement="Whispered.")
        draft = make_essay("Hushhush")
        make_claim(draft, statement="Hushhush.")
        draft.published_at = None
        draft.save()
        alone = write("jsonl", public_essays().filter(slug="the-collar"))
        self.assertNotIn(b"Whispered", alone)
        both = write("jsonl")
        self.assertIn(b"Whispered", both)
        self.assertNotIn(b"Hushhush", both)
        self.assertEqual(Claim.objects.count(), 3)
