"""A member's side: what is kept from them, what of theirs is not public, what came of reports."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.lib.house import House, keep
from forum.moderation import actions, appeals
from forum.moderation.models import Decision
from forum.moderation.undoing import undo
from forum.posts import actions as posts
from tests.factories import make_comment, make_essay, make_user
from tests.moderation.builders import REASON, decide, make_case, make_report

WEEK = timezone.now() + timedelta(days=7)


class OwnStandingTests(TestCase):
    url = reverse("moderation:own-standing")

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.member = make_user("vic")

    def setUp(self):
        self.client.force_login(self.member)

    def remark(self, source="A rude remark."):
        return make_comment(self.essay, author=self.member, source=source)

    def test_without_anything_it_says_so(self):
        page = self.client.get(self.url)
        self.assertContains(page, "Nothing is kept from you.")
        self.assertContains(page, "Everything that you wrote and did not withdraw is public.")
        self.assertContains(page, "Nothing was ever decided about you or a post of yours.")

    def test_what_concerns_others_is_none_of_it(self):
        decide(make_case(make_comment(self.essay)), sanction="silence", until=WEEK, message="Rest.")
        self.test_without_anything_it_says_so()

    def test_it_tells_what_is_in_force_until_when_and_why(self):
        decision = decide(make_case(self.remark()), sanction="silence", until=WEEK, message="Rest.")
        page = self.client.get(self.url)
        self.assertContains(page, "Silenced until")
        self.assertContains(page, "Rest.")
        self.assertContains(page, REASON)
        self.assertContains(page, decision.get_absolute_url())

    def test_what_is_over_is_listed_as_past(self):
        decide(
            make_case(self.remark()), sanction="hold", until=WEEK, now=timezone.now()
        ).sanction.__class__.objects.update(until=timezone.now() - timedelta(minutes=1))
        page = self.client.get(self.url)
        self.assertContains(page, "Nothing is kept from you.")
        self.assertContains(page, "Held for review until")

    def test_a_held_post_tells_the_rule_who_can_act_and_what_comes_next(self):
        post = self.remark("Look at my collars.")
        posts.set_status(post=post, status="held")
        actions.open_held(post=post, rule_name="A first post with a link is held")
        for url in (self.url, reverse("member", args=["vic"])):
            page = self.client.get(url)
            for words in ("A first post with a link is held", "Any moderator", "Look at my collars",
                          "It is shown, or you are told why not."):  # fmt: skip
                self.assertContains(page, words)

    def test_a_hidden_post_leads_to_its_decision_and_says_when_an_appeal_waits(self):
        made = decide(make_case(self.remark()))
        page = self.client.get(self.url)
        self.assertContains(page, "Hidden by a moderator")
        self.assertContains(page, made.get_absolute_url())
        decision = Decision.objects.for_statement().get(pk=made.pk)
        appeals.appeal(appellant=self.member, decision=decision, text="It was not rude at all.")
        page = self.client.get(self.url)
        self.assertContains(page, "Your appeal waits")
        self.assertContains(page, f"A moderator other than {decision.moderator.name}")

    def test_an_appeal_of_another_is_none_of_theirs(self):
        post = self.remark()
        reply = make_comment(parent=post, author=make_user())
        made = decide(make_case(post), "branch")
        decision = Decision.objects.for_statement().get(pk=made.pk)
        appeals.appeal(appellant=reply.author, decision=decision, text="I said nothing rude.")
        page = self.client.get(self.url)
        self.assertContains(page, "another moderator, by your appeal, until")
        self.assertNotContains(page, "Your appeal waits")
        self.assertNotContains(self.client.get(made.get_absolute_url()), "You appealed on")

    def test_others_see_none_of_it_on_the_members_page(self):
        decide(make_case(self.remark()))
        own = self.client.get(reverse("member", args=["vic"]))
        self.assertContains(own, "Not public")
        self.client.force_login(make_user())
        self.assertNotContains(self.client.get(reverse("member", args=["vic"])), "Not public")

    def test_what_its_author_took_back_is_no_matter_of_moderation(self):
        posts.withdraw(by=self.member, post=self.remark())
        self.assertEqual(self.client.get(self.url).context["states"], [])

    def test_query_count_does_not_grow_and_the_rest_is_on_further_pages(self):
        for size in (1, 30):
            for _ in range(size):
                posts.set_status(post=self.remark(), status="hidden")
            decide(make_case(self.remark()))
            with self.subTest(size=size), self.assertNumQueries(10):
                page = self.client.get(self.url)
        self.assertEqual(len(page.context["states"]), 25)
        rest = self.client.get(self.url + page.context["next_url"])
        self.assertEqual(len(rest.context["states"]), 8)

    def test_a_stranger_is_sent_to_log_in(self):
        self.client.logout()
        for name in ("own-standing", "own-reports"):
            answer = self.client.get(reverse(f"moderation:{name}"))
            self.assertIn(reverse("account_login"), answer.url)


class BeforeItIsToldTests(TestCase):
    """What may still be taken back has its effect, and so it is shown: but not where it is told."""

    url = reverse("moderation:own-standing")

    @classmethod
    def setUpTestData(cls):
        cls.member = make_user("vic")

    def setUp(self):
        keep(House(undo_minutes=10))
        self.client.force_login(self.member)

    def decided(self, outcome="hide", **fields):
        post = make_comment(author=self.member, source="A rude remark.")
        return decide(make_case(post), outcome, **fields)

    def test_what_is_kept_from_them_is_there_without_a_way_that_is_closed(self):
        decision = self.decided(sanction="silence", until=WEEK, message="Rest.")
        page = self.client.get(self.url)
        self.assertContains(page, "Silenced until")
        self.assertContains(page, "who decided it and may still take it back", count=2)
        self.assertContains(page, "you are told of it, and can appeal", count=2)
        self.assertContains(page, "<span>may still be taken back", count=1)
        self.assertEqual(self.client.get(decision.get_absolute_url()).status_code, 403)
        for absent in (decision.get_absolute_url(), "Rest.", "Nothing is kept from you"):
            self.assertNotContains(page, absent)

    def test_told_it_is_as_any_other(self):
        decision = self.decided(sanction="ban")
        Decision.objects.update(told_at=timezone.now())
        page = self.client.get(self.url)
        self.assertContains(page, decision.get_absolute_url(), count=3)
        self.assertNotContains(page, "may still")

    def test_taken_back_nothing_is_left_of_it(self):
        decision = self.decided(sanction="ban")
        undo(moderator=decision.moderator, decision=decision)
        page = self.client.get(self.url)
        for words in ("Nothing is kept from you.", "Nothing was ever decided"):
            self.assertContains(page, words)


class OwnReportsTests(TestCase):
    url = reverse("moderation:own-reports")

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.member = make_user("ruth")

    def setUp(self):
        self.client.force_login(self.member)

    def report(self, **fields):
        return make_report(make_comment(self.essay), reporter=self.member, **fields)

    def test_without_any_it_says_so(self):
        self.assertContains(self.client.get(self.url), "You have reported nothing.")

    def test_it_tells_what_waits_and_what_came_of_the_others(self):
        self.report(text="He calls her a fool.")
        self.assertContains(self.client.get(self.url), "Waits for a moderator.")
        self.assertContains(self.client.get(self.url), "He calls her a fool.")
        followed = decide(self.report().case, "hide")
        refused = decide(self.report().case, "keep")
        page = self.client.get(self.url)
        for decision, words in ((followed, "It was hidden."), (refused, "It stays as it is.")):
            self.assertContains(page, words)
            self.assertContains(page, decision.get_absolute_url())

    def test_they_are_ones_own_only(self):
        make_report()
        self.assertContains(self.client.get(self.url), "You have reported nothing.")

    def test_query_count_does_not_grow_with_them(self):
        for size in (1, 30):
            for _ in range(size):
                decide(self.report().case, "keep")
            with self.subTest(size=size), self.assertNumQueries(4):
                page = self.client.get(self.url)
        rest = self.client.get(self.url + page.context["next_url"])
        self.assertEqual(len(rest.context["reports"]), 6)
