"""Who signs up like a machine is stopped, and a person who looks like one gets through."""

from datetime import timedelta

import time_machine
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from tests.guard.test_entrance import SIGN_UP

URL = reverse("account_signup")


@override_settings(SIGN_UP_LEAST_SECONDS=3)
class SignUpTests(TestCase):
    def send(self, after=5, **more):
        """Filled in within so many seconds."""
        page = self.client.get(URL)
        begun = page.context["form"]["begun"].value()
        with time_machine.travel(timezone.now() + timedelta(seconds=after)):
            return self.client.post(URL, SIGN_UP | {"begun": begun, "website": ""} | more)

    def test_a_person_takes_their_time_and_sees_nothing_of_it(self):
        page = self.client.get(URL).content.decode()
        self.assertRegex(page, r'<input type="text" name="website"[^>]* hidden')
        self.assertEqual(self.send().status_code, 302)
        self.assertEqual(User.objects.count(), 1)

    def test_what_no_person_sees_stays_empty(self):
        refused = self.send(website="https://spam.example")
        self.assertContains(refused, "hidden box has to stay empty")
        self.assertContains(refused, 'value="robin@example.org"')
        self.assertNotContains(refused, "spam.example")
        self.assertFalse(User.objects.exists())

    def test_nobody_types_so_fast(self):
        self.assertContains(self.send(after=1), "quicker than anybody types")
        self.assertContains(self.send(begun="form:forged:mark"), "quicker than anybody types")
        self.assertContains(self.send(begun=""), "quicker than anybody types")
        self.assertFalse(User.objects.exists())

    def test_a_form_of_yesterday_is_filled_in_again(self):
        self.assertContains(self.send(after=90_000), "send it once more")
