"""A session is found by its key until it has run out."""

from datetime import timedelta

import time_machine
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_user


class SessionTests(TestCase):
    def setUp(self):
        self.client.force_login(make_user("wren", display_name="Wren Oddfellow"))

    def test_whoever_has_the_key_is_known(self):
        self.assertContains(self.client.get(reverse("home")), "Wren Oddfellow")

    def test_a_session_ends_by_its_date(self):
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            self.assertNotContains(self.client.get(reverse("home")), "Wren Oddfellow")

    def test_a_key_that_nobody_gave_out_opens_nothing(self):
        self.client.cookies["sessionid"] = "x" * 32
        self.assertNotContains(self.client.get(reverse("home")), "Wren Oddfellow")

    def test_a_closed_account_is_out_at_once(self):
        user = make_user("gone")
        self.client.force_login(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        self.assertContains(self.client.get(reverse("home")), "Log in")
