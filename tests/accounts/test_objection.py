"""When the main address changes, the old one is told, and may take the account back."""

import re
from datetime import timedelta

import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.addresses import objection_url
from tests.factories import make_user

PASSPHRASE = "a long pass phrase"


class ObjectionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", email="old@example.org")
        for email, primary in (("old@example.org", True), ("thief@example.org", False)):
            EmailAddress.objects.create(user=cls.ruth, email=email, verified=True, primary=primary)

    def setUp(self):
        self.thief = Client()
        self.thief.post(reverse("account_login"), {"login": "ruth", "password": PASSPHRASE})

    def change(self):
        """The thief knows the passphrase: they turn the letters to themselves."""
        url = reverse("account_email")
        self.thief.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})
        self.thief.post(url, {"action_primary": "", "email": "thief@example.org"})
        self.thief.post(url, {"action_remove": "", "email": "old@example.org"})
        (letter,) = [each for each in mail.outbox if each.to == ["old@example.org"]]
        return re.search(r"http://testserver(/accounts/objection/\S+)", letter.body)[1]

    def addresses(self):
        return list(EmailAddress.objects.filter(user=self.ruth).values_list("email", flat=True))

    def test_the_old_address_is_told_which_is_the_new_one(self):
        self.change()
        letter = next(each for each in mail.outbox if each.to == ["old@example.org"])
        self.assertIn("thief@example.org now", letter.body)
        self.assertIn("within two weeks", letter.body)

    def test_asking_changes_nothing(self):
        page = self.client.get(self.change())
        self.assertContains(page, "Was it you?")
        self.assertContains(page, "thief@example.org")
        self.assertEqual(self.addresses(), ["thief@example.org"])

    def test_taking_it_back_leaves_the_thief_no_way_in(self):
        link = self.change()
        Authenticator.objects.create(user=self.ruth, type="totp", data={"secret": "thiefs"})
        page = self.client.post(link)
        self.assertContains(page, "The account is yours")
        self.assertEqual(self.addresses(), ["old@example.org"])
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.email, "old@example.org")
        self.assertFalse(self.ruth.has_usable_password())
        self.assertFalse(Authenticator.objects.filter(user=self.ruth).exists())
        self.assertFalse(UserSession.objects.filter(user=self.ruth).exists())
        self.assertEqual(self.thief.get(reverse("own-name")).status_code, 302)

    def test_it_takes_nothing_from_anybody_else(self):
        link, olga, theirs = self.change(), make_user("olga"), Client()
        EmailAddress.objects.create(user=olga, email=olga.email, verified=True, primary=True)
        theirs.post(reverse("account_login"), {"login": "olga", "password": PASSPHRASE})
        Authenticator.objects.create(user=olga, type="totp", data={"secret": "olgas"})
        self.client.post(link)
        self.assertTrue(EmailAddress.objects.filter(user=olga).exists())
        self.assertTrue(Authenticator.objects.filter(user=olga).exists())
        self.assertEqual(theirs.get(reverse("own-name")).status_code, 200)

    def test_its_owner_comes_in_again_by_a_letter(self):
        self.client.post(self.change())
        mail.outbox.clear()
        self.client.post(reverse("account_reset_password"), {"email": "old@example.org"})
        link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
        form = self.client.get(link, follow=True)
        self.client.post(
            form.request["PATH_INFO"],
            {"password1": "four dull words do", "password2": "four dull words do"},
        )
        answer = self.client.post(
            reverse("account_login"), {"login": "ruth", "password": "four dull words do"}
        )
        self.assertRedirects(answer, reverse("home"), fetch_redirect_response=False)

    def test_what_was_set_up_long_before_stays(self):
        long_ago = timezone.now() - timedelta(days=3)
        Authenticator.objects.create(
            user=self.ruth, type="totp", data={"secret": "hers"}, created_at=long_ago
        )
        link = reverse("accounts:objection", args=[self.token()])
        self.client.post(link)
        self.assertTrue(Authenticator.objects.filter(user=self.ruth).exists())

    def token(self):
        url = objection_url(
            member=self.ruth, old="old@example.org", new="thief@example.org", now=timezone.now()
        )
        return url.rstrip("/").rpartition("/")[2]

    def test_a_link_is_good_for_two_weeks_and_nobody_can_make_one(self):
        link = self.change()
        for forged in (link[:-3] + "x/", reverse("accounts:objection", args=["x:y:z"])):
            self.assertEqual(self.client.post(forged).status_code, 404)
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            answer = self.client.post(link)
            self.assertContains(answer, "spent or too old", status_code=404)
        self.assertEqual(self.addresses(), ["thief@example.org"])

    def test_an_address_that_another_account_has_by_now_is_not_taken_from_it(self):
        link = self.change()
        other = make_user("other")
        EmailAddress.objects.create(user=other, email="old@example.org", verified=True)
        self.assertContains(self.client.post(link), "belongs to another account")
        self.assertEqual(self.addresses(), ["thief@example.org"])


class NobodyLearnsTests(TestCase):
    """Adding an address to one's account does not tell whether somebody else has it."""

    def add(self, client, email):
        return client.post(
            reverse("account_email"), {"action_add": "", "email": email}, follow=True
        ).content.decode()

    def test_an_address_of_another_account_is_answered_like_a_free_one(self):
        owner, ruth = make_user("owner", email="known@example.org"), make_user("ruth")
        for user in (owner, ruth):
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        client = Client()
        client.post(reverse("account_login"), {"login": "ruth", "password": PASSPHRASE})
        client.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})
        answers = []
        for email in ("known@example.org", "fresh@example.org"):
            EmailAddress.objects.filter(user=ruth, primary=False).delete()
            body = self.add(client, email).replace(email, "…")
            answers.append(re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", body))
        self.assertEqual(*answers)
        self.assertFalse(
            EmailAddress.objects.filter(email="known@example.org").exclude(user=owner)
            .filter(verified=True).exists()
        )  # fmt: skip
