from django.test import TestCase

from forum.counterpoints import actions
from forum.counterpoints.models import ESSAYIST, Counterpoint, Relation
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts import locking
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import (
    cast_votes,
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_user,
)


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist = make_user()
        cls.essay = make_essay(author=cls.essayist)
        cls.claim = make_claim(cls.essay)

    def totals(self):
        self.claim.refresh_from_db()
        self.essay.refresh_from_db()
        by_relation = {name: getattr(self.claim, name) for name in Relation.values}
        return by_relation, self.essay.counterpoint_count, self.essay.open_count

    def test_every_relation_has_its_own_total(self):
        for relation in Relation.values:
            make_counterpoint(self.claim, relation)
        make_counterpoint(self.claim, "rebuts")
        by_relation, whole, _ = self.totals()
        self.assertEqual(by_relation, {"rebuts": 2, "undercuts": 1, "supports": 1, "concedes": 1})
        self.assertEqual(whole, 5)

    def test_the_author_has_one_more(self):
        author = make_user()
        make_counterpoint(self.claim, author=author)
        author.refresh_from_db()
        self.assertEqual((author.counterpoint_count, author.post_count), (1, 1))

    def test_a_restatement_is_one_line(self):
        one = make_counterpoint(self.claim, restatement=" You say\n that  it is so. ")
        self.assertEqual(one.restatement, "You say that it is so.")

    def test_the_author_of_the_essay_always_speaks_for_it(self):
        one = make_counterpoint(self.claim, author=self.essayist)
        self.assertEqual((one.speaker, one.post.as_author), (ESSAYIST, True))

    def test_an_editor_speaks_for_the_essay_only_on_request(self):
        editor = make_editor()
        self.assertEqual(make_counterpoint(self.claim, author=editor).speaker, editor.pk)
        spoken = make_counterpoint(self.claim, author=editor, as_author=True)
        self.assertEqual((spoken.speaker, spoken.post.as_author), (ESSAYIST, True))

    def test_nobody_else_speaks_for_it(self):
        with self.assertRaisesMessage(Refused, "speaks for the essay"):
            make_counterpoint(self.claim, as_author=True)
        self.assertFalse(Counterpoint.objects.exists())

    def test_words_that_cannot_be_rendered_leave_nothing_behind(self):
        before = self.totals()
        with self.assertRaises(Unrenderable):
            make_counterpoint(self.claim, source=" ")
        self.assertEqual(self.totals(), before)
        self.assertFalse(Post.objects.filter(depth__gt=0).exists())

    def test_a_branch_ends_where_it_is_as_deep_as_it_gets(self):
        target = None
        for _ in range(16):
            target = make_counterpoint(self.claim, target=target)
        self.assertEqual(target.post.depth, 16)
        with self.assertRaisesMessage(Refused, "as deep as it gets"):
            make_counterpoint(self.claim, target=target)


class NoticeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist, cls.marker, cls.writer = make_user(), make_user(), make_user("writer")
        cls.claim = make_claim(make_essay("Straw", author=cls.essayist), author=cls.marker)

    def told(self):
        return {(notice.recipient, notice.sentence, notice.sign) for notice in Notice.objects.all()}

    def test_a_counterpoint_to_the_claim_tells_who_marked_it_and_the_essays_author(self):
        made = make_counterpoint(self.claim, "undercuts", author=self.writer)
        self.assertEqual(
            self.told(),
            {
                (self.marker, "undercuts the claim that you marked, claim 1 of Straw", "undercuts"),
                (self.essayist, "undercuts claim 1 of Straw", "undercuts"),
            },
        )
        for notice in Notice.objects.all():
            self.assertEqual((notice.url, notice.actor), (made.get_absolute_url(), self.writer))
            self.assertEqual(notice.excerpt, "It is not so.")

    def test_an_answer_tells_only_whom_it_answers(self):
        target = make_counterpoint(self.claim, author=self.essayist)
        Notice.objects.all().delete()
        make_counterpoint(self.claim, "concedes", target=target, author=self.writer)
        said = "grants a point on your counterpoint on claim 1 of Straw"
        self.assertEqual(self.told(), {(self.essayist, said, "concedes")})

    def test_nobody_is_told_of_their_own_deeds(self):
        target = make_counterpoint(self.claim, author=self.marker)
        Notice.objects.all().delete()
        make_counterpoint(self.claim, target=target, author=self.marker)
        self.assertEqual(self.told(), set())

    def test_whoever_is_answered_and_named_is_told_once(self):
        target = make_counterpoint(self.claim, author=self.writer)
        Notice.objects.all().delete()
        make_counterpoint(self.claim, target=target, source="No, @writer.")
        self.assertEqual(len(self.told()), 1)


class TakingDownTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.objection = make_counterpoint(cls.claim, "rebuts")
        cls.support = make_counterpoint(cls.claim, "supports")

    def state(self):
        self.claim.refresh_from_db()
        essay = self.claim.essay
        essay.refresh_from_db()
        return (
            self.claim.label, self.claim.decided_by_id, round(self.claim.strength, 12),
            self.claim.rebuts, self.claim.supports, essay.counterpoint_count, essay.open_count,
        )  # fmt: skip

    def set_status(self, status):
        self.objection.post = actions.set_status(post=self.objection.post, status=status)

    def test_hiding_and_restoring_moves_the_label_there_and_back(self):
        there = self.state()
        self.assertEqual(there[:2], ("unanswered", self.objection.pk))
        for status in (PostStatus.HIDDEN, PostStatus.HELD, PostStatus.REMOVED):
            with self.subTest(status=status):
                self.set_status(status)
                label, decided_by, _, *totals = self.state()
                self.assertEqual((label, decided_by), ("unchallenged", None))
                self.assertEqual(totals, [0, 1, 1, 0])
                self.set_status(PostStatus.VISIBLE)
                self.assertEqual(self.state(), there)

    def test_hiding_twice_counts_once(self):
        self.set_status(PostStatus.HIDDEN)
        once = self.state()
        self.set_status(PostStatus.REMOVED)
        self.assertEqual(self.state(), once)

    def test_a_withdrawn_counterpoint_carries_nothing_and_stays_readable(self):
        post = actions.withdraw(by=self.objection.post.author, post=self.objection.post)
        self.assertEqual(self.state()[0], "unchallenged")
        self.assertEqual((post.status, post.source), (PostStatus.WITHDRAWN, "It is not so."))

    def test_only_its_author_withdraws_it(self):
        before = self.state()
        with self.assertRaises(Refused):
            actions.withdraw(by=make_user(), post=self.objection.post)
        self.assertEqual(self.state(), before)

    def test_an_answer_to_a_hidden_objection_is_refused(self):
        self.set_status(PostStatus.HIDDEN)
        with self.assertRaises(Refused):
            make_counterpoint(self.claim, target=self.objection)

    def test_a_claim_whose_statement_is_hidden_takes_no_answers(self):
        actions.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.claim.opening.refresh_from_db()
        with self.assertRaisesMessage(Refused, "no longer open to answers"):
            make_counterpoint(self.claim)


class VoteTests(TestCase):
    def test_votes_move_the_standing_and_back(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "rebuts")
        claim.refresh_from_db()
        before = claim.strength, claim.label
        voter = make_user()
        moved = actions.vote(voter=voter, counterpoint=objection, is_up=True)
        self.assertEqual((moved.post.up, moved.post.down), (1, 0))
        claim.refresh_from_db()
        self.assertLess(claim.strength, before[0])
        actions.vote(voter=voter, counterpoint=objection, is_up=None)
        claim.refresh_from_db()
        self.assertEqual((claim.strength, claim.label), before)

    def test_nobody_votes_on_their_own(self):
        objection = make_counterpoint(make_claim())
        with self.assertRaisesMessage(Refused, "their own"):
            actions.vote(voter=objection.post.author, counterpoint=objection, is_up=True)

    def test_a_closed_debate_takes_neither_votes_nor_answers(self):
        objection = make_counterpoint(make_claim())
        locking.lock(thread=objection.post.thread, reason="Settled.")
        objection = Counterpoint.objects.select_related("post__thread", "claim__thread").get()
        with self.assertRaises(Refused):
            cast_votes(objection.post, up=1)
        with self.assertRaisesMessage(Refused, "Settled."):
            make_counterpoint(objection.claim, target=objection)
