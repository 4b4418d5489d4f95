from datetime import timedelta

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from forum.lib.verdict import Refused
from forum.moderation import actions, locking
from forum.moderation.models import Decision, LogEntry, Sanction
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts.models import PostStatus
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import REASON, decide, make_case, make_report, rule


class OutcomeTests(TestCase):
    """What a decision does to the post."""

    def test_hidden_and_removed_posts_leave_their_place_with_a_way_to_the_reason(self):
        for outcome, status in (("hide", PostStatus.HIDDEN), ("remove", PostStatus.REMOVED)):
            with self.subTest(outcome=outcome):
                post = make_comment(source="A rude remark.")
                answer = make_comment(parent=post)
                decision = decide(make_case(post), outcome)
                post.refresh_from_db()
                answer.refresh_from_db()
                address = decision.log_entry.get_absolute_url()
                self.assertEqual((post.status, post.status_url), (status, address))
                self.assertTrue(address.startswith("/moderation/log/?upto="))
                self.assertNotIn("rude", post.card_html)
                self.assertIn(address.replace("&", "&amp;"), post.card_html)
                self.assertEqual((answer.status, answer.parent_id), ("visible", post.pk))

    def test_keeping_changes_nothing(self):
        post = make_comment()
        decide(make_case(post), "keep")
        card = post.card_html
        post.refresh_from_db()
        self.assertEqual((post.status, post.status_url, post.card_html), ("visible", "", card))

    def test_restoring_shows_it_again(self):
        post = make_comment(source="Not so rude.")
        decide(make_case(post), "remove")
        moderator = make_moderator()
        case = actions.open_case(moderator=moderator, post=post)
        decide(case, "restore", moderator=moderator)
        post.refresh_from_db()
        self.assertEqual((post.status, post.status_url), ("visible", ""))
        self.assertIn("Not so rude.", post.card_html)

    def test_what_its_author_had_withdrawn_comes_back_withdrawn(self):
        post = make_comment()
        posts.withdraw(by=post.author, post=post)
        post.refresh_from_db()
        for outcome in ("hide", "remove", "restore"):
            moderator = make_moderator()
            case = actions.open_case(moderator=moderator, post=post)
            decide(case, outcome, moderator=moderator)
        post.refresh_from_db()
        self.assertEqual(post.status, PostStatus.WITHDRAWN)

    def test_an_outcome_that_does_not_fit_the_post_is_refused(self):
        with self.assertRaisesMessage(Refused, "cannot be decided of a post that is visible"):
            decide(make_case(), "restore")
        self.assertFalse(Decision.objects.exists())

    def test_a_hidden_objection_counts_no_more_and_a_restored_one_again(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "rebuts")
        answer = make_counterpoint(claim, "rebuts", target=objection)
        claim.refresh_from_db()
        before = (claim.label, claim.rebuts, claim.strength)
        decide(make_case(objection.post), "hide")
        claim.refresh_from_db()
        objection.refresh_from_db()
        answer.post.refresh_from_db()
        self.assertFalse(objection.is_counted)
        self.assertEqual((claim.label, claim.rebuts), ("unchallenged", before[1] - 1))
        self.assertEqual(answer.post.status, "visible")
        moderator = make_moderator()
        decide(
            actions.open_case(moderator=moderator, post=objection.post), "restore",
            moderator=moderator,
        )  # fmt: skip
        claim.refresh_from_db()
        self.assertEqual((claim.label, claim.rebuts, claim.strength), before)

    def test_an_unanswered_claim_is_unchallenged_once_its_objection_is_removed(self):
        claim = make_claim()
        objection = make_counterpoint(claim, "undercuts")
        claim.refresh_from_db()
        self.assertEqual(claim.label, "unanswered")
        decide(make_case(objection.post), "remove")
        claim.refresh_from_db()
        self.assertEqual(claim.label, "unchallenged")


class FrozenTests(TestCase):
    def test_what_was_judged_is_kept_as_it_was(self):
        parent = make_comment(source="A question.")
        post = make_comment(parent=parent, source="A *rude* answer.")
        make_report(post, text="Nasty.")
        decision = decide(post.cases.get(), "keep")
        post.refresh_from_db()
        posts.edit(by=post.author, post=post, source="A polite answer.")
        frozen = decision.frozen
        frozen.refresh_from_db()
        self.assertEqual(frozen.source, "A *rude* answer.")
        self.assertIn("<em>rude</em>", frozen.html)
        self.assertEqual((frozen.text, frozen.version), ("A rude answer.", 1))
        self.assertEqual(frozen.context["parent"], "A question.")
        self.assertEqual(
            frozen.context["reports"],
            [
                {
                    "reason": "attack", "text": "Nasty.", "version": 1,
                    "accuracy": "first report",
                }
            ],
        )  # fmt: skip

    def test_words_that_were_not_read_are_not_judged(self):
        moderator = make_moderator()
        case = make_case(held_by=moderator)
        seen = actions.digest(case.post)
        posts.edit(by=case.post.author, post=case.post, source="Mended in silence.")
        with self.assertRaisesMessage(Refused, "was edited while you were reading"):
            decide(case, "hide", moderator=moderator, seen=seen)
        case.post.refresh_from_db()
        decide(case, "hide", moderator=moderator, seen=actions.digest(case.post))


class TellingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.post = make_comment(cls.essay)
        cls.reporters = [make_user(), make_user()]
        for reporter in cls.reporters:
            make_report(cls.post, reporter=reporter)

    def test_the_author_is_told_with_rule_and_reason(self):
        decision = decide(self.post.cases.get(), "hide")
        notice = Notice.objects.get(recipient=self.post.author)
        self.assertEqual(
            notice.sentence,
            "Your post in the discussion of The Horse Collar was hidden. "
            "Rule 2. Leave the person alone.",
        )
        self.assertEqual((notice.kind, notice.excerpt), ("decided", REASON))
        self.assertEqual(notice.url, decision.get_absolute_url())
        self.assertIsNone(notice.actor)

    def test_each_reporter_learns_what_came_of_it(self):
        decide(self.post.cases.get(), "keep")
        for reporter in self.reporters:
            notice = Notice.objects.get(recipient=reporter)
            self.assertEqual(
                notice.sentence,
                "The post in the discussion of The Horse Collar that you reported stays as it is. "
                "Rule 2. Leave the person alone.",
            )
            reporter.refresh_from_db()
            self.assertEqual(reporter.unread_notices, 1)

    def test_nobody_else_is_told(self):
        decide(self.post.cases.get(), "keep")
        self.assertEqual(Notice.objects.count(), 3)

    def test_the_author_reads_of_a_sanction_and_the_reporters_do_not(self):
        until = timezone.now() + timedelta(days=3)
        decide(self.post.cases.get(), "hide", sanction="silence", until=until)
        notice = Notice.objects.get(recipient=self.post.author)
        self.assertIn("You can read, but not write, until", notice.sentence)
        told = Notice.objects.filter(recipient__in=self.reporters)
        self.assertFalse(told.filter(sentence__contains="until").exists())

    def test_posts_of_a_claim_are_named_for_what_they_are(self):
        claim = make_claim(self.essay)
        counterpoint = make_counterpoint(claim)
        for post, words in (
            (counterpoint.post, "Your counterpoint to claim 1 of The Horse Collar was removed."),
            (claim.opening, "Your statement of claim 1 of The Horse Collar was removed."),
        ):
            decide(make_case(post), "remove")
            notice = Notice.objects.filter(recipient=post.author, kind="decided").get()
            self.assertTrue(notice.sentence.startswith(words), notice.sentence)


class SanctionTests(TestCase):
    until = timezone.now() + timedelta(days=7)

    def test_silence_and_suspension_end_when_they_say(self):
        for kind, column in (("silence", "silenced_until"), ("suspend", "suspended_until")):
            with self.subTest(kind=kind):
                decision = decide(outcome="hide", sanction=kind, until=self.until)
                decision.member.refresh_from_db()
                self.assertEqual(getattr(decision.member, column), self.until)
                self.assertEqual(decision.sanction.reason, decision.reason)

    def test_a_warning_limits_nothing(self):
        member = decide(outcome="keep", sanction="warn").member
        member.refresh_from_db()
        self.assertIsNone(member.silenced_until)
        self.assertIsNone(member.suspended_until)
        self.assertEqual(member.sanctions.get().kind, "warn")

    def test_the_silenced_cannot_write(self):
        decision = decide(outcome="hide", sanction="silence", until=self.until)
        decision.member.refresh_from_db()
        with self.assertRaisesMessage(Refused, "You can read, but not write, until"):
            make_comment(author=decision.member)

    def test_another_moderator_is_not_sanctioned_and_nothing_is_decided(self):
        case = make_case(make_comment(author=make_moderator()))
        with self.assertRaisesMessage(Refused, "not sanctioned by another"):
            decide(case, "hide", sanction="warn")
        self.assertFalse(Decision.objects.exists() or Sanction.objects.exists())

    def test_the_database_refuses_a_silence_without_end_and_a_warning_with_one(self):
        for kind, until in (("silence", None), ("warn", self.until)):
            with self.subTest(kind=kind), self.assertRaises(IntegrityError), transaction.atomic():
                decide(outcome="keep", sanction=kind, until=until)


class ThreadTests(TestCase):
    def test_a_locked_thread_says_why_and_takes_no_answer_until_it_is_opened(self):
        post, moderator = make_comment(), make_moderator()
        terms = {"moderator": moderator, "thread": post.thread, "rule": rule(1)}
        locking.lock_thread(reason="Two members about each other.", **terms)
        post = type(post).objects.get(pk=post.pk)
        self.assertEqual(post.thread.lock_reason, "Two members about each other.")
        with self.assertRaises(Refused):
            make_comment(parent=post)
        locking.unlock_thread(reason="They have made peace.", **terms)
        make_comment(parent=type(post).objects.get(pk=post.pk))
        kinds = list(LogEntry.objects.values_list("kind", "rule_number"))
        self.assertEqual(kinds, [("unlock", 1), ("lock", 1)])

    def test_a_decision_may_lock_the_thread_as_well(self):
        decision = decide(outcome="remove", lock=True)
        decision.case.post.thread.refresh_from_db()
        self.assertTrue(decision.case.post.thread.is_locked)
        self.assertEqual(list(LogEntry.objects.values_list("kind", flat=True)), ["lock", "remove"])
