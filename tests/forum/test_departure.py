"""A member leaves: with days to think better of it, or at once."""

from datetime import timedelta

import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.departures import carry_out_due
from forum.exchange.leaving import ask_to_leave
from forum.exchange.models import Departure
from tests.factories import make_comment, make_editor, make_user, sent

PASSPHRASE = "a long pass phrase"


class DepartureTests(TestCase):
    url = reverse("departure")

    @classmethod
    def setUpTestData(cls):
        cls.wren = make_user("wren", display_name="Wren Oddfellow")
        EmailAddress.objects.create(
            user=cls.wren, email=cls.wren.email, verified=True, primary=True
        )
        make_comment(author=cls.wren)

    def setUp(self):
        self.client.post(reverse("account_login"), {"login": "wren", "password": PASSPHRASE})
        self.client.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})

    def ask(self, **changes):
        fields = {"posts": "keep", "when": "wait", "username": "wren"} | changes
        return self.client.post(self.url, sent(**fields), follow=True)

    def gone(self):
        return User.objects.get(pk=self.wren.pk).erased_at is not None

    def test_the_page_says_what_goes_and_what_stays(self):
        page = self.client.get(self.url)
        self.assertContains(page, "What goes, either way")
        self.assertContains(page, "Your votes stay counted")
        self.assertContains(page, "In 7 days")

    def test_whoever_waits_is_told_when_and_can_stay(self):
        self.assertContains(self.ask(), "Your account will be erased on")
        self.assertEqual(mail.outbox[-1].to, ["wren@example.org"])
        self.assertIn(self.url, mail.outbox[-1].body)
        self.assertEqual(carry_out_due(), 0)
        page = self.client.post(reverse("departure-undo"), follow=True)
        self.assertContains(page, "You stay.")
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            self.assertEqual(carry_out_due(), 0)
        self.assertFalse(self.gone())

    def test_whoever_else_leaves_is_not_spoken_of_and_goes_on_leaving(self):
        other = make_user()
        ask_to_leave(member=other, keeps_posts=True, at_once=False)
        self.assertNotContains(self.client.get(self.url), "will be erased on")
        self.ask()
        self.client.post(reverse("departure-undo"))
        self.assertEqual(Departure.objects.get().member, other)

    def test_after_the_days_of_grace_the_periodic_work_does_it(self):
        self.ask()
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            call_command("tidy", verbosity=0)
        self.assertTrue(self.gone())
        self.assertFalse(Departure.objects.exists())

    def test_at_once_logs_out_and_leaves_it_to_the_worker(self):
        page = self.ask(posts="remove", when="now")
        self.assertContains(page, "You have left")
        self.assertNotIn("_auth_user_id", self.client.session)
        self.assertEqual(carry_out_due(), 1)
        self.assertTrue(self.gone())

    def test_a_wrong_name_or_nothing_chosen_erases_nobody_and_keeps_what_was_chosen(self):
        for changes, field in (
            ({"username": "wrong"}, "username"),
            ({"username": ""}, "username"),
            ({"posts": "burn"}, "posts"),
            ({"when": "never"}, "when"),
        ):
            with self.subTest(changes=changes):
                page = self.ask(**{"posts": "remove"} | changes)
                self.assertEqual(list(page.context["form"].errors), [field])
                if field == "username":
                    self.assertContains(page, 'value="remove" ')
        self.assertFalse(Departure.objects.exists())

    def test_the_name_counts_whatever_its_capitals(self):
        self.ask(username="@Wren")
        self.assertTrue(Departure.objects.exists())

    def test_a_borrowed_browser_is_asked_who_it_is(self):
        client = Client()
        client.force_login(self.wren)
        answer = client.post(self.url, sent(posts="keep", when="now", username="wren"))
        self.assertIn(reverse("account_reauthenticate"), answer.url)
        self.assertFalse(Departure.objects.exists())

    def test_an_editor_is_told_whom_to_ask_first(self):
        client = Client()
        client.force_login(make_editor("edda"))
        page = client.get(self.url)
        self.assertContains(page, "let a keeper take the role back first")
        self.assertNotContains(page, "Delete my account")

    def test_a_member_who_became_an_editor_meanwhile_is_not_erased(self):
        self.ask(when="now")
        User.objects.filter(pk=self.wren.pk).update(is_editor=True)
        self.assertEqual(carry_out_due(), 0)
        self.assertFalse(self.gone())
