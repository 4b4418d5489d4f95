"""Legal notices are decided: before all else, in time, and whoever gave them is told by letter."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.core import mail
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from forum.lib.house import House, keep
from forum.lib.verdict import Refused
from forum.moderation import appeals
from forum.moderation.appeal_permissions import can_appeal
from forum.moderation.legal_deadlines import deadlines
from forum.moderation.legal_letters import acknowledge, answer, answer_again
from forum.moderation.models import Decision, LegalNotice, LogEntry
from forum.moderation.permissions import can_claim
from forum.moderation.undoing import undo
from tests.factories import make_comment, make_moderator, make_user
from tests.moderation.builders import NOTICE, REASON, decide, give_notice, make_case

URL = reverse("moderation:legal-notice")
RECORD = reverse("moderation:legal-notices")


class DecidedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post = make_comment()
        cls.moderator = make_moderator("mags")
        cls.notice = give_notice(cls.post)

    def setUp(self):
        keep(House(undo_minutes=10))

    def letters(self, decision=None):
        if decision is not None:
            answer.func(self.notice.pk, decision.pk)
        return [(each.to, each.subject, each.body) for each in mail.outbox]

    def test_it_waits_before_all_else(self):
        make_case(reason="hatred")
        self.client.force_login(self.moderator)
        page = self.client.get(reverse("moderation:queue")).content.decode()
        first = re.search(r'href="(/moderation/cases/\d+/)"', page)[1]
        assert first == self.notice.case.get_absolute_url()
        assert "Legal notice</span>" in page
        only = self.client.get(f"{reverse('moderation:queue')}?tab=legal").content.decode()
        assert only.count("<tr>") == 2

    def test_its_case_says_who_gave_it_why_and_until_when(self):
        self.client.force_login(self.moderator)
        page = self.client.get(self.notice.case.get_absolute_url()).content.decode()
        for said in ("Nan Quillfeather", "nan@example.org", NOTICE):
            assert said in page

    def test_whoever_gave_it_has_a_letter_that_it_came(self):
        acknowledge.func(self.notice.pk)
        ((to, subject, body),) = self.letters()
        assert to == ["nan@example.org"]
        assert f"({self.notice.pk})" in subject
        # Anybody can name any address: nobody has words of a stranger from here.
        assert NOTICE not in body
        assert "Nan" not in body
        assert self.post.get_absolute_url() in body

    def test_and_one_with_the_decision_its_rule_its_reason_and_the_way_on(self):
        decision = decide(self.notice.case, "remove", moderator=self.moderator)
        ((_, _, body),) = self.letters(decision)
        for said in ("Removed", str(decision.rule), REASON, "/moderation/log/", "court"):
            assert said in body
        self.notice.refresh_from_db()
        assert self.notice.answered_at is not None

    def test_both_come_in_the_language_in_which_it_was_written(self):
        with override("de"):
            notice = give_notice(make_comment())
        decision = decide(notice.case, "remove", moderator=self.moderator)
        with patch(
            "forum.moderation.legal_letters.render_to_string", lambda *_: f"In {get_language()}."
        ):
            acknowledge.func(notice.pk)
            answer.func(notice.pk, decision.pk)
            acknowledge.func(self.notice.pk)
        assert [each.body for each in mail.outbox] == ["In de.", "In de.", "In en-gb."]

    def test_a_refused_notice_is_appealed_by_a_member(self):
        keep(House(undo_minutes=0))
        nan = make_user("nan")
        LegalNotice.objects.update(member=nan)
        decision = decide(self.notice.case, "keep", moderator=self.moderator)
        ((_, _, body),) = self.letters(decision)
        assert f"{decision.get_absolute_url()}\n" in body
        assert "you can appeal until" in body
        assert "give notice again" not in body
        self.client.force_login(nan)
        page = self.client.get(decision.get_absolute_url())
        self.assertContains(page, reverse("moderation:appeal", args=[decision.pk]))
        found = Decision.objects.for_statement().get(pk=decision.pk)
        made = appeals.appeal(appellant=nan, decision=found, text=NOTICE)
        assert LogEntry.objects.get(kind="appeal").reason.startswith("Whoever gave a legal notice")
        self.client.force_login(make_moderator())
        page = self.client.get(made.case.get_absolute_url())
        self.assertContains(page, "who had given a legal notice of it")
        decide(made.case, "remove", moderator=make_moderator())
        made.refresh_from_db()
        assert made.result == "reversed"

    def test_a_notice_that_was_followed_is_not_appealed(self):
        keep(House(undo_minutes=0))
        nan = make_user("nan")
        LegalNotice.objects.update(member=nan)
        decision = decide(self.notice.case, "remove", moderator=self.moderator)
        ((_, _, body),) = self.letters(decision)
        assert "appeal" not in body
        assert "give notice again" not in body
        assert "a body that settles disputes out of court" in body
        found = Decision.objects.for_statement().get(pk=decision.pk)
        assert can_appeal(nan, found).reason == "Your notice was followed."
        assert "Only whom a decision" in can_appeal(make_user(), found).reason

    def test_without_an_account_it_is_given_again_and_another_moderator_answers(self):
        decision = decide(self.notice.case, "keep", moderator=self.moderator)
        ((_, _, body),) = self.letters(decision)
        assert f"{URL}?post={self.post.pk}" in body
        assert "Another moderator decides it" in body
        again = give_notice(self.post, email="NAN@example.org").case
        words = "You answered whoever gives notice of it again: another moderator decides."
        assert can_claim(self.moderator, again).reason == words
        with self.assertRaisesMessage(Refused, words):
            decide(again, moderator=self.moderator)
        decide(again, "remove")

    def test_whoever_answered_one_giver_answers_another(self):
        decide(self.notice.case, "keep", moderator=self.moderator)
        LegalNotice.objects.update(email="")
        assert can_claim(self.moderator, give_notice(self.post, email="ned@example.org").case)
        assert can_claim(self.moderator, give_notice(make_comment()).case)

    def test_where_the_site_says_how_it_is_reached_the_letter_says_so(self):
        keep(House(undo_minutes=10, contact="keepers@example.org"))
        decision = decide(self.notice.case, "keep", moderator=self.moderator)
        ((_, _, body),) = self.letters(decision)
        assert "You can also write to keepers@example.org." in body

    def test_what_is_decided_otherwise_later_is_told_by_another_letter(self):
        keep(House(undo_minutes=0))
        first = decide(self.notice.case, "remove", moderator=self.moderator)
        self.letters(first)
        found = Decision.objects.for_statement().get(pk=first.pk)
        made = appeals.appeal(appellant=self.post.author, decision=found, text=NOTICE)
        with patch("forum.moderation.legal.answer_again") as letter:
            again = decide(made.case, "restore", moderator=make_moderator())
            letter.using().enqueue.assert_called_once_with(self.notice.pk, again.pk)
        answer_again.func(self.notice.pk, again.pk)
        _, subject, body = self.letters()[-1]
        assert "decided again" in subject
        for said in ("Something else was decided by now", "Restored", f"{URL}?post={self.post.pk}"):
            assert said in body

    def test_nothing_is_told_again_where_nothing_changed_or_it_was_taken_back(self):
        keep(House(undo_minutes=0))
        first = decide(self.notice.case, "remove", moderator=self.moderator)
        found = Decision.objects.for_statement().get(pk=first.pk)
        made = appeals.appeal(appellant=self.post.author, decision=found, text=NOTICE)
        with patch("forum.moderation.legal.answer_again") as letter:
            held = decide(made.case, "keep", moderator=make_moderator())
            letter.using.assert_not_called()
        Decision.objects.filter(pk=held.pk).update(undone_at=timezone.now())
        answer_again.func(self.notice.pk, held.pk)
        assert self.letters() == []

    def test_no_letter_goes_out_twice(self):
        decision = decide(self.notice.case, moderator=self.moderator)
        self.letters(decision)
        assert len(self.letters(decision)) == 1

    def test_a_decision_that_is_taken_back_is_told_nobody_and_the_notice_waits_again(self):
        decision = decide(self.notice.case, moderator=self.moderator)
        case = undo(moderator=self.moderator, decision=decision)
        assert self.letters(decision) == []
        self.notice.refresh_from_db()
        assert (self.notice.case, self.notice.decision) == (case, None)
        again = decide(case, "keep", moderator=self.moderator)
        assert "Kept" in self.letters(again)[0][2]

    def test_a_second_notice_about_the_same_post_is_decided_with_the_first(self):
        other = give_notice(self.post, email="ned@example.org")
        assert other.case == self.notice.case
        decision = decide(self.notice.case, moderator=self.moderator)
        assert list(decision.legal_notices.order_by("pk")) == [self.notice, other]


class DeadlineTests(TestCase):
    QUEUE = reverse("moderation:queue")

    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")

    def setUp(self):
        self.client.force_login(self.moderator)

    def due_in(self, **span):
        return give_notice(
            make_comment(), now=timezone.now() - timedelta(days=7) + timedelta(**span)
        )

    def test_the_queue_leads_to_the_record(self):
        self.assertContains(self.client.get(self.QUEUE), f'href="{RECORD}"')

    def test_of_what_has_time_nothing_is_said(self):
        self.due_in(days=3)
        page = self.client.get(self.QUEUE).content.decode()
        assert "Due soon" not in page
        assert ">Late<" not in page

    def test_what_is_due_soon_and_what_is_late_stand_at_the_head_of_the_queue(self):
        self.due_in(hours=40)
        soon = "One legal notice has to be answered within two days."
        page = self.client.get(self.QUEUE)
        self.assertContains(page, f'<a href="{self.QUEUE}?tab=legal">{soon}</a>')
        self.assertContains(page, "Due soon")
        self.due_in(hours=-1)
        self.due_in(days=-20)
        page = self.client.get(self.QUEUE)
        self.assertContains(page, f"Two legal notices are late. {soon}")
        self.assertNotContains(page, "Due soon")

    def test_what_is_decided_waits_no_more(self):
        decide(self.due_in(hours=-1).case, moderator=self.moderator)
        self.assertNotContains(self.client.get(self.QUEUE), ">Late<")

    def test_of_notices_about_their_own_posts_a_moderator_hears_nothing(self):
        give_notice(make_comment(author=self.moderator), now=timezone.now() - timedelta(days=9))
        self.assertNotContains(self.client.get(self.QUEUE), ">Late<")
        assert deadlines().late == 1

    def test_they_cost_one_query_however_many_there_are(self):
        for size in (1, 12):
            for _ in range(size):
                self.due_in(hours=-1)
            with self.subTest(size=size), self.assertNumQueries(1):
                found = deadlines(reader=self.moderator)
        assert found.late == 13
