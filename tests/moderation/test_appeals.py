"""A decision is appealed once, by whom it concerns, and decided by another moderator."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.moderation import appeal_permissions, appeals, log, permissions
from forum.moderation.models import Appeal, Case, Decision, LogEntry
from forum.notifications.models import Notice
from forum.posts.models import Post
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import decide, make_case, make_report

WORDS = "It speaks of the rolls and of nobody at all."


class AppealCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.reporter = make_user("ottoline"), make_user("ruth")
        cls.post = make_comment(make_essay("The Collar"), author=cls.author, source="Rolls!")
        cls.first, cls.second = make_moderator("mags"), make_moderator("mo")

    def decided(self, outcome="hide", **fields):
        case = make_report(self.post, reporter=self.reporter).case
        return decide(case, outcome, moderator=self.first, **fields)

    def appeal(self, decision, by=None, **fields):
        decision = Decision.objects.for_statement().get(pk=decision.pk)
        return appeals.appeal(appellant=by or self.author, decision=decision, text=WORDS, **fields)

    def status(self):
        return Post.objects.get(pk=self.post.pk).status

    def refused(self, words, decision, by=None, **fields):
        with self.assertRaisesMessage(PermissionDenied, words):
            self.appeal(decision, by, **fields)


class AppealingTests(AppealCase):
    def test_it_opens_a_grave_case_and_stands_in_the_log_without_names(self):
        decision = self.decided()
        made = self.appeal(decision)
        self.assertEqual((made.case.post, made.case.state), (self.post, "open"))
        self.assertGreater(Case.objects.get(pk=made.case_id).gravity, 2)
        entry = LogEntry.objects.get(kind="appeal")
        self.assertEqual(entry.about_number, decision.log_entry.number)
        self.assertEqual(
            entry.reason, "Its author asks another moderator to look at decision 1 again."
        )
        self.assertEqual(entry.moderator_name, "")
        self.assertNotIn(WORDS, str(entry.public()))
        self.assertIsNone(log.first_broken())

    def test_once_is_enough(self):
        decision = self.decided()
        self.appeal(decision)
        self.refused("You have appealed this decision.", decision)

    def test_for_half_a_year(self):
        decision = self.decided()
        late = decision.created_at + appeal_permissions.APPEALED_WITHIN + timedelta(minutes=1)
        self.refused("for six months", decision, now=late)
        self.appeal(decision, now=late - timedelta(minutes=2))

    def test_only_by_whom_it_concerns(self):
        decision = self.decided()
        self.refused("Only whom a decision concerns", decision, make_user())
        self.refused("Only whom a decision concerns", decision, self.second)
        self.refused("Your report was followed.", decision, self.reporter)

    def test_not_where_nothing_was_taken(self):
        self.refused("took nothing from you", self.decided("keep"))

    def test_a_warning_is_something(self):
        self.appeal(self.decided("keep", sanction="warn"))

    def test_a_reporter_whose_report_was_refused_may(self):
        self.appeal(self.decided("keep"), self.reporter)
        entry = LogEntry.objects.get(kind="appeal")
        self.assertIn("A member who reported it", entry.reason)

    def test_what_was_decided_again_since_is_no_more_to_appeal(self):
        decision = self.decided()
        decide(make_case_on(self.post, self.second), "remove", moderator=self.second)
        self.refused("was decided on again since", decision)

    def test_a_case_that_waits_already_takes_it_up_and_its_first_judge_lets_go(self):
        decision = self.decided()
        case = make_case_on(self.post, self.first)
        self.assertEqual(self.appeal(decision).case, case)
        case.refresh_from_db()
        self.assertIsNone(case.claimed_by)


def make_case_on(post, moderator):
    """Opened by a moderator, who holds it."""
    from forum.moderation import actions  # noqa: PLC0415

    case = actions.open_case(moderator=moderator, post=post)
    return actions.claim_case(moderator=moderator, case=case)


class JudgingTests(AppealCase):
    def test_whoever_decided_first_does_not_decide_again(self):
        case = Case.objects.get(pk=self.appeal(self.decided()).case_id)
        verdict = permissions.can_claim(self.first, case)
        self.assertEqual(
            verdict.reason, "You decided this first: another moderator decides the appeal."
        )
        self.assertTrue(permissions.can_claim(self.second, case))

    def test_nobody_decides_their_own_appeal(self):
        case = make_report(self.post, reporter=self.second).case
        decision = decide(case, "keep", moderator=self.first)
        made = self.appeal(decision, self.second)
        case = Case.objects.get(pk=made.case_id)
        self.assertIn("your own", permissions.can_claim(self.second, case).reason)
        self.assertTrue(permissions.can_claim(make_moderator(), case))

    def test_reversed_the_post_is_back_and_everybody_is_told(self):
        made = self.appeal(self.decided())
        again = decide(made.case, "restore", moderator=self.second)
        self.assertEqual(self.status(), "visible")
        made.refresh_from_db()
        self.assertEqual(made.result, "reversed")
        self.assertEqual(again.log_entry.about_number, 1)
        told = Notice.objects.filter(recipient=self.author).latest("pk")
        self.assertIn("it was reversed", told.sentence)
        self.assertEqual(told.url, again.get_absolute_url())
        self.assertIsNone(log.first_broken())

    def test_held_it_stays_and_is_final(self):
        made = self.appeal(self.decided())
        again = decide(made.case, "keep", moderator=self.second)
        made.refresh_from_db()
        self.assertEqual((made.result, self.status()), ("held", "hidden"))
        told = Notice.objects.filter(recipient=self.author).latest("pk")
        self.assertIn("came to the same decision", told.sentence)
        self.refused("it is final", again)

    def test_who_loses_only_on_appeal_is_heard_too(self):
        made = self.appeal(self.decided("keep"), self.reporter)
        again = decide(made.case, "hide", moderator=self.second)
        made.refresh_from_db()
        self.assertEqual(made.result, "reversed")
        self.appeal(again)

    def test_a_reporter_is_heard_once(self):
        made = self.appeal(self.decided("keep"), self.reporter)
        make_report(self.post, reporter=make_user("otto"))
        again = decide(made.case, "keep", moderator=self.second)
        self.refused("decided on appeal", again, User.objects.get(username="otto"))

    def test_the_standing_moves_and_moves_back(self):
        claim = make_claim(self.post.thread.essay)
        objection = make_counterpoint(claim, "rebuts", author=self.author)
        cast_votes(objection.post, up=3)
        claim.refresh_from_db()
        before = (claim.label, claim.strength)
        self.post = objection.post
        made = self.appeal(self.decided())
        claim.refresh_from_db()
        self.assertEqual(claim.label, "unchallenged")
        decide(made.case, "restore", moderator=self.second)
        claim.refresh_from_db()
        self.assertEqual((claim.label, claim.strength), before)


class LiftingTests(AppealCase):
    def test_a_silence_that_was_wrong_ends(self):
        until = timezone.now() + timedelta(days=5)
        made = self.appeal(self.decided(sanction="silence", until=until))
        decide(made.case, "restore", moderator=self.second, lift=True)
        self.author.refresh_from_db()
        self.assertIsNone(self.author.silenced_until)
        made.refresh_from_db()
        self.assertEqual(made.result, "reversed")
        self.assertIsNotNone(made.decision.sanction.lifted_at)

    def test_another_silence_goes_on(self):
        until = timezone.now() + timedelta(days=2)
        other = make_comment(author=self.author)
        decide(make_case(other), "hide", sanction="silence", until=until)
        longer = until + timedelta(days=5)
        made = self.appeal(self.decided(sanction="silence", until=longer))
        decide(made.case, "restore", moderator=self.second, lift=True)
        self.author.refresh_from_db()
        self.assertEqual(self.author.silenced_until, until)

    def test_unless_it_is_lifted_it_goes_on(self):
        until = timezone.now() + timedelta(days=5)
        made = self.appeal(self.decided(sanction="silence", until=until))
        decide(made.case, "restore", moderator=self.second)
        self.author.refresh_from_db()
        self.assertEqual(self.author.silenced_until, until)


class PagesTests(AppealCase):
    def client_of(self, user):
        client = Client()
        client.force_login(user)
        return client

    def test_the_author_reads_the_reasons_and_appeals_with_one_button(self):
        decision = self.decided(sanction="warn")
        client = self.client_of(self.author)
        page = client.get(decision.get_absolute_url())
        for words in (
            "Rolls!",
            "2. Leave the person alone",
            "mags",
            "No machine",
            "Warning",
            "Reports of other members: personal attack.",
            "No. 1 of the log",
        ):
            self.assertContains(page, words)
        self.assertNotContains(page, "ruth")
        url = reverse("moderation:appeal", args=[decision.pk])
        self.assertContains(page, f'<a class="btn quiet" href="{url}">Appeal</a>')
        self.assertContains(client.get(url), "Why was the decision wrong?")
        for _ in range(2):
            sent = client.post(url, {"text": WORDS, "form_key": KEY})
            self.assertRedirects(sent, decision.get_absolute_url())
        self.assertEqual(Appeal.objects.count(), 1)
        self.assertContains(client.get(decision.get_absolute_url()), "Another moderator decides")

    def test_too_few_words_are_said_to_be_and_stay(self):
        decision = self.decided()
        url = reverse("moderation:appeal", args=[decision.pk])
        page = self.client_of(self.author).post(url, {"text": "No!", "form_key": uuid4()})
        self.assertContains(page, "Say in a sentence what was wrong", status_code=422)
        self.assertContains(page, "No!", status_code=422)

    def test_a_reporter_reads_the_reasons_and_not_the_sanction(self):
        until = timezone.now() + timedelta(days=5)
        decision = self.decided(sanction="silence", until=until)
        page = self.client_of(self.reporter).get(decision.get_absolute_url())
        self.assertContains(page, "The post was hidden")
        self.assertNotContains(page, "Silenced")
        self.assertNotContains(page, "Rolls!")

    def test_nobody_else_reads_it(self):
        decision = self.decided()
        url = decision.get_absolute_url()
        self.assertEqual(self.client_of(make_user()).get(url).status_code, 403)
        self.assertEqual(Client().get(url).status_code, 302)
        self.assertEqual(self.client_of(self.second).get(url).status_code, 200)
        self.assertEqual(self.client_of(self.second).get(f"{url}appeal/").status_code, 403)
        self.assertEqual(self.client_of(make_user()).post(f"{url}appeal/").status_code, 403)

    def test_a_moderator_finds_the_appeal_in_the_queue_and_its_case(self):
        made = self.appeal(self.decided(sanction="warn"))
        client = self.client_of(self.second)
        queue = client.get(reverse("moderation:queue") + "?tab=appeals")
        self.assertEqual(list(queue.context["cases"]), [made.case])
        case = client.get(made.case.get_absolute_url())
        self.assertContains(case, WORDS)
        self.assertContains(case, "By the author of the post")
        client.post(reverse("moderation:claiming", args=[made.case_id]), {"form_key": uuid4()})
        case = client.get(made.case.get_absolute_url())
        self.assertContains(case, 'name="lift"')
        empty = client.get(reverse("moderation:queue") + "?tab=appeals&reason=copied")
        self.assertEqual(list(empty.context["cases"]), [])

    def test_the_log_leads_from_decision_to_appeal_to_outcome(self):
        made = self.appeal(self.decided())
        decide(made.case, "restore", moderator=self.second)
        page = Client().get(reverse("moderation:log"))
        self.assertContains(page, "Against")
        self.assertContains(page, "On appeal against")
        self.assertContains(page, "Appealed:")
        self.assertContains(page, "Decided again:")
        self.assertNotContains(page, WORDS)


KEY = uuid4()
