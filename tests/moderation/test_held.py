"""What a stated rule holds back waits in the queue, and its false alarms are counted."""

from django.test import TestCase
from django.urls import reverse

from forum.lib.verdict import Refused
from forum.moderation import actions, fairness, outcome_permissions
from forum.moderation.models import Case, Decision
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts.models import PostStatus
from tests.factories import make_comment, make_essay, make_moderator
from tests.moderation.builders import decide, make_report

RULE = "A first post with more than two links is held"


def make_held(post=None, rule=RULE):
    post = post or make_comment()
    posts.set_status(post=post, status=PostStatus.HELD)
    post.refresh_from_db()
    return actions.open_held(post, rule)


class HeldTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")
        cls.essay = make_essay("The Horse Collar")

    def setUp(self):
        self.client.force_login(self.moderator)

    def test_it_opens_the_posts_one_case_with_the_rule(self):
        case = make_held()
        self.assertEqual((case.held_by_rule, case.state, case.report_count), (RULE, "open", 0))
        again = actions.open_held(case.post, "x" * 300)
        self.assertEqual((again.pk, len(again.held_by_rule)), (case.pk, 120))
        self.assertEqual(Case.objects.count(), 1)

    def test_a_case_that_was_reported_stays_as_grave_as_it_was(self):
        post = make_comment()
        case = make_report(post, reason="hatred").case
        make_held(post)
        case.refresh_from_db()
        self.assertEqual((case.gravity, case.held_by_rule), (4, RULE))

    def test_the_queue_has_a_tab_of_them_with_their_number(self):
        case = make_held()
        make_report()
        page = self.client.get(reverse("moderation:queue") + "?tab=held")
        self.assertEqual(page.context["cases"], [case])
        self.assertContains(page, f"Held: {RULE}")
        self.assertNotContains(page, "Opened by a moderator")
        numbers = {tab["label"]: tab["number"] for tab in page.context["tabs"]}
        self.assertEqual((numbers["Held posts"], numbers["Open"]), ("1", "2"))

    def test_the_case_says_which_rule_held_it(self):
        page = self.client.get(make_held().get_absolute_url())
        self.assertContains(page, f"Held: {RULE}")
        self.assertContains(page, "a rule held it back before anybody had read it")

    def test_restored_it_is_public_and_its_author_is_told_so(self):
        decision = decide(make_held(make_comment(self.essay)), "restore", moderator=self.moderator)
        post = decision.case.post
        post.refresh_from_db()
        self.assertEqual(post.status, "visible")
        notice = Notice.objects.get(recipient=post.author)
        self.assertIn("in the discussion of The Horse Collar is public now.", notice.sentence)

    def test_it_is_not_left_waiting_by_a_decision(self):
        self.assertFalse(outcome_permissions.can_choose("keep", make_held().post))
        with self.assertRaises(Refused):
            decide(make_held(), "keep")

    def test_the_statement_says_that_a_machine_found_it_and_decided_nothing(self):
        decision = decide(make_held(), "remove", moderator=self.moderator)
        page = self.client.get(decision.get_absolute_url())
        self.assertContains(page, f"A rule of this site held it back by machine: {RULE}.")
        self.assertContains(page, "and decided nothing")
        self.assertNotContains(page, "No machine")

    def test_false_alarms_are_counted_among_all(self):
        for outcome in ("restore", "remove", "restore"):
            decide(make_held(), outcome)
        decide(outcome="hide")
        found = fairness.figures()
        self.assertEqual((found.held, found.held_falsely), (3, 2))
        self.assertEqual(Decision.objects.count(), 4)
        self.assertContains(
            self.client.get(reverse("moderation:fairness")), "<dt>Held for nothing</dt><dd>2</dd>"
        )
