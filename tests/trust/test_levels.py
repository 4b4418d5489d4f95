"""Levels are taken up by night or when a member asks, and told."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.actions import note_reading
from forum.accounts.models import User
from forum.guard.models import Threshold
from forum.moderation import actions as moderation
from forum.moderation.models import Rule
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from forum.trust.facts import facts_of
from forum.trust.levels import take_up, take_up_all
from tests.factories import make_comment, make_essay, make_moderator, make_newcomer, sent

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=100)


def ask_only(level, **asked):
    nothing = {
        "days_member": 0, "days_read": 0, "posts": 0, "accurate_reports": 0, "quiet_days": 0
    }  # fmt: skip
    Threshold.objects.filter(level=level).update(**nothing | asked)


def decide(post, outcome="hide", **more):
    judge = make_moderator()
    case = moderation.open_case(moderator=judge, post=post)
    case = moderation.claim_case(moderator=judge, case=case)
    return moderation.decide(
        moderator=judge, case=case, outcome=outcome, rule=Rule.objects.first(),
        reason="It speaks of the writer, not of the matter.", **more,
    )  # fmt: skip


class FactsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()

    def of(self, member):
        return facts_of([member], timezone.now())[member.pk]

    def test_a_new_account_has_done_nothing(self):
        facts = self.of(make_newcomer())
        self.assertEqual((facts.days_member, facts.days_read, facts.posts), (0, 0, 0))
        self.assertFalse(facts.is_sanctioned)

    def test_posts_stand_that_are_there_to_read(self):
        wren = make_newcomer()
        stands, withdrawn, removed = (make_comment(self.essay, author=wren) for _ in range(3))
        posts.withdraw(by=wren, post=withdrawn)
        posts.set_status(post=removed, status=PostStatus.REMOVED)
        self.assertEqual(self.of(wren).posts, 1)
        self.assertTrue(stands.is_visible)

    def test_reports_count_that_were_followed(self):
        wren = make_newcomer()
        for outcome in ("hide", "remove", "keep"):
            post = make_comment(self.essay)
            moderation.report(reporter=wren, post=post, reason="attack")
            decide(post, outcome)
        moderation.report(reporter=wren, post=make_comment(self.essay), reason="attack")
        self.assertEqual(self.of(wren).accurate_reports, 2)

    def test_a_sanction_counts_from_its_day_on_unless_it_was_lifted(self):
        wren = make_newcomer(date_joined=LONG_AGO)
        decision = decide(make_comment(self.essay, author=wren), sanction="warn")
        facts = self.of(wren)
        self.assertEqual((facts.is_sanctioned, facts.quiet_days), (True, 0))
        decision.sanction.lifted_at = timezone.now()
        decision.sanction.save()
        facts = self.of(wren)
        self.assertEqual((facts.is_sanctioned, facts.quiet_days), (False, 100))

    def test_they_cost_three_queries_for_one_and_for_thirty(self):
        for size in (1, 30):
            members = [make_newcomer() for _ in range(size)]
            with self.subTest(size=size), self.assertNumQueries(3):
                facts_of(members, NOW)


class ReadingTests(TestCase):
    def test_a_day_on_which_a_debate_was_read_counts_once(self):
        wren, remark = make_newcomer(), make_comment()
        self.client.force_login(wren)
        url = reverse("posts:visit", args=[remark.thread_id])
        for _ in range(3):
            self.client.post(url, {"newest": remark.pk})
        wren.refresh_from_db()
        self.assertEqual(wren.days_read, 1)
        note_reading(User.objects.get(pk=wren.pk), timezone.now() + timedelta(days=1))
        wren.refresh_from_db()
        self.assertEqual(wren.days_read, 2)

    def test_of_two_browsers_that_tell_it_at_once_one_counts(self):
        wren = make_newcomer()
        same = User.objects.get(pk=wren.pk)
        note_reading(wren, NOW)
        note_reading(same, NOW)
        wren.refresh_from_db()
        self.assertEqual(wren.days_read, 1)

    def test_told_again_on_the_same_day_it_costs_nothing(self):
        wren = make_newcomer(last_read_on=timezone.localdate(NOW))
        with self.assertNumQueries(0):
            note_reading(wren, NOW)


class TakeUpTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for level in (1, 2, 3):
            ask_only(level, posts=level)
        ask_only(1, posts=1, quiet_days=60)
        cls.essay = make_essay()

    def test_the_night_raises_whoever_has_reached_it_and_tells_them(self):
        wren, other = make_newcomer(), make_newcomer()
        make_comment(self.essay, author=wren)
        out = StringIO()
        call_command("tidy", stdout=out)
        wren.refresh_from_db()
        other.refresh_from_db()
        self.assertEqual((wren.trust_level, other.trust_level), (1, 0))
        self.assertIn("Changed how far one member may go.", out.getvalue())
        notice = Notice.objects.get(kind="trust")
        self.assertEqual(notice.recipient, wren)
        self.assertIn("from “New” to “Member”", notice.sentence)
        self.assertEqual(notice.url, reverse("trust:levels"))

    def test_the_next_night_nothing_is_told_again(self):
        make_comment(self.essay, author=make_newcomer())
        self.assertEqual([take_up_all(), take_up_all()], [1, 0])
        self.assertEqual(Notice.objects.filter(kind="trust").count(), 1)

    def test_a_sanction_takes_it_away_and_the_reason_is_told(self):
        wren = make_newcomer(trust_level=1)
        make_comment(self.essay, author=wren)
        decide(make_comment(self.essay, author=wren), sanction="warn")
        self.assertTrue(take_up(wren))
        notice = Notice.objects.get(kind="trust")
        self.assertIn("has fallen, from “Member” to “New”", notice.sentence)
        self.assertEqual(notice.excerpt, "Days without a sanction: 0, and 60 are asked for")

    def test_of_two_who_find_it_out_at_once_one_tells(self):
        wren = make_newcomer()
        make_comment(self.essay, author=wren)
        same = User.objects.get(pk=wren.pk)
        self.assertEqual([take_up(wren), take_up(same)], [True, False])
        self.assertEqual(Notice.objects.filter(kind="trust").count(), 1)

    def test_the_demonstration_and_closed_accounts_stay_as_they_are(self):
        made_up = make_newcomer(is_demonstration=True, trust_level=2)
        closed = make_newcomer(is_active=False, trust_level=2)
        self.assertEqual(take_up_all(), 0)
        self.assertFalse(take_up(made_up))
        closed.refresh_from_db()
        self.assertEqual(closed.trust_level, 2)

    def test_its_cost_grows_with_nobody_who_stays_what_they_are(self):
        for size in (1, 30):
            for _ in range(size):
                make_newcomer()
            # Members, thresholds, three for the facts, and the look for a second batch.
            with self.subTest(size=size), self.assertNumQueries(6):
                take_up_all()


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.wren = make_newcomer("wren", date_joined=LONG_AGO, days_read=1)
        cls.essay = make_essay()

    def test_everybody_reads_the_thresholds_and_what_each_level_may(self):
        Threshold.objects.filter(level=3).update(posts=4321)
        page = self.client.get(reverse("trust:levels"))
        self.assertContains(page, "<td>4321</td>")
        self.assertContains(page, "Replies and counterpoints by one account")
        self.assertContains(page, "<td>10 minutes</td><td>10</td><td>20</td><td>40</td><td>80</td>")
        self.assertNotContains(page, "Passphrases")

    def test_it_costs_two_queries(self):
        with self.assertNumQueries(2):
            self.client.get(reverse("trust:levels"))

    def test_a_member_sees_how_far_they_are_and_nobody_else_does(self):
        Threshold.objects.filter(level=1).update(days_member=3, days_read=2, posts=3, quiet_days=9)
        own = self.wren.get_absolute_url()
        self.client.force_login(self.wren)
        page = self.client.get(own)
        self.assertContains(page, "Your level is <b>New</b>. For “Member”:")
        self.assertContains(page, "Days on which you read a debate: 1 of 2")
        self.assertContains(page, "Reached: </span>Days since you signed up: 3 of 3")
        self.assertNotContains(page, "Take it up now")
        self.client.force_login(make_newcomer())
        self.assertNotContains(self.client.get(own), "trusts you")
        self.client.logout()
        self.assertNotContains(self.client.get(own), "trusts you")

    def test_looking_changes_nothing_and_the_button_does(self):
        ask_only(1, days_read=1)
        self.client.force_login(self.wren)
        self.assertContains(self.client.get(self.wren.get_absolute_url()), "Take it up now")
        self.wren.refresh_from_db()
        self.assertEqual(self.wren.trust_level, 0)
        answer = self.client.post(reverse("trust:own-level"), sent())
        self.assertRedirects(answer, self.wren.get_absolute_url())
        self.wren.refresh_from_db()
        self.assertEqual(self.wren.trust_level, 1)

    def test_whoever_presses_it_too_early_is_told_so(self):
        self.client.force_login(self.wren)
        page = self.client.post(reverse("trust:own-level"), sent(), follow=True)
        self.assertContains(page, "Nothing has changed")

    def test_whoever_is_trusted_has_no_level_to_wait_for(self):
        with self.settings(DEMO=True):
            self.client.force_login(make_newcomer("gimel", trust_level=3, is_demonstration=True))
            page = self.client.get("/members/gimel/")
        self.assertContains(page, "Your level is <b>Trusted</b>.")
        self.assertNotContains(page, "Take it up now")
