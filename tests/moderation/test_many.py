"""Many cases are chosen, looked at together, and decided with one press."""

from django.test import TestCase
from django.urls import reverse

from forum.moderation import actions, appeals
from forum.moderation.models import Case, Decision, Outcome
from forum.posts import actions as posts
from forum.posts.models import Post
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import REASON, decide, make_case, make_report

URL = reverse("moderation:together")


class ManyCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")

    def setUp(self):
        self.client.force_login(self.moderator)

    def look(self, cases, outcome="hide"):
        return self.client.get(URL, {"case": [case.pk for case in cases], "outcome": outcome})

    def send(self, cases, outcome="hide", form=None, **fields):
        seen = {f"seen-{case.pk}": actions.digest(case.post) for case in cases}
        said = {
            "case": [case.pk for case in cases], "outcome": outcome, "rule": 2,
            "reason": REASON, **seen, **fields,
        }  # fmt: skip
        return self.client.post(URL, form or sent(**said), follow=True)

    def statuses(self, cases):
        return [Post.objects.get(pk=case.post_id).status for case in cases]


class LookingTests(ManyCase):
    def test_it_says_what_would_change_for_each_and_why_some_are_left_out(self):
        free = make_case()
        mine = make_report(make_comment(), reporter=self.moderator).case
        held = make_case(held_by=self.other)
        done = decide(make_case(), "keep", moderator=self.moderator).case
        own = make_case(make_comment(author=self.moderator))
        page = self.look([free, mine, held, done, own])
        said = {one.case: one.verdict.reason for one in page.context["foreseen"]}
        self.assertEqual(
            said,
            {
                free: "",
                mine: "You reported this post: another moderator decides.",
                held: "Another moderator holds this case.",
                done: "This case has been decided already.",
            },
        )
        self.assertContains(page, "Will be hidden", count=1)
        self.assertContains(page, "Decide one case")
        self.assertEqual(Decision.objects.count(), 1)

    def test_an_outcome_that_fits_only_some(self):
        cases = [make_case(), make_case()]
        posts.set_status(post=cases[1].post, status="held")
        page = self.look(cases, "restore")
        self.assertContains(page, "Will be public", count=1)
        self.assertContains(page, "cannot be decided of a post that is visible")

    def test_where_none_can_be_decided_there_is_no_button(self):
        page = self.look([make_case()], "restore")
        self.assertContains(page, "None of them can be decided so")
        self.assertNotContains(page, 'name="reason"')

    def test_nonsense_leads_back_or_is_left_out(self):
        for query in ({}, {"case": ["x", "999999", "٣"]}):
            page = self.client.get(URL, query, follow=True)
            self.assertContains(page, "Choose the cases first")
        self.assertEqual(self.look([make_case()], "ban").context["outcome"], "keep")
        self.assertEqual(self.look([make_case()], "branch").context["outcome"], "keep")

    def test_query_count_does_not_grow_with_the_cases(self):
        for size in (1, 12):
            cases = [make_case() for _ in range(size)]
            self.look(cases)
            with self.subTest(size=size), self.assertNumQueries(6):
                self.look(cases)

    def test_only_moderators(self):
        case = make_case()
        self.client.logout()
        self.assertIn("/accounts/login/", self.look([case]).url)
        self.client.force_login(make_user())
        self.assertContains(self.look([case]), "Only moderators", status_code=403)
        self.assertContains(self.send([case]), "Only moderators", status_code=403)
        self.assertFalse(Decision.objects.exists())


class DecidingTests(ManyCase):
    def test_one_press_decides_them_all_once(self):
        cases = [make_case() for _ in range(3)]
        said = {f"seen-{case.pk}": actions.digest(case.post) for case in cases}
        form = sent(case=[case.pk for case in cases], outcome="hide", rule=2, reason=REASON, **said)
        for _ in range(2):
            page = self.send(cases, form=form)
        self.assertEqual(self.statuses(cases), ["hidden"] * 3)
        self.assertEqual(Decision.objects.count(), 3)
        self.assertEqual(page.request["PATH_INFO"], reverse("moderation:queue"))

    def test_it_says_how_many_and_which_were_left_out(self):
        cases = [make_case(), make_case(held_by=self.other), make_case()]
        page = self.send(cases)
        self.assertContains(page, "2 decided.")
        self.assertContains(page, f"{cases[1]} was left out: Another moderator holds this case.")
        self.assertEqual(self.statuses(cases), ["hidden", "visible", "hidden"])

    def test_what_was_edited_since_it_was_looked_at_is_left_out(self):
        cases = [make_case(), make_case()]
        stale = actions.digest(cases[0].post)
        posts.edit(by=cases[0].post.author, post=cases[0].post, source="Mended.")
        page = self.send(cases, **{f"seen-{cases[0].pk}": stale})
        self.assertContains(page, "was edited while you were reading")
        self.assertEqual(self.statuses(cases), ["visible", "hidden"])

    def test_an_appeal_is_answered_by_itself(self):
        decision = decide(moderator=self.other)
        decision = Decision.objects.for_statement().get(pk=decision.pk)
        made = appeals.appeal(
            appellant=decision.member, decision=decision, text="It was no attack."
        )
        page = self.send([Case.objects.get(pk=made.case_id)], "restore")
        self.assertContains(page, "An appeal is answered by itself.")
        self.assertEqual(self.statuses([made.case]), ["hidden"])

    def test_without_a_reason_nothing_is_decided_and_nothing_is_lost(self):
        cases = [make_case(), make_case()]
        page = self.send(cases, reason="No.")
        self.assertContains(page, "Say in a sentence why", status_code=422)
        self.assertContains(page, "No.</textarea>", status_code=422)
        self.assertEqual(page.context["outcome"], Outcome.HIDE)
        self.assertFalse(Decision.objects.exists())

    def test_what_is_for_one_post_at_a_time_is_refused(self):
        cases = [make_case()]
        page = self.send(cases, "amend")
        self.assertContains(page, "This is decided of one post at a time.")
        self.assertEqual(self.statuses(cases), ["visible"])


class QueueTests(ManyCase):
    def test_each_open_case_has_a_box_and_decided_ones_have_none(self):
        case = make_case()
        queue = reverse("moderation:queue")
        page = self.client.get(queue)
        self.assertContains(page, f'value="{case.pk}" form="together"')
        self.assertContains(page, "Decide the chosen together")
        decide(case, "keep")
        page = self.client.get(f"{queue}?tab=decided")
        self.assertNotContains(page, 'form="together"')

    def test_tabs_for_what_was_reported_and_what_was_amended(self):
        reported = make_case()
        unreported = actions.open_case(moderator=self.other, post=make_comment())
        Case.objects.filter(pk=unreported.pk).update(amends=decide())
        queue = reverse("moderation:queue")
        for tab, case in (("reports", reported), ("amended", unreported)):
            with self.subTest(tab=tab):
                page = self.client.get(f"{queue}?tab={tab}")
                self.assertEqual(page.context["cases"], [case])
