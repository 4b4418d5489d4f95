"""A post is hidden with all replies to it, and exactly those come back."""

from datetime import timedelta
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.lib.house import House, keep
from forum.lib.verdict import Refused
from forum.moderation import actions, appeal_permissions, appeals, log, permissions
from forum.moderation.models import BranchPost, Decision, LogEntry
from forum.moderation.outcome_permissions import outcomes_for
from forum.moderation.undoing import undo
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import branches
from forum.posts.card_words import bare
from forum.posts.models import Post, PostStatus
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
)
from tests.moderation.builders import REASON, decide, make_case

WORDS = "It was about the rolls."


class BranchCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.essay = make_essay("The Collar")

    def hidden(self, post, **fields):
        made = decide(make_case(post), "branch", moderator=self.moderator, **fields)
        return Decision.objects.for_statement().get(pk=made.pk)

    def restored(self, post, **fields):
        case = actions.open_case(moderator=self.moderator, post=post)
        made = decide(case, "restore", moderator=self.moderator, **fields)
        return Decision.objects.for_statement().get(pk=made.pk)

    def statuses(self, *found):
        return [Post.objects.get(pk=post.pk).status for post in found]


class DiscussionTests(BranchCase):
    def setUp(self):
        self.top = make_comment(self.essay, source="Collars!")
        self.reply = make_comment(parent=self.top, source="You are a fool.")
        self.deep = make_comment(parent=self.reply, source="So are you.")
        self.aside = make_comment(self.essay, source="On oats.")

    def test_all_below_goes_and_nothing_beside_it(self):
        decision = self.hidden(self.top)
        self.assertEqual(
            self.statuses(self.top, self.reply, self.deep, self.aside),
            ["hidden", "hidden", "hidden", "visible"],
        )
        self.deep.refresh_from_db()
        self.assertEqual(self.deep.status_url, decision.log_entry.get_absolute_url())
        self.assertNotIn("So are you", self.deep.card_html)
        self.assertIn("hidden by a moderator", bare(self.deep))
        page = self.client.get(self.top.thread.get_absolute_url())
        self.assertNotContains(page, "You are a fool.")
        self.assertContains(page, "On oats.")

    def test_it_stands_once_in_the_log_which_stays_whole(self):
        entry = self.hidden(self.top).log_entry
        self.assertEqual((entry.kind, entry.reason), ("branch", REASON))
        self.assertIsNone(log.first_broken())

    def test_restoring_brings_back_each_as_it_was(self):
        posts.withdraw(by=self.deep.author, post=self.deep)
        cards = [Post.objects.get(pk=post.pk).card_html for post in (self.reply, self.deep)]
        self.hidden(self.top)
        self.restored(self.top)
        self.assertEqual(
            self.statuses(self.top, self.reply, self.deep), ["visible", "visible", "withdrawn"]
        )
        again = [Post.objects.get(pk=post.pk).card_html for post in (self.reply, self.deep)]
        self.assertEqual(again, cards)

    def test_however_many_they_are_each_comes_back_with_its_own_words(self):
        replies = [make_comment(parent=self.top, source=f"Reply {number}.") for number in range(5)]
        cards = [Post.objects.get(pk=post.pk).card_html for post in replies]
        self.hidden(self.top)
        with patch.object(branches, "AT_ONCE", 2):
            self.restored(self.top)
        self.assertEqual([Post.objects.get(pk=post.pk).card_html for post in replies], cards)
        self.assertEqual(self.statuses(*replies), ["visible"] * 5)

    def test_nothing_else_comes_back(self):
        removed = make_comment(parent=self.top)
        decide(make_case(removed), "hide")
        self.hidden(self.top)
        case = actions.open_case(moderator=self.other, post=self.deep)
        decide(case, "remove", moderator=self.other)
        self.restored(self.top)
        self.assertEqual(
            self.statuses(self.top, self.reply, self.deep, removed),
            ["visible", "visible", "removed", "hidden"],
        )

    def test_one_reply_may_come_back_alone(self):
        posts.withdraw(by=self.reply.author, post=self.reply)
        self.hidden(self.top)
        self.restored(self.reply)
        self.assertEqual(
            self.statuses(self.top, self.reply, self.deep), ["hidden", "withdrawn", "hidden"]
        )

    def test_what_its_author_took_along_meanwhile_stays_gone(self):
        self.hidden(self.top)
        Post.objects.filter(pk=self.deep.pk).update(source="", html="", text="")
        self.restored(self.top)
        self.assertEqual(self.statuses(self.deep), [PostStatus.ERASED])

    def test_only_where_somebody_replied(self):
        with self.assertRaisesMessage(Refused, "no branch to hide"):
            self.hidden(self.aside)

    def test_every_author_is_told_the_same_reason_once(self):
        make_comment(parent=self.top, author=self.reply.author)
        decision = self.hidden(self.top)
        told = Notice.objects.filter(recipient=self.reply.author, kind="decided")
        self.assertEqual(
            told.get().sentence,
            "What you replied in the discussion of The Collar was hidden, with its branch. "
            "Rule 2. Leave the person alone.",
        )
        deep = Notice.objects.get(recipient=self.deep.author, kind="decided")
        self.assertEqual((deep.excerpt, deep.url), (REASON, decision.get_absolute_url()))
        mine = Notice.objects.get(recipient=self.top.author, kind="decided")
        self.assertIn("was hidden with all replies to it", mine.sentence)
        self.restored(self.top)
        self.assertIn("is back in its place", told.latest("pk").sentence)

    def test_what_was_told_of_a_hidden_reply_loses_its_words(self):
        self.assertTrue(Notice.objects.filter(recipient=self.reply.author).exclude(excerpt=""))
        self.hidden(self.top)
        told = Notice.objects.filter(recipient=self.reply.author, kind="answered")
        self.assertEqual(told.get().excerpt, "")

    def test_the_author_of_a_reply_reads_why_and_may_appeal(self):
        decision = self.hidden(self.top)
        self.assertTrue(permissions.can_read_statement(self.deep.author, decision))
        self.assertFalse(permissions.can_read_statement(self.aside.author, decision))
        made = appeals.appeal(appellant=self.deep.author, decision=decision, text=WORDS)
        self.assertIn("The author of a reply", LogEntry.objects.get(kind="appeal").reason)
        self.assertFalse(appeal_permissions.can_appeal(self.aside.author, decision))
        decide(made.case, "restore", moderator=self.other)
        made.refresh_from_db()
        self.assertEqual((made.result, self.statuses(self.deep)), ("reversed", ["visible"]))

    def test_taken_back_it_is_all_there_again_and_taken_back_again_gone(self):
        keep(House(undo_minutes=10))
        undo(moderator=self.moderator, decision=self.hidden(self.top))
        self.assertEqual(self.statuses(self.top, self.reply, self.deep), ["visible"] * 3)
        now = timezone.now() - timedelta(days=1)
        hiding = self.hidden(self.top, now=now)
        undo(moderator=self.moderator, decision=self.restored(self.top))
        self.assertEqual(self.statuses(self.top, self.reply, self.deep), ["hidden"] * 3)
        self.deep.refresh_from_db()
        self.assertEqual(self.deep.status_url, hiding.log_entry.get_absolute_url())

    def test_statements_do_not_grow_with_the_branch(self):
        numbers = []
        for size in (2, 40):
            top = make_comment(self.essay)
            for _ in range(size):
                make_comment(parent=top)
            case = actions.claim_case(moderator=self.moderator, case=make_case(top))
            with CaptureQueriesContext(connection) as hiding:
                decide(case, "branch", moderator=self.moderator)
            case = actions.open_case(moderator=self.moderator, post=top)
            case = actions.claim_case(moderator=self.moderator, case=case)
            with CaptureQueriesContext(connection) as restoring:
                decide(case, "restore", moderator=self.moderator)
            numbers.append((len(hiding), len(restoring)))
        self.assertEqual(numbers[0], numbers[1])


class DebateTests(BranchCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim, "rebuts")
        cls.answer = make_counterpoint(cls.claim, "rebuts", target=cls.objection)
        cls.support = make_counterpoint(cls.claim, "supports", target=cls.answer)
        cls.undercut = make_counterpoint(cls.claim, "undercuts", target=cls.support)
        cls.other_objection = make_counterpoint(cls.claim, "undercuts")
        for each, up in ((cls.objection, 6), (cls.answer, 3), (cls.undercut, 2)):
            cast_votes(each.post, up=up)

    def standing(self):
        self.claim.refresh_from_db()
        self.essay.refresh_from_db()
        nodes = [self.objection, self.answer, self.support, self.undercut]
        for each in nodes:
            each.refresh_from_db()
        return (
            self.claim.label, self.claim.strength, self.claim.rebuts, self.claim.supports,
            self.essay.counterpoint_count, self.essay.open_count,
            [(each.strength, each.link, each.effect, each.is_answered) for each in nodes],
        )  # fmt: skip

    def test_the_standing_moves_as_if_it_had_never_been_and_exactly_back(self):
        before = self.standing()
        self.hidden(self.objection.post)
        hidden = self.standing()
        self.assertEqual(hidden[2:5], (0, 0, 1))
        self.assertFalse(type(self.support).objects.get(pk=self.support.pk).is_counted)
        bare = make_claim(self.essay)
        make_counterpoint(bare, "undercuts")
        bare.refresh_from_db()
        self.assertEqual(hidden[:2], (bare.label, bare.strength))
        self.restored(self.objection.post)
        after = self.standing()
        self.assertEqual(after[:4] + after[6:], before[:4] + before[6:])

    def test_without_what_was_removed_meanwhile_it_is_what_it_would_be(self):
        self.hidden(self.objection.post)
        case = actions.open_case(moderator=self.other, post=self.support.post)
        decide(case, "remove", moderator=self.other)
        self.restored(self.objection.post)
        after = self.standing()
        self.restored(self.support.post)
        case = actions.open_case(moderator=self.other, post=self.support.post)
        decide(case, "remove", moderator=self.other)
        self.assertEqual(self.standing(), after)
        self.assertFalse(self.support.is_counted)

    def test_a_claim_is_taken_down_by_its_statement_alone(self):
        self.assertNotIn("branch", outcomes_for(self.claim.opening))
        self.assertIn("branch", outcomes_for(Post.objects.get(pk=self.objection.post_id)))

    def test_nothing_of_it_is_left_where_it_was_taken_back(self):
        before = self.standing()
        keep(House(undo_minutes=10))
        undo(moderator=self.moderator, decision=self.hidden(self.answer.post))
        self.assertEqual(self.standing(), before)
        self.assertEqual(BranchPost.objects.count(), 2)
