"""Signing up, logging in and asking for a new passphrase: how often, and for whom it is counted."""

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import TestCase
from django.urls import reverse

from forum.accounts.models import User
from forum.guard.models import Limit, Tally
from tests.factories import make_newcomer

PASSPHRASE = "a long pass phrase"
SIGN_UP = {
    "username": "robin", "display_name": "", "email": "robin@example.org",
    "password1": "four dull words do", "password2": "four dull words do",
}  # fmt: skip


class LogInTests(TestCase):
    url = reverse("account_login")

    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_newcomer("ruth", is_staff=True, is_superuser=True)
        EmailAddress.objects.create(
            user=cls.ruth, email=cls.ruth.email, verified=True, primary=True
        )

    def guess(self, times, login="ruth", password="another phrase", **more):
        for _ in range(times):
            page = self.client.post(self.url, {"login": login, "password": password}, **more)
        return page

    def test_guessing_ends_with_a_sentence_that_says_when_it_may_go_on(self):
        self.assertEqual(self.guess(10).status_code, 200)
        refused = self.guess(1, password=PASSPHRASE)
        self.assertContains(refused, "tried to log in 10 times in 15 minutes", status_code=429)
        self.assertContains(refused, 'value="ruth"', status_code=429)
        self.assertIn("Retry-After", refused)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_another_name_and_another_address_are_not_held_up(self):
        self.guess(11)
        self.assertEqual(self.guess(1, login="nobody").status_code, 200)
        self.assertEqual(self.guess(1, login="RUTH ").status_code, 429)

    def test_one_address_does_not_try_every_name(self):
        Limit.objects.filter(name="sign-in-address").update(most=3)
        answers = [self.guess(1, login=f"member{each}").status_code for each in range(4)]
        self.assertEqual(answers, [200, 200, 200, 429])
        forged = self.guess(1, login="x", headers={"X-Forwarded-For": "198.51.100.9"})
        self.assertEqual(forged.status_code, 429)
        self.assertEqual(self.guess(1, login="x", REMOTE_ADDR="198.51.100.9").status_code, 200)

    def test_the_admins_own_door_is_the_same_door(self):
        self.guess(10)
        admin = reverse("admin:login")
        own_form = self.client.post(admin, {"username": "ruth", "password": PASSPHRASE})
        self.assertEqual(own_form.status_code, 405)
        self.assertNotIn("_auth_user_id", self.client.session)
        self.assertEqual(self.guess(1, password=PASSPHRASE).status_code, 429)

    def test_a_passphrase_that_is_asked_for_again_is_counted_as_well(self):
        self.client.force_login(self.ruth)
        for _ in range(11):
            page = self.client.post(reverse("account_reauthenticate"), {"password": "wrong"})
        self.assertEqual(page.status_code, 429)


class SignUpTests(TestCase):
    url = reverse("account_signup")

    def test_accounts_are_counted_and_slips_of_the_pen_are_not(self):
        Limit.objects.filter(name="sign-up-address").update(most=1)
        self.client.post(self.url, SIGN_UP | {"password2": "something else"})
        self.assertEqual(self.client.post(self.url, SIGN_UP).status_code, 302)
        self.client.logout()
        again = SIGN_UP | {"username": "gimel", "email": "gimel@example.org"}
        refused = self.client.post(self.url, again)
        self.assertContains(refused, "keeps machines from signing up", status_code=429)
        self.assertContains(refused, 'value="gimel@example.org"', status_code=429)
        self.assertEqual(User.objects.count(), 1)


class ResetTests(TestCase):
    url = reverse("account_reset_password")

    def test_no_letter_box_is_filled_and_nobody_learns_who_has_an_account(self):
        ruth = make_newcomer("ruth")
        EmailAddress.objects.create(user=ruth, email=ruth.email, verified=True, primary=True)
        for email in (ruth.email, "nobody@example.org"):
            with self.subTest(email=email):
                answers = [
                    self.client.post(self.url, {"email": email}).status_code for _ in range(4)
                ]
                self.assertEqual(answers, [302, 302, 302, 429])
        self.assertEqual(len([letter for letter in mail.outbox if letter.to == [ruth.email]]), 3)
        self.assertEqual(
            set(Tally.objects.filter(name="reset-account").values_list("count")), {(3,)}
        )
