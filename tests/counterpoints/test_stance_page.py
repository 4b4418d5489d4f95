"""Where members stand, on the page of the claim: asked, answered, told from five people up."""

import re
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse

from forum.counterpoints import actions
from forum.counterpoints.models import ChangedMind, Stance
from forum.counterpoints.stances import credit, take_stance
from forum.guard.models import Limit
from forum.posts import locking
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
    sent,
)

# Of a limit, whoever asks.
ONE = {"most": 1, "most_member": None, "most_regular": None, "most_trusted": None}
PRESSED = re.compile(r'<button name="side" value="(\w+)" aria-pressed="(\w+)">')


def people(claim, **sides):
    for side, number in sides.items():
        for _ in range(number):
            take_stance(member=make_user(), claim=claim, side=side)


class StancePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.url = cls.claim.get_absolute_url()
        cls.stance_url = reverse("counterpoints:stance", args=[cls.claim.pk])
        cls.member = make_user("wren")

    def setUp(self):
        self.client.force_login(self.member)

    def page(self):
        return self.client.get(self.url).content.decode()

    def side(self):
        return [stance.side for stance in Stance.objects.filter(member=self.member)]

    def test_three_buttons_of_which_the_pressed_one_takes_it_back(self):
        self.assertEqual(
            PRESSED.findall(self.page()),
            [("agree", "false"), ("disagree", "false"), ("unsure", "false")],
        )
        answer = self.client.post(self.stance_url, sent(side="disagree"))
        self.assertRedirects(answer, self.url, fetch_redirect_response=False)
        self.assertEqual(
            PRESSED.findall(self.page()),
            [("agree", "false"), ("none", "true"), ("unsure", "false")],
        )
        self.client.post(self.stance_url, sent(side="none"))
        self.assertEqual(self.side(), [])

    def test_where_others_stand_presses_none_of_them(self):
        people(self.claim, agree=1, unsure=1)
        self.assertEqual({pressed for _, pressed in PRESSED.findall(self.page())}, {"false"})

    def test_so_many_are_taken_and_no_more(self):
        Limit.objects.filter(name="vote-account").update(**ONE)
        answers = [self.client.post(self.stance_url, sent(side=side)).status_code
                   for side in ("disagree", "agree")]  # fmt: skip
        self.assertEqual((answers, self.side()), ([302, 429], ["disagree"]))

    def test_it_leads_back_to_the_page_that_was_open(self):
        answer = self.client.post(
            self.stance_url, sent(side="agree"),
            headers={"referer": f"http://testserver{self.url}?order=newest"},
        )  # fmt: skip
        self.assertEqual(answer.url, f"{self.url}?order=newest#stance")

    def test_a_form_sent_late_again_does_not_undo_what_was_said_since(self):
        key = str(uuid4())
        for side in ("agree", "disagree", "none"):
            self.client.post(self.stance_url, {"side": side, "form_key": key})
        self.assertEqual(self.side(), [])
        self.client.post(self.stance_url, {"side": "agree", "form_key": key})
        self.assertEqual(self.side(), [])

    def test_what_is_no_stance_is_refused(self):
        for fields in (sent(side="nonsense"), sent(), {"side": "agree"}):
            self.assertEqual(self.client.post(self.stance_url, fields).status_code, 403)
        self.assertEqual(self.client.get(self.stance_url).status_code, 405)
        self.assertEqual(self.side(), [])

    def test_visitors_are_asked_to_log_in_and_shown_no_form(self):
        self.client.logout()
        page = self.page()
        self.assertIn("Log in to say where you stand", page)
        self.assertNotIn('method="post"', page)
        answer = self.client.post(self.stance_url, sent(side="agree"))
        self.assertIn("/accounts/login/", answer.url)
        self.assertFalse(Stance.objects.exists())

    def test_sums_are_told_from_five_people_up_to_everybody_alike(self):
        people(self.claim, agree=2, disagree=1, unsure=1)
        for login in (self.client.logout, lambda: self.client.force_login(self.member)):
            login()
            page = self.page()
            self.assertIn("Told from five people up", page)
            self.assertNotIn("2 agree", page)
        take_stance(member=self.member, claim=self.claim, side="unsure")
        for login in (self.client.logout, lambda: self.client.force_login(self.member)):
            login()
            self.assertIn("2 agree, 1 disagrees, 2 are unsure", self.page())

    def test_visitors_hear_of_it_without_waiting(self):
        self.client.logout()
        people(self.claim, agree=5)
        self.assertIn("5 agree, 0 disagree, 0 are unsure", self.page())
        people(self.claim, unsure=1)
        self.assertIn("5 agree, 0 disagree, 1 is unsure", self.page())

    def test_no_name_stands_on_the_page(self):
        people(self.claim, agree=5)
        take_stance(member=self.member, claim=self.claim, side="agree")
        self.client.logout()
        self.assertNotIn("wren", self.page())

    def test_where_nothing_can_be_said_the_reason_stands_in_place_of_the_form(self):
        locking.lock(thread=self.claim.thread, reason="It went in circles.")
        page = self.page()
        self.assertEqual(PRESSED.findall(page), [])
        self.assertIn("<p>This debate is closed.</p>", page)
        self.assertEqual(self.client.post(self.stance_url, sent(side="agree")).status_code, 403)
        self.client.logout()
        self.assertNotIn("Log in to say where you stand", self.page())


class ChangedMindPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.claim = make_claim()
        cls.member, cls.writer = make_user(), make_user(display_name="Hester <b>Vane")
        cls.one = make_counterpoint(cls.claim, "undercuts", author=cls.writer)
        cls.url = reverse("counterpoints:changed-mind", args=[cls.one.pk])
        cls.moved_url = reverse("counterpoints:moved", args=[cls.claim.pk])

    def setUp(self):
        self.client.force_login(self.member)

    def page(self, url=None):
        return self.client.get(url or self.claim.get_absolute_url()).content.decode()

    def test_each_counterpoint_of_another_leads_to_the_question(self):
        link = f'href="/counterpoints/{self.one.pk}/changed-mind/"'
        self.assertIn(link, self.page())
        self.client.force_login(self.writer)
        self.assertNotIn(link, self.page())
        self.client.logout()
        self.assertNotIn(link, self.page())

    def test_it_asks_from_what_to_what_and_knows_what_the_member_said_before(self):
        take_stance(member=self.member, claim=self.claim, side="disagree")
        checked = re.compile(r'name="(\w+)" value="(\w+)"[^>]* checked')
        self.assertEqual(checked.findall(self.page(self.url)), [("before", "disagree")])
        take_stance(member=self.member, claim=self.claim, side="agree")
        self.assertEqual(
            checked.findall(self.page(self.url)), [("before", "disagree"), ("after", "agree")]
        )

    def test_said_on_its_page_and_taken_back_there(self):
        answer = self.client.post(self.url, sent(before="agree", after="unsure"))
        self.assertRedirects(answer, f"/posts/{self.one.pk}/", fetch_redirect_response=False)
        self.assertEqual(Stance.objects.get().side, "unsure")
        self.assertIn("It changed your mind", self.page())
        self.assertIn("from “I agree” to “I am unsure”", self.page(self.url))
        self.client.post(reverse("counterpoints:unchanged-mind", args=[self.one.pk]), sent())
        self.assertFalse(ChangedMind.objects.exists())
        self.assertIn("This changed my mind", self.page())

    def test_whose_mind_it_changed_is_known_to_themselves_only(self):
        credit(member=make_user(), counterpoint=self.one, before="agree", after="unsure")
        self.assertIn("This changed my mind", self.page())
        self.assertNotIn("It changed your mind", self.page())
        self.assertNotIn("from “I agree”", self.page(self.url))

    def test_errors_stand_by_their_field_and_nothing_chosen_is_lost(self):
        answer = self.client.post(self.url, sent(before="agree"))
        self.assertContains(answer, "Choose one of the three.", status_code=422)
        self.assertRegex(answer.content.decode(), r'name="before" value="agree"[^>]* checked')
        same = self.client.post(self.url, sent(before="agree", after="agree"))
        self.assertContains(same, "Then it changed nothing", status_code=422)
        self.assertFalse(ChangedMind.objects.exists())

    def test_after_a_change_of_sides_the_page_asks_what_did_it(self):
        own = make_counterpoint(self.claim, author=self.member)
        take_stance(member=self.member, claim=self.claim, side="disagree")
        self.assertNotIn("What moved you?", self.page())
        take_stance(member=self.member, claim=self.claim, side="agree")
        page = self.page()
        self.assertIn("You disagreed until", page)
        self.assertIn(
            f'<option value="{self.one.pk}">Hester &lt;b&gt;Vane’s undercut (post {self.one.pk})',
            page,
        )
        self.assertNotIn(f'<option value="{own.pk}">', page)
        self.client.post(self.moved_url, sent(post=str(self.one.pk)))
        made = ChangedMind.objects.get()
        self.assertEqual((made.before, made.after), ("disagree", "agree"))
        self.assertNotIn("What moved you?", self.page())

    def test_it_counts_as_a_vote_and_there_may_be_too_many(self):
        Limit.objects.filter(name="vote-account").update(**ONE)
        answers = [self.client.post(self.moved_url, sent(post="")).status_code for _ in range(2)]
        self.assertEqual(answers, [302, 429])

    def test_nothing_on_the_page_is_an_answer_too(self):
        for side in ("disagree", "agree"):
            take_stance(member=self.member, claim=self.claim, side=side)
        self.client.post(self.moved_url, sent(post=""))
        self.assertFalse(ChangedMind.objects.exists())
        self.assertNotIn("What moved you?", self.page())

    def test_refused_for_what_is_not_there_one_s_own_and_another_debate_s(self):
        elsewhere = make_counterpoint(make_claim())
        own = make_counterpoint(self.claim, author=self.member)
        hidden = make_counterpoint(self.claim)
        actions.set_status(post=hidden.post, status="hidden")
        remark = make_comment(make_essay())
        self.assertEqual(
            self.client.post(self.moved_url, sent(post=str(self.one.pk))).status_code, 403
        )
        for side in ("disagree", "agree"):
            take_stance(member=self.member, claim=self.claim, side=side)
        for post, status in (
            (elsewhere.pk, 404), (remark.pk, 404), ("x", 404), ("9" * 40, 404), (own.pk, 403),
            (hidden.pk, 403),
        ):  # fmt: skip
            with self.subTest(post=post):
                answer = self.client.post(self.moved_url, sent(post=str(post)))
                self.assertEqual(answer.status_code, status)
        for name in ("changed-mind", "unchanged-mind"):
            for one in (own, hidden):
                url = reverse(f"counterpoints:{name}", args=[one.pk])
                fields = sent(before="agree", after="unsure")
                self.assertEqual(self.client.post(url, fields).status_code, 403)
        self.assertFalse(ChangedMind.objects.exists())

    def test_the_badge_is_told_from_five_people_up(self):
        for number in range(5):
            self.assertNotIn("Changed", self.page().replace("Changed by", ""), number)
            credit(member=make_user(), counterpoint=self.one, before="agree", after="unsure")
        self.assertIn("Changed five minds</span>", self.page())

    def test_the_writer_s_own_page_tells_it_by_the_same_rule(self):
        url = self.writer.get_absolute_url()
        for viewer in (self.member, self.writer):
            ChangedMind.objects.all().delete()
            self.writer.minds_changed = 0
            self.writer.save()
            for _ in range(4):
                credit(member=make_user(), counterpoint=self.one, before="agree", after="unsure")
            self.client.force_login(viewer)
            self.assertNotIn("changed</span>", self.page(url))
            credit(member=make_user(), counterpoint=self.one, before="agree", after="unsure")
            self.assertIn("<span>five minds changed</span>", self.page(url))
