import re

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import TestCase
from django.urls import reverse

from tests.accounts.bodies import comparable
from tests.factories import make_user

NEW = "quite another phrase"


class ResetTests(TestCase):
    url = reverse("account_reset_password")

    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", email="ruth@example.org")
        EmailAddress.objects.create(
            user=cls.ruth, email=cls.ruth.email, verified=True, primary=True
        )

    def test_a_letter_leads_to_a_new_passphrase_once(self):
        self.client.post(self.url, {"email": "ruth@example.org"})
        (letter,) = mail.outbox
        self.assertIn("Your user name is ruth.", letter.body)
        link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)[1]
        form = self.client.get(link, follow=True)
        self.assertContains(form, "<h1>A new passphrase</h1>")
        action = form.redirect_chain[-1][0]
        done = self.client.post(action, {"password1": NEW, "password2": NEW}, follow=True)
        self.assertContains(done, "You have a new passphrase")
        self.ruth.refresh_from_db()
        self.assertTrue(self.ruth.check_password(NEW))

        self.client.cookies.clear()
        self.assertContains(self.client.get(link, follow=True), "spent or too old")

    def test_nobody_learns_that_an_address_has_an_account(self):
        answers = []
        for email in ("ruth@example.org", "nobody@example.org"):
            page = self.client.post(self.url, {"email": email}, follow=True)
            answers.append((page.redirect_chain, comparable(page, email)))
        self.assertEqual(*answers)
        self.assertIn("It has no account at Counterpoint", mail.outbox[1].body)

    def test_half_an_address_is_sent_back_with_a_sentence(self):
        page = self.client.post(self.url, {"email": "ruth@"})
        self.assertContains(page, 'value="ruth@"')
        self.assertContains(page, "whole e-mail address")


class ChangeTests(TestCase):
    url = reverse("account_change_password")

    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", email="ruth@example.org")
        EmailAddress.objects.create(
            user=cls.ruth, email=cls.ruth.email, verified=True, primary=True
        )

    def setUp(self):
        self.client.force_login(self.ruth)

    def change(self, old):
        return self.client.post(
            self.url, {"oldpassword": old, "password1": NEW, "password2": NEW}, follow=True
        )

    def test_the_old_one_is_asked_for(self):
        self.assertContains(self.change("a guess"), "This is not your present passphrase.")
        self.ruth.refresh_from_db()
        self.assertFalse(self.ruth.check_password(NEW))

    def test_changed_and_told_by_letter(self):
        self.assertContains(self.change("a long pass phrase"), "Your passphrase is changed.")
        self.assertIn("If it was not", mail.outbox[0].body)

    def test_the_hint_states_the_true_length(self):
        self.assertContains(self.client.get(self.url), "characters or more. Four dull words")


class PagesOfOnesOwnAccountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", email="ruth@example.org")
        EmailAddress.objects.create(
            user=cls.ruth, email=cls.ruth.email, verified=True, primary=True
        )

    def test_each_has_one_heading_no_script_in_it_and_no_words_of_another_site(self):
        self.client.force_login(self.ruth)
        for name in (
            "account_email",
            "account_change_password",
            "account_logout",
            "account_reauthenticate",
            "account_reset_password",
            "mfa_index",
            "usersessions_list",
        ):
            with self.subTest(name=name):
                page = self.client.get(reverse(name))
                self.assertContains(page, "<h1>", count=1)
                body = page.content.decode()
                self.assertNotRegex(body, r"<script(?! (?:type=\"module\" )?src=)")
                self.assertNotRegex(body, r"\sstyle=|\son\w+=")

    def test_strangers_are_asked_to_log_in(self):
        for name in ("account_email", "account_change_password", "mfa_index", "usersessions_list"):
            with self.subTest(name=name):
                answer = self.client.get(reverse(name))
                self.assertEqual(answer.status_code, 302)
                self.assertTrue(answer.url.startswith(reverse("account_login")))

    def test_a_second_address_waits_for_its_letter(self):
        self.client.force_login(self.ruth)
        asked = self.client.post(
            reverse("account_email"), {"action_add": "", "email": "two@example.org"}, follow=True
        )
        self.assertContains(asked, "<h1>Is it you?</h1>")
        self.assertEqual(mail.outbox, [])
        page = self.client.post(
            asked.request["PATH_INFO"],
            {"password": "a long pass phrase", "next": reverse("account_email")},
            follow=True,
        )
        self.assertContains(page, "not confirmed yet")
        self.assertEqual(mail.outbox[0].to, ["two@example.org"])
