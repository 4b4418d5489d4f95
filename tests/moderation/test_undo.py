"""For some minutes nobody is told of a decision, and whoever made it may take it back."""

from datetime import timedelta

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.house import House, keep
from forum.lib.verdict import Refused
from forum.moderation import (
    actions,
    appeal_permissions,
    appeals,
    fairness,
    log,
    permissions,
)
from forum.moderation.models import Case, Decision, LogEntry, Sanction
from forum.moderation.undoing import undo
from forum.notifications.happenings import tell_due
from forum.notifications.models import Happening, Notice
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.moderation.builders import decide, make_case, make_report

LATER = timedelta(minutes=11)


@override_settings(UNDO_MINUTES=10)
class UndoCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.author, cls.reporter = make_user("ottoline"), make_user("ruth")
        cls.post = make_comment(make_essay("The Collar"), author=cls.author, source="Rolls!")

    def decided(self, outcome="hide", **fields):
        case = make_report(self.post, reporter=self.reporter).case
        made = decide(case, outcome, moderator=self.moderator, **fields)
        return Decision.objects.for_statement().get(pk=made.pk)

    def status(self):
        post = Post.objects.get(pk=self.post.pk)
        return post.status, post.status_url

    def refused(self, words, decision, moderator=None, **fields):
        with self.assertRaisesMessage(Refused, words):
            undo(moderator=moderator or self.moderator, decision=decision, **fields)


class WaitingTests(UndoCase):
    def test_nobody_is_told_until_the_minutes_are_over(self):
        decision = self.decided()
        self.assertFalse(Notice.objects.exists())
        tell_due(now=decision.told_at - timedelta(seconds=1))
        self.assertFalse(Notice.objects.exists())
        tell_due(now=decision.told_at)
        told = Notice.objects.values_list("recipient__username", flat=True)
        self.assertEqual(set(told), {"ottoline", "ruth"})

    def test_the_post_is_down_and_the_log_says_why_at_once(self):
        decision = self.decided()
        self.assertEqual(self.status(), ("hidden", decision.log_entry.get_absolute_url()))

    def test_a_site_that_does_not_wait_tells_at_once(self):
        keep(House(undo_minutes=0))
        decision = self.decided()
        self.assertIsNone(decision.told_at)
        self.assertEqual(Notice.objects.count(), 2)
        self.refused("has been told", decision)

    def test_what_was_decided_long_ago_is_told_at_once(self):
        decision = self.decided(now=timezone.now() - timedelta(days=2))
        self.assertIsNone(decision.told_at)
        self.assertEqual(Notice.objects.count(), 2)

    def test_it_is_neither_read_nor_appealed_before_it_is_told(self):
        decision = self.decided()
        self.assertIn(
            "may be taken back", permissions.can_read_statement(self.author, decision).reason
        )
        self.assertIn("so new", appeal_permissions.can_appeal(self.author, decision).reason)
        then = decision.told_at + timedelta(seconds=1)
        self.assertTrue(appeal_permissions.can_appeal(self.author, decision, then))
        self.assertTrue(permissions.can_read_statement(self.other, decision))


class UndoingTests(UndoCase):
    def test_it_is_as_if_it_had_not_been_and_its_case_is_theirs_again(self):
        until = timezone.now() + timedelta(days=3)
        decision = self.decided(sanction="silence", until=until, lock=True)
        case = undo(moderator=self.moderator, decision=decision)
        self.assertEqual(self.status(), ("visible", ""))
        self.assertTrue(Case.objects.get(pk=case.pk).is_open)
        self.assertEqual((case.claimed_by, case.continues), (self.moderator, decision.case))
        case.refresh_from_db()
        self.assertEqual((case.report_count, case.gravity), (1, decision.case.gravity))
        self.assertEqual(case.reports.get().reporter, self.reporter)
        self.author.refresh_from_db()
        self.assertIsNone(self.author.silenced_until)
        self.assertFalse(Sanction.objects.exists())
        self.post.thread.refresh_from_db()
        self.assertFalse(self.post.thread.is_locked)

    def test_nobody_is_ever_told(self):
        undo(moderator=self.moderator, decision=self.decided())
        tell_due(now=timezone.now() + LATER)
        self.assertFalse(Notice.objects.exists() or Happening.objects.exists())

    def test_the_log_keeps_both(self):
        decision = self.decided()
        undo(moderator=self.moderator, decision=decision)
        kinds = list(LogEntry.objects.order_by("number").values_list("kind", "about_number"))
        self.assertEqual(kinds, [("hide", None), ("undo", decision.log_entry.number)])
        self.assertIsNone(log.first_broken())
        page = self.client.get(reverse("moderation:log"))
        self.assertContains(page, "Takes back")
        self.assertContains(page, "Taken back:")

    def test_the_standing_moves_back(self):
        claim = make_claim(self.post.thread.essay)
        self.post = make_counterpoint(claim, "rebuts", author=self.author).post
        claim.refresh_from_db()
        before = (claim.label, claim.strength, claim.rebuts)
        decision = self.decided("remove")
        undo(moderator=self.moderator, decision=decision)
        claim.refresh_from_db()
        self.assertEqual((claim.label, claim.strength, claim.rebuts), before)

    def test_a_restored_post_goes_back_to_the_reason_it_was_hidden_for(self):
        keep(House(undo_minutes=0))
        self.decided()
        keep(House())
        hidden = self.status()
        case = actions.open_case(moderator=self.moderator, post=self.post)
        decision = decide(case, "restore", moderator=self.moderator)
        self.assertEqual(self.status()[0], "visible")
        undo(moderator=self.moderator, decision=decision)
        self.assertEqual(self.status(), hidden)

    def test_an_appeal_that_it_settled_waits_again_and_what_it_lifted_holds_again(self):
        until = timezone.now() + timedelta(days=3)
        keep(House(undo_minutes=0))
        first = self.decided(sanction="silence", until=until)
        keep(House())
        made = appeals.appeal(appellant=self.author, decision=first, text="It was no attack.")
        second = decide(made.case, "restore", moderator=self.other, lift=True)
        case = undo(moderator=self.other, decision=second)
        made.refresh_from_db()
        self.assertEqual((made.result, made.case), (None, case))
        self.assertEqual(User.objects.get(pk=self.author.pk).silenced_until, until)

    def test_reports_that_came_since_are_in_the_same_case(self):
        decision = self.decided("keep")
        again = make_report(self.post, reporter=self.reporter).case
        make_report(self.post, reporter=make_user())
        case = undo(moderator=self.moderator, decision=decision)
        case.refresh_from_db()
        self.assertEqual((case.pk, case.report_count), (again.pk, 2))

    def test_it_counts_in_no_figure_and_no_record(self):
        undo(moderator=self.moderator, decision=self.decided())
        found = fairness.figures()
        self.assertEqual((sum(found.decided["hide"]), found.waits), (0, []))
        self.assertFalse(Decision.objects.on(self.author).exists())


class RefusedTests(UndoCase):
    def test_only_who_decided(self):
        decision = self.decided()
        self.refused("Only who decided", decision, self.other)
        self.refused("Only moderators", decision, self.author)

    def test_only_within_the_time(self):
        decision = self.decided()
        self.refused("has been told", decision, now=decision.told_at)
        undo(
            moderator=self.moderator, decision=decision,
            now=decision.told_at - timedelta(seconds=1),
        )  # fmt: skip

    def test_only_once(self):
        decision = self.decided()
        undo(moderator=self.moderator, decision=decision)
        self.refused("taken back already", decision)

    def test_not_once_the_post_was_decided_on_again(self):
        decision = self.decided()
        decide(
            actions.open_case(moderator=self.other, post=self.post), "restore", moderator=self.other
        )
        self.refused("decided on again", decision)
        self.assertEqual(self.status(), ("visible", ""))


class PageTests(UndoCase):
    def url(self, decision):
        return reverse("moderation:undoing", args=[decision.case_id])

    def test_the_case_and_the_queue_offer_it_to_who_decided_and_nobody_else(self):
        decision = self.decided()
        words = f"Undo (until {timezone.localtime(decision.told_at):%H:%M})"
        for moderator, is_offered in ((self.moderator, True), (self.other, False)):
            self.client.force_login(moderator)
            for url in (decision.case.get_absolute_url(), reverse("moderation:queue")):
                with self.subTest(url=url, moderator=moderator.username):
                    self.assertEqual(words in self.client.get(url).content.decode(), is_offered)

    def test_pressed_twice_it_leads_to_the_open_case(self):
        decision = self.decided()
        self.client.force_login(self.moderator)
        form = sent()
        for _ in range(2):
            page = self.client.post(self.url(decision), form, follow=True)
            self.assertContains(page, "held by you")
            self.assertContains(page, f'goes on with <a href="{decision.case.get_absolute_url()}"')
        old = self.client.get(decision.case.get_absolute_url())
        self.assertContains(old, "It goes on as")
        self.assertContains(old, "Hidden, and taken back")

    def test_refused_to_members_and_strangers_and_never_a_get(self):
        decision = self.decided()
        url = self.url(decision)
        self.assertIn("/accounts/login/", self.client.post(url, sent()).url)
        self.client.force_login(self.author)
        self.assertContains(self.client.post(url, sent()), "Only moderators", status_code=403)
        self.client.force_login(self.other)
        self.assertContains(self.client.post(url, sent()), "Only who decided", status_code=403)
        self.assertEqual(self.client.get(url).status_code, 405)
        nothing = reverse("moderation:undoing", args=[make_case(make_comment()).pk])
        self.assertEqual(self.client.post(nothing, sent()).status_code, 404)
        decision.refresh_from_db()
        self.assertIsNone(decision.undone_at)

    def test_its_author_reads_no_statement_of_what_was_taken_back(self):
        decision = self.decided()
        undo(moderator=self.moderator, decision=decision)
        self.client.force_login(self.author)
        page = self.client.get(decision.get_absolute_url())
        self.assertContains(page, "may be taken back", status_code=403)
