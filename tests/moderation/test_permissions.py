from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from forum.lib.verdict import Refused
from forum.moderation import actions, locking, outcome_permissions, permissions
from forum.moderation.models import Outcome
from forum.posts.models import PostStatus
from tests.factories import make_comment, make_moderator, make_user
from tests.moderation.builders import decide, make_case, make_report, rule

NEXT_WEEK = timezone.now() + timedelta(days=7)


class Expect(TestCase):
    def assert_denied(self, verdict, words):
        self.assertFalse(verdict)
        self.assertIn(words, verdict.reason)


class ReportingTests(Expect):
    @classmethod
    def setUpTestData(cls):
        cls.post = make_comment()
        cls.member = make_user()

    def test_a_member_may_report_what_somebody_else_wrote(self):
        self.assertTrue(permissions.can_report(self.member, self.post))

    def test_a_stranger_may_not(self):
        self.assert_denied(permissions.can_report(AnonymousUser(), self.post), "Log in")

    def test_nobody_reports_their_own_post(self):
        self.assert_denied(permissions.can_report(self.post.author, self.post), "your own")

    def test_nobody_reports_twice_while_the_case_is_open(self):
        case = make_report(self.post, reporter=self.member).case
        self.assert_denied(permissions.can_report(self.member, self.post), "have reported")
        decide(case, "keep")
        self.assertTrue(permissions.can_report(self.member, self.post))

    def test_what_is_down_already_cannot_be_reported(self):
        for status in (PostStatus.HELD, PostStatus.HIDDEN, PostStatus.REMOVED):
            with self.subTest(status=status):
                self.post.status = status
                self.assert_denied(permissions.can_report(self.member, self.post), "taken down")

    def test_what_was_withdrawn_is_still_read_and_so_reported(self):
        self.post.status = PostStatus.WITHDRAWN
        self.assertTrue(permissions.can_report(self.member, self.post))

    def test_the_silenced_can_call_for_help_and_the_suspended_cannot(self):
        self.assertTrue(permissions.can_report(make_user(silenced_until=NEXT_WEEK), self.post))
        suspended = make_user(suspended_until=NEXT_WEEK)
        self.assert_denied(permissions.can_report(suspended, self.post), "suspended")
        closed = make_user(is_active=False)
        self.assert_denied(permissions.can_report(closed, self.post), "suspended")


class ModeratingTests(Expect):
    def test_only_moderators_in_good_standing(self):
        self.assertTrue(permissions.can_moderate(make_moderator()))
        self.assert_denied(permissions.can_moderate(AnonymousUser()), "Log in")
        self.assert_denied(permissions.can_moderate(make_user()), "Only moderators")
        suspended = make_moderator(suspended_until=NEXT_WEEK)
        self.assert_denied(permissions.can_moderate(suspended), "suspended")
        self.assert_denied(permissions.can_moderate(make_moderator(is_active=False)), "suspended")


class CaseTests(Expect):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_moderator("author")
        cls.moderator = make_moderator("moderator")
        cls.other = make_moderator("other")
        cls.reporter = make_moderator("reporter")
        cls.post = make_comment(author=cls.author)
        cls.case = make_report(cls.post, reporter=cls.reporter).case

    def hold(self, moderator, now=None):
        self.case = actions.claim_case(moderator=moderator, case=self.case, now=now)

    def test_who_may_take_it(self):
        self.assertTrue(permissions.can_claim(self.moderator, self.case))
        self.assert_denied(permissions.can_claim(make_user(), self.case), "Only moderators")
        self.assert_denied(permissions.can_claim(self.author, self.case), "own post")
        self.assert_denied(permissions.can_claim(self.reporter, self.case), "You reported")

    def test_a_held_case_is_kept_from_the_others_for_a_day(self):
        now = timezone.now()
        self.hold(self.moderator, now)
        self.assert_denied(permissions.can_claim(self.other, self.case, now), "holds")
        self.assert_denied(permissions.can_claim(self.moderator, self.case, now), "already")
        tomorrow = now + permissions.HOLD_LASTS
        self.assertTrue(permissions.can_claim(self.other, self.case, tomorrow))
        just_before = tomorrow - timedelta(seconds=1)
        self.assertFalse(permissions.can_claim(self.other, self.case, just_before))

    def test_only_who_holds_it_gives_it_back(self):
        self.assert_denied(permissions.can_release(self.moderator, self.case), "not hold")
        self.hold(self.moderator)
        self.assertTrue(permissions.can_release(self.moderator, self.case))
        self.assert_denied(permissions.can_release(self.other, self.case), "not hold")
        self.assert_denied(permissions.can_release(make_user(), self.case), "Only moderators")

    def test_only_who_holds_it_decides(self):
        self.assert_denied(permissions.can_decide(self.moderator, self.case), "Take the case")
        self.hold(self.moderator)
        self.assertTrue(permissions.can_decide(self.moderator, self.case))
        self.assert_denied(permissions.can_decide(self.other, self.case), "Another moderator")
        self.assert_denied(permissions.can_decide(make_user(), self.case), "Only moderators")

    def test_author_and_reporter_decide_not_even_a_case_they_hold(self):
        for party, words in ((self.author, "own post"), (self.reporter, "You reported")):
            with self.subTest(party=party.username):
                self.case.claimed_by = party
                self.assert_denied(permissions.can_decide(party, self.case), words)

    def test_the_author_cannot_read_who_reported_them_or_open_a_case(self):
        self.assert_denied(permissions.can_read_case(self.author, self.case), "own post")
        self.assertTrue(permissions.can_read_case(self.other, self.case))
        self.assert_denied(permissions.can_open_case(self.author, self.post), "own post")
        self.assertTrue(permissions.can_open_case(self.other, self.post))
        self.assert_denied(permissions.can_open_case(make_user(), self.post), "Only moderators")

    def test_what_is_decided_stays_so(self):
        self.hold(self.moderator)
        decide(self.case, "keep", moderator=self.moderator)
        self.case.refresh_from_db()
        for may in (permissions.can_claim, permissions.can_release, permissions.can_decide):
            with self.subTest(may=may.__name__):
                self.assert_denied(may(self.moderator, self.case), "decided already")

    def test_what_can_be_decided_depends_on_what_the_post_is(self):
        offered = {
            PostStatus.VISIBLE: {"keep", "note", "amend", "hide", "branch", "remove"},
            PostStatus.WITHDRAWN: {"keep", "note", "hide", "branch", "remove"},
            PostStatus.HELD: {"restore", "amend", "hide", "remove"},
            PostStatus.HIDDEN: {"keep", "restore", "amend", "branch", "remove"},
            PostStatus.REMOVED: {"keep", "restore"},
        }
        self.post.reply_count = 1
        for status, outcomes in offered.items():
            self.post.status = status
            for outcome in Outcome.values:
                with self.subTest(status=status, outcome=outcome):
                    verdict = outcome_permissions.can_choose(outcome, self.post)
                    self.assertEqual(bool(verdict), outcome in outcomes)


class SanctionTests(Expect):
    def test_whom_a_moderator_may_sanction(self):
        moderator = make_moderator()
        self.assertTrue(permissions.can_sanction(moderator, make_user()))
        self.assert_denied(permissions.can_sanction(make_user(), make_user()), "Only moderators")
        self.assert_denied(permissions.can_sanction(moderator, moderator), "themselves")
        self.assert_denied(permissions.can_sanction(moderator, make_moderator()), "by another")
        keeper = make_user(is_superuser=True)
        self.assert_denied(permissions.can_sanction(moderator, keeper), "by another")


class LockingTests(Expect):
    def test_who_may_lock_and_unlock_what(self):
        thread, moderator = make_comment().thread, make_moderator()
        self.assertTrue(permissions.can_lock(moderator, thread))
        self.assert_denied(permissions.can_lock(make_user(), thread), "Only moderators")
        self.assert_denied(permissions.can_unlock(moderator, thread), "not locked")
        locking.lock_thread(moderator=moderator, thread=thread, rule=rule(), reason="A quarrel.")
        thread.refresh_from_db()
        self.assert_denied(permissions.can_lock(moderator, thread), "already")
        self.assertTrue(permissions.can_unlock(moderator, thread))
        self.assert_denied(permissions.can_unlock(make_user(), thread), "Only moderators")


class ActionsAskTests(Expect):
    """Each action asks its permission itself: nobody can forget to."""

    def test_a_plain_member_is_refused_by_each(self):
        member, case = make_user(), make_case()
        thread = case.post.thread
        terms = {"rule": rule(), "reason": "Long enough a reason."}
        calls = {
            "claim": lambda: actions.claim_case(moderator=member, case=case),
            "release": lambda: actions.release_case(moderator=member, case=case),
            "open": lambda: actions.open_case(moderator=member, post=case.post),
            "lock": lambda: locking.lock_thread(moderator=member, thread=thread, **terms),
            "unlock": lambda: locking.unlock_thread(moderator=member, thread=thread, **terms),
            "decide": lambda: actions.decide(moderator=member, case=case, outcome="keep", **terms),
            "report": lambda: actions.report(
                reporter=case.post.author, post=case.post, reason="attack"
            ),
        }
        for name, call in calls.items():
            with self.subTest(action=name), self.assertRaises(Refused):
                call()
