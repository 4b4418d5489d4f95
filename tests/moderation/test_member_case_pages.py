"""A case about a member, in the browser: from the member's page to the decision and its undoing."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.house import House, keep
from forum.moderation import actions
from forum.moderation.appeals import appeal
from forum.moderation.member_case_forms import CHOICES
from forum.moderation.member_cases import open_member_case
from forum.moderation.models import Case, Decision, ReasonTemplate, Sanction
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import decide, make_case, make_report, rule

QUEUE = reverse("moderation:queue")
REASON = "One report after another, and nothing in any of them."
BUTTON = "Open a case about this member"


class PageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.other = make_moderator("mags"), make_moderator("mo")
        cls.member = make_user("ottoline", about="Buys <b>collars</b>.")
        cls.url = reverse("moderation:member", args=["ottoline"])
        cls.opening = reverse("moderation:member-case", args=["ottoline"])

    def setUp(self):
        self.client.force_login(self.moderator)

    def opened(self):
        return open_member_case(moderator=self.moderator, member=self.member)

    def decided(self, case=None, **fields):
        case = case or self.opened()
        chosen = {
            "seen": actions.digest(self.member), "sanction": "warn", "rule": "2", "reason": REASON,
            **fields,
        }  # fmt: skip
        return self.client.post(reverse("moderation:decision", args=[case.pk]), sent(**chosen))


class OpeningTests(PageCase):
    def test_the_button_leads_to_a_case_and_pressed_twice_to_the_same(self):
        self.assertContains(self.client.get(self.url), BUTTON)
        form = sent()
        for _ in range(2):
            page = self.client.post(self.opening, form)
            self.assertRedirects(page, Case.objects.get().get_absolute_url())

    def test_there_is_none_where_nobody_could_be_sanctioned(self):
        page = self.client.get(reverse("moderation:member", args=["mo"]))
        self.assertNotContains(page, BUTTON)

    def test_members_cannot_open_one(self):
        self.client.force_login(make_user())
        self.assertContains(self.client.post(self.opening, sent()), "Only mod", status_code=403)


class QueueTests(PageCase):
    def labels(self):
        tabs = self.client.get(QUEUE).context["tabs"]
        return {str(tab["label"]): tab["number"] for tab in tabs}

    def test_it_has_a_kind_and_a_count_of_its_own(self):
        make_case()
        case = self.opened()
        self.assertEqual((self.labels()["About members"], self.labels()["Open"]), ("1", "2"))
        page = self.client.get(QUEUE, {"tab": "members"})
        self.assertEqual(page.context["cases"], [case])
        self.assertContains(page, "About <bdi>ottoline</bdi>")
        self.assertContains(page, "About a member")

    def test_it_is_not_among_those_that_are_chosen_together(self):
        case, post_case = self.opened(), make_case()
        page = self.client.get(QUEUE)
        self.assertContains(page, f"Choose case {post_case.pk}")
        self.assertNotContains(page, f"Choose case {case.pk}")

    def test_whom_it_is_about_reads_nothing_of_it(self):
        case = self.opened()
        User.objects.filter(pk=self.member.pk).update(is_moderator=True)
        self.client.force_login(User.objects.get(pk=self.member.pk))
        self.assertEqual(self.labels()["About members"], "0")
        self.assertEqual(self.client.get(case.get_absolute_url()).status_code, 403)

    def test_the_number_of_queries_does_not_grow_with_the_cases(self):
        numbers = []
        for size in (1, 9):
            for _ in range(size):
                open_member_case(moderator=self.moderator, member=make_user())
            with CaptureQueriesContext(connection) as queries:
                self.client.get(QUEUE, {"tab": "members"})
            numbers.append(len(queries))
        self.assertEqual(numbers[0], numbers[1])


class CaseTests(PageCase):
    def page(self, case=None):
        return self.client.get((case or self.opened()).get_absolute_url())

    def test_it_shows_the_profile_as_it_is(self):
        page = self.page()
        self.assertContains(page, "Buys &lt;b&gt;collars&lt;/b&gt;.")

    def test_it_shows_what_they_reported_and_what_came_of_it(self):
        kept = make_report(make_comment(), reporter=self.member, text="It is bad.")
        decide(kept.case, "keep")
        make_report(make_comment(), reporter=self.member)
        page = self.page()
        self.assertContains(page, "It is bad.")
        self.assertContains(page, "<b>It stays as it is.</b>", html=True)
        self.assertContains(page, "Waits for a moderator.")

    def test_a_moderator_reads_nothing_there_of_reports_of_their_own_posts(self):
        make_report(make_comment(author=self.moderator), reporter=self.member, text="Of mags.")
        case = self.opened()
        self.assertNotContains(self.page(case), "Of mags.")
        self.decided(case)
        self.assertNotContains(self.page(case), "Of mags.")
        self.client.force_login(self.other)
        self.assertContains(self.page(case), "Of mags.")

    def test_decided_it_shows_what_was_judged(self):
        case = self.opened()
        self.decided(case)
        User.objects.filter(pk=self.member.pk).update(about="Sells mules.")
        page = self.page(case)
        self.assertContains(page, "The profile, as it was judged")
        self.assertContains(page, "Buys &lt;b&gt;collars&lt;/b&gt;.")
        self.assertNotContains(page, "Sells mules.")

    def test_on_appeal_it_shows_what_led_to_the_first_decision(self):
        self.decided()
        first = Decision.objects.get()
        case = appeal(appellant=self.member, decision=first, text="They were right.").case
        self.client.force_login(self.other)
        actions.claim_case(moderator=self.other, case=case)
        page = self.page(case)
        self.assertContains(page, "By the member")
        self.assertContains(page, "They were right.")
        self.assertContains(page, f"What led to No. {first.log_entry.number}")
        self.assertContains(page, "End the sanction that was appealed against")

    def test_a_note_written_on_it_is_about_the_member(self):
        case = self.opened()
        self.client.post(reverse("moderation:case-note", args=[case.pk]), sent(text="Look here."))
        self.assertEqual(self.member.moderator_notes.get().case, case)
        self.assertContains(self.page(case), "Look here.")

    def test_the_number_of_queries_does_not_grow_with_the_reports(self):
        case, numbers = self.opened(), []
        for size in (1, 8):
            for _ in range(size):
                decide(make_report(make_comment(), reporter=self.member).case, "keep")
            with CaptureQueriesContext(connection) as queries:
                self.page(case)
            numbers.append(len(queries))
        self.assertEqual(numbers[0], numbers[1])


class FormTests(PageCase):
    def test_it_offers_what_can_follow_for_a_member_and_nothing_else(self):
        page = self.client.get(self.opened().get_absolute_url())
        for value in CHOICES:
            self.assertContains(page, f'name="sanction" value="{value}"')
        self.assertNotContains(page, 'name="outcome"')

    def test_each_is_carried_out(self):
        until = f"{timezone.now() + timedelta(days=3):%Y-%m-%dT%H:%M}"
        for value in CHOICES:
            with self.subTest(sanction=value):
                end = until if value in {"hold", "silence", "suspend"} else ""
                page = self.decided(sanction=value, until=end)
                decision = Decision.objects.latest("pk")
                self.assertRedirects(page, decision.case.get_absolute_url())
                kinds = Sanction.objects.filter(decision=decision).values_list("kind", flat=True)
                self.assertEqual(list(kinds), [] if value == "none" else [value])

    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(self):
        case = self.opened()
        for fields, sentence in (
            ({"sanction": ""}, "Choose what follows for the member."),
            ({"sanction": "silence"}, "Say when it ends."),
            ({"sanction": "none", "message": "Well."}, "Choose above what it is"),
            ({"rule": ""}, "Choose the rule."),
            ({"reason": "Bad."}, "Say in a sentence why"),
        ):
            with self.subTest(fields=fields):
                page = self.decided(case, **{"message": "Mind this.", **fields})
                self.assertContains(page, sentence, status_code=422)
                self.assertContains(page, fields.get("reason", REASON), status_code=422)
        self.assertFalse(Decision.objects.exists())

    def test_a_profile_that_changed_meanwhile_is_read_again(self):
        page = self.decided(seen="0" * 16)
        self.assertContains(page, "has changed their profile", status_code=409)
        self.assertContains(page, REASON, status_code=409)

    def test_of_who_became_a_moderator_nothing_but_that_is_offered(self):
        case = self.opened()
        User.objects.filter(pk=self.member.pk).update(is_moderator=True)
        page = self.client.get(case.get_absolute_url())
        self.assertContains(page, "not sanctioned by another")
        self.assertNotContains(page, 'value="ban"')
        self.assertEqual(self.decided(case, sanction="ban").status_code, 422)
        self.assertEqual(self.decided(case, sanction="none").status_code, 302)

    def test_templates_are_those_for_members(self):
        words = {"rule": rule(2), "text": "You report what you dislike."}
        ours = ReasonTemplate.objects.create(title="Too many", outcome="censure", **words)
        ReasonTemplate.objects.create(title="Rude", outcome="hide", **words)
        case = self.opened()
        page = self.client.get(case.get_absolute_url())
        self.assertContains(page, "Too many (sanctioned)")
        self.assertNotContains(page, "Rude (hidden)")
        page = self.decided(case, template=ours.pk, fill="yes", reason="Mind.", rule="")
        self.assertContains(page, "You report what you dislike.")
        self.assertContains(page, 'value="2" selected')
        page = self.client.get(make_case(held_by=self.moderator).get_absolute_url())
        self.assertNotContains(page, "Too many")

    def test_it_can_be_taken_back_and_goes_on(self):
        case = self.opened()
        keep(House(undo_minutes=10))
        self.addCleanup(keep, House())
        self.decided(case)
        self.assertContains(self.client.get(case.get_absolute_url()), "Nobody has been told")
        self.client.post(reverse("moderation:undoing", args=[case.pk]), sent())
        again = Case.objects.open().get()
        self.assertContains(self.client.get(again.get_absolute_url()), f"case {case.pk}</a>")


class ReadingTests(PageCase):
    """What others read of the decision."""

    def setUp(self):
        super().setUp()
        self.decided(sanction="warn", message="Mind what you report.")
        self.decision = Decision.objects.get()

    def test_the_log_shows_it_without_a_link(self):
        page = self.client.get(reverse("moderation:log"))
        self.assertContains(page, "<p>A member</p>", html=True)
        self.assertNotContains(page, 'href=""')

    def test_the_member_reads_why_and_appeals(self):
        self.client.force_login(self.member)
        page = self.client.get(self.decision.get_absolute_url())
        for said in ("Your conduct", "Mind what you report.", "Buys &lt;b&gt;collars", REASON):
            self.assertContains(page, said)
        address = reverse("moderation:appeal", args=[self.decision.pk])
        self.assertContains(self.client.get(address), "your conduct")
        self.client.post(address, sent(text="They were all of them right."))
        self.assertEqual(Case.objects.appealed().get().member, self.member)
        self.assertContains(self.client.get(self.decision.get_absolute_url()), "You appealed on")

    def test_a_sanction_that_lasts_says_where_it_holds(self):
        until = f"{timezone.now() + timedelta(days=3):%Y-%m-%dT%H:%M}"
        self.decided(sanction="silence", until=until)
        self.client.force_login(self.member)
        page = self.client.get(Decision.objects.latest("pk").get_absolute_url())
        self.assertContains(page, "For how long")
        self.assertContains(page, "Everywhere on this site")
        self.assertNotContains(self.client.get(self.decision.get_absolute_url()), "For how long")

    def test_their_own_page_shows_it(self):
        self.client.force_login(self.member)
        page = self.client.get(reverse("moderation:own-standing"))
        self.assertContains(page, "Sanctioned: rule 2")
        self.assertContains(page, self.decision.get_absolute_url())

    def test_others_do_not_read_it(self):
        self.client.force_login(make_user())
        self.assertEqual(self.client.get(self.decision.get_absolute_url()).status_code, 403)

    def test_the_figures_name_it(self):
        self.assertContains(self.client.get(reverse("moderation:fairness")), "Sanctioned")
