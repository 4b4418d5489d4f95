"""Everybody who has seen a demonstration knows its password: on a real site it opens nothing."""

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.test import TestCase, override_settings
from django.urls import reverse

from forum.accounts.permissions import can_log_in
from tests.factories import make_moderator, make_user

PASSPHRASE = "a long pass phrase"


class DemonstrationAccountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = [
            make_user("demo_member", is_demonstration=True),
            make_moderator("demo_moderator", is_demonstration=True),
        ]
        for person in cls.people:
            EmailAddress.objects.create(
                user=person, email=person.email, verified=True, primary=True
            )

    def log_in(self, person):
        sent = {"login": person.username, "password": PASSPHRASE}
        return self.client.post(reverse("account_login"), sent)

    def test_on_a_real_site_they_do_not_come_in(self):
        for person in self.people:
            with self.subTest(person=str(person)):
                self.assertContains(
                    self.log_in(person), "belongs to the demonstration", status_code=403
                )
                self.assertNotIn(SESSION_KEY, self.client.session)

    @override_settings(DEMO=True)
    def test_in_the_demonstration_they_do(self):
        for person in self.people:
            self.assertRedirects(self.log_in(person), reverse("home"))

    def test_who_came_in_while_it_was_a_demonstration_is_out_when_it_is_a_real_site(self):
        with override_settings(DEMO=True):
            self.log_in(self.people[1])
            self.assertEqual(self.client.get(reverse("moderation:queue")).status_code, 200)
        self.assertRedirects(
            self.client.get(reverse("moderation:queue")),
            f"{reverse('account_login')}?next={reverse('moderation:queue')}",
        )


class ClosedAccountTests(TestCase):
    def test_a_closed_account_does_not_come_in_by_any_door(self):
        self.assertEqual(can_log_in(make_user(is_active=False)).reason, "This account is closed.")
