"""A sanction ends before its time when a moderator says so, with a rule and a reason."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.house import House, keep
from forum.lib.verdict import Refused
from forum.moderation import appeals, log, permissions
from forum.moderation.ending import end_sanction
from forum.moderation.models import Appeal, Case, Decision, LogEntry, Sanction
from forum.moderation.undoing import undo
from forum.notifications.models import Notice
from tests.factories import make_comment, make_essay, make_moderator, make_user, sent
from tests.moderation.builders import REASON, decide, make_case, rule

WEEK = timezone.now() + timedelta(days=7)
WHY = "It was somebody else who wrote it."
LIMITS = ("silenced_until", "suspended_until", "held_until", "banned_at")


class EndingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_user("vic")
        cls.judge, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.essay = make_essay("The Collar")

    def laid(self, kind="ban", member=None, **fields):
        until = None if kind in {"warn", "ban"} else WEEK
        post = make_comment(self.essay, author=member or self.member)
        made = decide(make_case(post), sanction=kind, until=until, moderator=self.judge, **fields)
        return made.sanction

    def end(self, sanction, moderator=None, **fields):
        return end_sanction(
            moderator=moderator or self.other, sanction=sanction, rule=rule(1), reason=WHY, **fields
        )

    def refused(self, words, sanction, moderator=None, **fields):
        with self.assertRaisesMessage(Refused, words):
            self.end(sanction, moderator, **fields)

    def limits(self):
        member = User.objects.get(pk=self.member.pk)
        return [name for name in LIMITS if getattr(member, name)]


class EndingTests(EndingCase):
    def test_each_kind_ends_at_once_and_the_member_is_told_why(self):
        for kind, words in (
            ("warn", "taken a warning of yours back"), ("hold", "ended the hold"),
            ("silence", "You were silenced"), ("suspend", "ended the suspension"),
            ("ban", "ended the ban"),
        ):  # fmt: skip
            with self.subTest(kind=kind):
                sanction = self.laid(kind)
                self.end(sanction)
                self.assertEqual(self.limits(), [])
                notice = Notice.objects.filter(recipient=self.member).latest("pk")
                self.assertIn(words, notice.sentence)
                self.assertEqual((notice.excerpt, notice.kind), (WHY, "decided"))
                self.assertEqual(notice.url, sanction.decision.get_absolute_url())

    def test_the_log_says_by_whom_and_why_and_neither_which_nor_whose(self):
        sanction = self.laid("silence")
        entry = self.end(sanction)
        self.assertEqual(
            (entry.kind, entry.reason, entry.rule_number, entry.moderator_name),
            ("end", WHY, 1, self.other.name),
        )
        self.assertEqual(entry.about_number, sanction.decision.log_entry.number)
        for word in ("vic", "ilence"):
            self.assertNotIn(word, str(entry.public()))
        sanction.refresh_from_db()
        self.assertEqual((sanction.ending, sanction.lifted_at), (entry, entry.at))
        self.assertIsNone(log.first_broken())
        page = self.client.get(reverse("moderation:log"))
        self.assertContains(page, '<h3 class="relname">Sanction ended</h3>')
        self.assertContains(page, "Imposed with <a")
        self.assertContains(page, "Sanction ended: <a")

    def test_what_else_runs_goes_on(self):
        first, second = self.laid("silence"), self.laid("ban")
        self.end(second)
        self.assertEqual(self.limits(), ["silenced_until"])
        self.assertTrue(Sanction.objects.get(pk=first.pk).is_in_force(timezone.now()))

    def test_whoever_laid_it_on_may_see_that_it_was_wrong(self):
        self.end(self.laid(), self.judge)
        self.assertEqual(self.limits(), [])

    def test_it_counts_no_more_for_the_years_to_come(self):
        sanction = self.laid()
        self.end(sanction)
        self.assertFalse(Sanction.objects.filter(lifted_at=None).exists())


class RefusingTests(EndingCase):
    def test_only_moderators_in_good_standing(self):
        sanction = self.laid()
        self.refused("Only moderators", sanction, self.member)
        self.refused("Only moderators", sanction, make_user())
        self.refused("suspended", sanction, make_moderator(suspended_until=WEEK))

    def test_never_by_whom_it_strikes(self):
        sanction = self.laid("hold")
        User.objects.filter(pk=self.member.pk).update(is_moderator=True)
        self.refused("is ended by another moderator", sanction, User.objects.get(pk=self.member.pk))
        self.end(sanction)

    def test_not_twice_and_not_when_it_is_over(self):
        sanction = self.laid("silence")
        self.refused("over already", sanction, now=WEEK + timedelta(minutes=1))
        self.end(sanction)
        self.refused("over already", sanction)
        self.assertEqual(LogEntry.objects.filter(kind="end").count(), 1)

    def test_not_before_the_member_knows_of_it(self):
        sanction = self.laid()
        told_at = timezone.now() + timedelta(minutes=5)
        Decision.objects.update(told_at=told_at)
        self.refused("Nobody has been told of it yet", Sanction.objects.get(pk=sanction.pk))
        self.end(Sanction.objects.get(pk=sanction.pk), now=told_at)


class AppealTests(EndingCase):
    def appealed(self, sanction):
        decision = Decision.objects.for_statement().get(pk=sanction.decision_id)
        return appeals.appeal(appellant=self.member, decision=decision, text="It was not me.")

    def test_ended_on_appeal_it_has_its_own_line_in_the_log(self):
        sanction = self.laid()
        made = self.appealed(sanction)
        again = decide(made.case, "keep", lift=True, moderator=self.other)
        entry = LogEntry.objects.get(kind="end")
        self.assertEqual(entry.about_number, sanction.decision.log_entry.number)
        self.assertEqual(entry.number, again.log_entry.number + 1)
        self.assertEqual(Sanction.objects.get().ending, entry)
        told = Notice.objects.filter(recipient=self.member).latest("pk").sentence
        self.assertIn("the sanction has ended; the rest holds", told)

    def test_reversed_in_whole_the_notice_says_both(self):
        made = self.appealed(self.laid())
        decide(made.case, "restore", lift=True, moderator=self.other)
        told = Notice.objects.filter(recipient=self.member).latest("pk").sentence
        self.assertIn("it was reversed, and the sanction has ended", told)

    def test_reversed_as_to_the_post_it_promises_no_more(self):
        made = self.appealed(self.laid())
        decide(made.case, "restore", moderator=self.other)
        told = Notice.objects.filter(recipient=self.member).latest("pk").sentence
        self.assertTrue(told.endswith("it was reversed."))
        self.assertEqual(self.limits(), ["banned_at"])

    def test_ended_by_hand_while_an_appeal_waits_the_appeal_was_right(self):
        sanction = self.laid()
        made = self.appealed(sanction)
        self.end(sanction)
        self.client.force_login(self.other)
        case = Case.objects.get(pk=made.case_id)
        self.assertNotContains(self.client.get(case.get_absolute_url()), 'name="lift"')
        decide(case, "keep", moderator=self.other)
        self.assertEqual(Appeal.objects.get().result, "reversed")

    def test_ended_before_the_appeal_it_was_not_what_was_asked_for(self):
        sanction = self.laid()
        self.end(sanction)
        made = self.appealed(sanction)
        decide(made.case, "keep", moderator=self.other)
        self.assertEqual(Appeal.objects.get().result, "held")

    def test_taken_back_it_goes_on_and_the_log_tells_that_too(self):
        sanction = self.laid()
        made = self.appealed(sanction)
        keep(House(undo_minutes=10))
        again = decide(made.case, "keep", lift=True, moderator=self.other)
        ended = LogEntry.objects.get(kind="end")
        undo(moderator=self.other, decision=again)
        self.assertEqual(self.limits(), ["banned_at"])
        sanction.refresh_from_db()
        self.assertEqual((sanction.ending, sanction.lifted_at), (None, None))
        self.assertEqual(LogEntry.objects.get(kind="resume").about_number, ended.number)
        self.assertIsNone(log.first_broken())


class PageTests(EndingCase):
    def setUp(self):
        self.client.force_login(self.other)

    def url(self, sanction):
        return reverse("moderation:ending", args=[sanction.pk])

    def test_the_members_page_and_the_case_lead_to_it(self):
        member = reverse("moderation:member", args=["vic"])
        self.laid("ban", member=make_user())
        self.assertContains(self.client.get(member), "Nothing is kept from them.")
        sanction = self.laid("silence")
        for url in (member, sanction.decision.case.get_absolute_url()):
            self.assertContains(self.client.get(url), f'href="{self.url(sanction)}"')

    def test_what_is_over_is_not_offered_and_a_warning_is_taken_back(self):
        self.end(self.laid())
        warning = self.laid("warn")
        page = self.client.get(reverse("moderation:member", args=["vic"]))
        self.assertEqual([one.sanction for one in page.context["sanctions"]], [warning])
        self.assertContains(page, "Take the warning back")
        self.assertContains(page, "(ended)")

    def test_pressed_twice_it_ends_once(self):
        sanction = self.laid("hold")
        page = self.client.get(self.url(sanction))
        for words in ("Held for review until", REASON, "mags"):
            self.assertContains(page, words)
        form = sent(rule="1", reason=WHY)
        for _ in range(2):
            page = self.client.post(self.url(sanction), form, follow=True)
            self.assertRedirects(page, reverse("moderation:member", args=["vic"]))
            self.assertContains(page, "the member has been told")
        self.assertEqual(LogEntry.objects.filter(kind="end").count(), 1)

    def test_too_short_a_reason_is_said_by_its_field_and_stays(self):
        sanction = self.laid("hold")
        page = self.client.post(self.url(sanction), sent(rule="1", reason="No!"))
        self.assertContains(page, "Say in a sentence why", status_code=422)
        self.assertContains(page, "No!", status_code=422)
        self.assertEqual(self.limits(), ["held_until"])

    def test_whom_it_strikes_does_not_open_it_and_what_is_over_says_so(self):
        sanction = self.laid("hold")
        self.client.force_login(self.member)
        # Nor does it tell a member which there are.
        for url in (self.url(sanction), reverse("moderation:ending", args=[sanction.pk + 99])):
            self.assertContains(self.client.get(url), "Only moderators", status_code=403)
        User.objects.filter(pk=self.member.pk).update(is_moderator=True)
        for answer in (self.client.get(self.url(sanction)), self.client.post(self.url(sanction))):
            self.assertContains(answer, "by the other moderators", status_code=403)
        self.client.force_login(self.other)
        self.end(sanction)
        self.assertContains(self.client.get(self.url(sanction)), "over already", status_code=403)

    def test_the_member_reads_that_it_has_ended_and_where_the_reason_is(self):
        sanction = self.laid("silence")
        entry = self.end(sanction)
        self.client.force_login(self.member)
        statement = self.client.get(sanction.decision.get_absolute_url())
        self.assertContains(statement, ", ended on")
        self.assertContains(statement, entry.get_absolute_url())
        standing = self.client.get(reverse("moderation:own-standing"))
        self.assertContains(standing, "Nothing is kept from you.")
        self.assertContains(standing, ", ended on")

    def test_query_count_does_not_grow_with_them(self):
        url = reverse("moderation:member", args=["vic"])
        for size in (1, 15):
            for _ in range(size):
                self.laid("warn")
            with self.subTest(size=size), self.assertNumQueries(8):
                page = self.client.get(url)
        self.assertEqual(len(page.context["sanctions"]), 16)

    def test_why_it_cannot_be_ended_yet_stands_beside_it(self):
        self.laid("warn")
        Decision.objects.update(told_at=timezone.now() + timedelta(minutes=5))
        page = self.client.get(reverse("moderation:member", args=["vic"]))
        self.assertContains(page, "Nobody has been told of it yet")
        self.assertFalse(permissions.can_end_sanction(self.other, Sanction.objects.get()))
