"""Whoever judges an appeal sees what was judged the first time; nothing is guessed for them."""

from django.test import TestCase
from django.urls import reverse

from forum.guard.judging import Judgement
from forum.moderation import actions, appeals, flagging, legal
from forum.moderation.amending import amend
from forum.moderation.earlier import earlier_cases
from forum.moderation.models import Case, Decision, FrozenText, ReportReason, Rule
from forum.posts import actions as posts
from forum.posts.models import Post
from tests.factories import make_comment, make_essay, make_moderator, make_user, sent
from tests.moderation.builders import REASON, decide, make_case, make_report, rule

WORDS = "It speaks of the rolls and of nobody at all."
NOBODY = "Nobody reported it: a moderator opened the case."


class AgainCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author = make_user("ottoline")
        cls.essay = make_essay("The Collar")
        cls.parent = make_comment(cls.essay, source="Ownership is one thing.")
        cls.post = make_comment(parent=cls.parent, author=cls.author, source="Rolls!")
        cls.first, cls.second = make_moderator("mags"), make_moderator("mo")

    def setUp(self):
        self.client.force_login(self.second)

    def reported(self, **fields):
        return make_report(self.post, text="Nasty, all of it.", **fields).case

    def noticed(self):
        why = "It says of a living person what a court has found untrue."
        return legal.give_notice(
            post=self.post, name="Nan Quillfeather", email="nan@example.org", explanation=why
        ).case

    def decided(self, case, outcome="hide", **fields):
        made = decide(case, outcome, moderator=self.first, **fields)
        return Decision.objects.for_statement().get(pk=made.pk)

    def appealed(self, decision, by=None):
        return appeals.appeal(appellant=by or self.author, decision=decision, text=WORDS).case

    def page(self, case):
        return self.client.get(case.get_absolute_url())


class FirstCaseTests(AgainCase):
    def test_an_appeal_shows_its_reports_what_stood_around_it_and_the_way_there(self):
        reporter = make_user("ruth")
        decision = self.decided(self.reported(reporter=reporter))
        posts.edit(by=self.parent.author, post=self.parent, source="Ownership is three things.")
        page = self.page(self.appealed(decision))
        self.assertContains(page, f"What led to No. {decision.log_entry.number}")
        for words in ("Nasty, all of it.", "/members/ruth/", "first report", "Personal attack",
                      "Ownership is one thing.", decision.case.get_absolute_url()):  # fmt: skip
            self.assertContains(page, words)
        self.assertNotContains(page, "Nobody reported it")
        self.assertNotContains(page, "No reports")

    def test_what_a_machine_or_a_notice_had_found(self):
        flagging.flag(self.post, Judgement(reported_by="Collars are sold elsewhere"))
        self.noticed()
        decision = self.decided(Case.objects.open().get())
        page = self.page(self.appealed(decision))
        for words in ("The watch list had found it: “Collars are sold elsewhere”",
                      "Nan Quillfeather", "a court has found untrue"):  # fmt: skip
            self.assertContains(page, words)
        self.assertNotContains(page, "No member had reported it.")

    def test_where_nobody_had_reported_it_that_is_said(self):
        case = actions.open_case(moderator=self.first, post=self.post)
        page = self.page(self.appealed(self.decided(case)))
        self.assertContains(page, "No member had reported it.")

    def test_an_appeal_against_what_was_decided_on_appeal_shows_both(self):
        reporter = make_user("ruth")
        kept = self.decided(self.reported(reporter=reporter), "keep")
        made = decide(self.appealed(kept, reporter), "hide", moderator=self.second)
        hidden = Decision.objects.for_statement().get(pk=made.pk)
        case = Case.objects.for_page().get(pk=self.appealed(hidden).pk)
        self.assertEqual([one.decision for one in earlier_cases(case)], [kept, hidden])

    def test_an_amendment_shows_what_led_to_hiding_it(self):
        self.decided(self.reported(), "amend")
        case = amend(
            author=self.author, post=Post.objects.get(pk=self.post.pk), source="A kinder word."
        )
        self.assertContains(self.page(case), "Nasty, all of it.")

    def test_what_was_erased_is_said_to_be_gone(self):
        decision = self.decided(self.reported())
        FrozenText.objects.update(source="", html="", text="", context={}, salt="")
        page = self.page(self.appealed(decision))
        self.assertContains(page, "went with one of those who had written it")

    def test_an_ordinary_case_has_none(self):
        self.assertNotContains(self.page(self.reported()), "What led to No.")

    def test_the_queries_are_as_many_however_much_there_was(self):
        for size in (1, 12):
            self.post = make_comment(self.essay, author=self.author)
            for _ in range(size):
                self.reported()
            case = self.appealed(self.decided(self.post.cases.get()))
            found = Case.objects.for_page().get(pk=case.pk)
            with self.subTest(size=size), self.assertNumQueries(4):
                ((one),) = earlier_cases(found)
            self.assertEqual(len(one.reports), size)


class NoticeTests(AgainCase):
    def test_its_case_shows_the_notice_and_not_that_nobody_reported_it(self):
        page = self.page(self.noticed())
        self.assertContains(page, "One legal notice")
        self.assertContains(page, "a court has found untrue")
        self.assertNotContains(page, "Nobody reported it")

    def test_reports_beside_it_are_shown_and_a_moderators_own_case_says_so(self):
        self.noticed()
        self.assertContains(self.page(self.reported()), "Nasty, all of it.")
        case = actions.open_case(moderator=self.first, post=make_comment())
        self.assertContains(self.page(case), NOBODY)


class RuleTests(AgainCase):
    def chosen(self, case):
        case = actions.claim_case(moderator=self.second, case=case)
        page = self.page(case)
        self.assertContains(page, '<option value="">Choose a rule</option>' if (
            found := page.context["form"]["rule"].value()
        ) else '<option value="" selected>Choose a rule</option>')  # fmt: skip
        return found

    def test_of_an_appeal_it_is_the_rule_of_what_is_appealed(self):
        self.assertEqual(self.chosen(self.appealed(self.decided(self.reported(), number=5))), 5)

    def test_of_an_amendment_that_of_what_was_hidden(self):
        self.decided(self.reported(), "amend", number=4)
        post = Post.objects.get(pk=self.post.pk)
        self.assertEqual(self.chosen(amend(author=self.author, post=post, source="Buns.")), 4)

    def test_of_reports_that_of_the_gravest_that_has_one(self):
        spoken = {reason.key: reason.rule.number for reason in ReportReason.objects.exclude(
            rule=None
        ).select_related("rule")}  # fmt: skip
        self.assertEqual(self.chosen(self.reported(reason="attack")), spoken["attack"])

    def test_else_none_and_it_has_to_be_chosen(self):
        for case in (
            actions.open_case(moderator=self.first, post=make_comment()),
            actions.open_held(make_comment(), "A post with a link is held"),
            self.noticed(),
        ):
            with self.subTest(case=case.post_id):
                self.assertIsNone(self.chosen(case))
                said = {"outcome": "keep", "rule": "", "reason": REASON}
                url = reverse("moderation:decision", args=[case.pk])
                page = self.client.post(
                    url, sent(seen=actions.digest(case.post), **said)
                )  # fmt: skip
                self.assertContains(page, "Choose the rule.", status_code=422)
                self.assertContains(page, REASON, status_code=422)
        self.assertFalse(Decision.objects.exists())

    def test_a_rule_that_holds_no_more_is_not_chosen(self):
        case = self.appealed(self.decided(self.reported(), number=5))
        Rule.objects.filter(number=5).update(retired_at=case.opened_at)
        actions.claim_case(moderator=self.second, case=case)
        page = self.page(case)
        self.assertContains(page, '<option value="">Choose a rule</option>')
        self.assertNotContains(page, '<option value="5" selected')

    def test_of_many_it_is_the_one_that_they_share(self):
        url = reverse("moderation:together")
        alike = [make_case(reason="attack").pk, make_case(reason="attack").pk]
        other = actions.open_case(moderator=self.first, post=make_comment()).pk
        for cases, expected in ((alike, 2), ([*alike, other], None), ([other], None)):
            page = self.client.get(url, {"case": cases, "outcome": "hide"})
            with self.subTest(cases=cases):
                self.assertEqual(page.context["form"]["rule"].value(), expected)
        self.assertEqual(rule(2).number, 2)
