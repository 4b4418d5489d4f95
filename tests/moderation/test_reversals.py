"""What is decided otherwise later on is told everybody who was told of it the first time."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.moderation import actions, appeals, permissions
from forum.moderation.models import Decision
from forum.moderation.undoing import undo
from forum.notifications.models import Notice
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_report

WORDS = "It speaks of the rolls and of nobody at all."
WHAT = "The post in the discussion of The Collar that you reported"
RULE = "Rule 2. Leave the person alone."
ON_APPEAL = "Another moderator decided so, on appeal."


class ReversalCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.reporter = make_user("ottoline"), make_user("ruth")
        cls.essay = make_essay("The Collar")
        cls.post = make_comment(cls.essay, author=cls.author, source="Rolls!")
        cls.first, cls.second = make_moderator("mags"), make_moderator("mo")

    def decided(self, outcome="hide", by=None, **fields):
        case = make_report(self.post, reporter=by or self.reporter).case
        return decide(case, outcome, moderator=self.first, **fields)

    def appealed(self, decision, outcome, by=None, **fields):
        decision = Decision.objects.for_statement().get(pk=decision.pk)
        made = appeals.appeal(appellant=by or self.author, decision=decision, text=WORDS)
        return decide(made.case, outcome, moderator=self.second, **fields)

    def opened(self, outcome):
        case = actions.open_case(moderator=self.second, post=self.post)
        return decide(case, outcome, moderator=self.second)

    def told(self, member=None):
        """The newest first."""
        found = Notice.objects.filter(recipient=member or self.reporter, kind="decided")
        return list(found.order_by("-pk").values_list("sentence", flat=True))


class ToldTests(ReversalCase):
    def test_whoever_reported_it_hears_that_it_is_back_and_may_read_why(self):
        decision = self.appealed(self.decided(), "restore")
        self.assertEqual(self.told()[0], f"{WHAT} is back in its place. {RULE} {ON_APPEAL}")
        self.client.force_login(self.reporter)
        page = self.client.get(Notice.objects.filter(recipient=self.reporter).latest("pk").url)
        self.assertContains(page, decision.reason)
        self.assertNotContains(page, "Rolls!")

    def test_and_in_the_other_direction_the_others_who_had_reported_it(self):
        other = make_user("otto")
        make_report(self.post, reporter=other)
        self.appealed(self.decided("keep"), "hide", self.reporter)
        self.assertEqual(self.told(other)[0], f"{WHAT} was hidden. {RULE} {ON_APPEAL}")
        self.assertIn("it was reversed", self.told()[0])
        self.assertIn("was hidden", self.told(self.author)[0])

    def test_each_is_told_once(self):
        self.appealed(self.decided("keep"), "hide", self.reporter)
        for member in (self.reporter, self.author):
            self.assertEqual(len(self.told(member)), 2)

    def test_reversed_twice_they_are_told_twice(self):
        hidden = self.appealed(self.decided("keep"), "hide", self.reporter)
        made = appeals.appeal(
            appellant=self.author, decision=Decision.objects.for_statement().get(pk=hidden.pk),
            text=WORDS,
        )  # fmt: skip
        decide(made.case, "restore", moderator=make_moderator())
        self.assertIn("is back in its place", self.told()[0])

    def test_without_an_appeal_too(self):
        self.decided()
        self.opened("restore")
        self.assertEqual(self.told()[0], f"{WHAT} is back in its place. {RULE}")

    def test_a_decision_that_held_is_news_to_its_appellant_alone(self):
        self.appealed(self.decided(), "keep")
        self.assertEqual(len(self.told()), 1)

    def test_a_sanction_that_ends_is_no_news_to_them(self):
        self.appealed(self.decided(sanction="warn"), "keep", lift=True)
        self.assertEqual(len(self.told()), 1)
        self.assertIn("the sanction has ended", self.told(self.author)[0])

    def test_a_note_that_is_taken_away_is(self):
        self.appealed(self.decided("note"), "keep")
        self.assertIn("stays as it is.", self.told()[0])
        self.assertIn("with a note", self.told()[1])

    def test_what_a_rule_had_held_back_is_not_back(self):
        self.decided("keep")
        actions.open_held(self.post, "A post with a link is held")
        type(self.post).objects.filter(pk=self.post.pk).update(status="held")
        decide(self.post.cases.get(state="open"), "restore", moderator=self.second)
        self.assertEqual(len(self.told()), 1)

    def test_what_was_taken_back_was_told_nobody(self):
        with patch("forum.moderation.telling.house") as house:
            house.return_value.undo_minutes = 10
            decision = Decision.objects.for_statement().get(pk=self.decided("keep").pk)
        undo(moderator=self.first, decision=decision)
        decide(self.post.cases.get(state="open"), "hide", moderator=self.first)
        self.appealed(Decision.objects.latest("pk"), "restore")
        self.assertEqual([f"{WHAT} {it}." in told for it, told in zip(
            ("is back in its place", "was hidden"), self.told(), strict=True
        )], [True, True])  # fmt: skip

    def test_who_reported_it_only_later_is_not_concerned_by_what_was_decided_before(self):
        self.decided("keep")
        late = make_user()
        self.decided("keep", late)
        first = Decision.objects.for_statement().earliest("pk")
        self.assertIn("does not concern you", permissions.can_read_statement(late, first).reason)
        second = Decision.objects.for_statement().latest("pk")
        for reader in (late, self.reporter):
            self.assertTrue(permissions.can_read_statement(reader, second))


class OwnReportsTests(ReversalCase):
    url = reverse("moderation:own-reports")

    def page(self):
        self.client.force_login(self.reporter)
        return self.client.get(self.url)

    def test_it_says_what_became_of_it_now_and_what_was_decided_first(self):
        for first, then, by, now, before in (
            ("hide", "restore", self.author, "is back in its place", "was hidden"),
            ("keep", "hide", self.reporter, "was hidden", "stays as it is"),
        ):
            with self.subTest(first=first):
                self.post = make_comment(self.essay, author=self.author)
                early = self.decided(first)
                late = self.appealed(early, then, by)
                page = self.page()
                self.assertContains(page, f"<b>It {now}.</b> {RULE}")
                self.assertContains(page, f"At first: it {before}, rule 2. Leave the person alone.")
                self.assertContains(page, ON_APPEAL)
                for decision in (early, late):
                    self.assertContains(page, decision.get_absolute_url())

    def test_of_what_only_held_it_says_nothing_new(self):
        early = self.decided()
        self.appealed(early, "keep")
        page = self.page()
        self.assertContains(page, "<b>It was hidden.</b>")
        self.assertNotContains(page, "At first")

    def test_what_a_moderator_changed_by_themselves_was_no_appeal(self):
        self.decided()
        self.opened("restore")
        page = self.page()
        self.assertContains(page, "<b>It is back in its place.</b>")
        self.assertNotContains(page, ON_APPEAL)

    def test_the_same_again_is_no_news(self):
        self.decided("keep")
        self.decided("keep", make_user())
        page = self.page()
        self.assertContains(page, "<b>It stays as it is.</b>")
        self.assertNotContains(page, "At first")

    def test_what_nobody_was_told_of_yet_waits(self):
        with patch("forum.moderation.telling.house") as house:
            house.return_value.undo_minutes = 10
            decision = self.decided()
            self.assertContains(self.page(), "Waits for a moderator.")
            self.assertNotContains(self.page(), decision.get_absolute_url())
            Decision.objects.update(told_at=timezone.now() - timedelta(minutes=1))
            self.opened("restore")
        page = self.page()
        self.assertContains(page, "<b>It was hidden.</b>")
        self.assertNotContains(page, "At first")

    def test_query_count_does_not_grow_with_what_was_reversed(self):
        for size in (1, 9):
            for _ in range(size):
                self.post = make_comment(self.essay)
                self.decided()
                self.opened("restore")
            self.client.force_login(self.reporter)
            with self.subTest(size=size), self.assertNumQueries(4):
                self.client.get(self.url)
