import re

import time_machine
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.lib.house import House, keep
from tests.factories import make_user

PASSPHRASE = "a long pass phrase"


class TwoStepsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", email="ruth@example.org")
        EmailAddress.objects.create(
            user=cls.ruth, email=cls.ruth.email, verified=True, primary=True
        )

    def log_in(self):
        return self.client.post(
            reverse("account_login"), {"login": "ruth", "password": PASSPHRASE}, follow=True
        )

    def page(self, name):
        page = self.client.get(reverse(name))
        self.assertContains(page, "<h1>", count=1)
        return page

    def set_up(self):
        self.log_in()
        asked = self.client.get(reverse("mfa_activate_totp"), follow=True)
        self.assertContains(asked, "<h1>Is it you?</h1>")
        self.client.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})
        page = self.page("mfa_activate_totp")
        self.assertContains(page, 'src="data:image/svg+xml')
        # Half a minute later it would be another code: here no time passes.
        with time_machine.travel(timezone.now(), tick=False):
            counter = next(iter(yield_hotp_counters_from_time()))
            code = format_hotp_value(hotp_value(page.context["form"].secret, counter))
            return self.client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)

    def test_an_app_is_set_up_and_recovery_codes_are_shown(self):
        self.assertContains(self.set_up(), "<textarea")
        self.page("mfa_index")
        self.page("mfa_deactivate_totp")
        self.page("mfa_generate_recovery_codes")

    def test_it_is_listed_by_the_name_of_the_site(self):
        keep(House(name="The Long Table"))
        adapter = get_adapter()
        self.assertIn("issuer=The%20Long%20Table", adapter.build_totp_url(self.ruth, "secret"))
        with request_context(RequestFactory().get("/")):
            entity = adapter.get_public_key_credential_rp_entity()
        self.assertEqual(entity, {"id": "testserver", "name": "The Long Table"})

    def test_from_then_on_the_passphrase_alone_does_not_suffice(self):
        self.set_up()
        codes = self.client.get(reverse("mfa_download_recovery_codes")).content.decode()
        self.client.logout()
        step = self.log_in()
        self.assertContains(step, "<h1>", count=1)
        self.assertNotIn("_auth_user_id", self.client.session)
        refused = self.client.post(reverse("mfa_authenticate"), {"code": "000"})
        self.assertContains(refused, 'id="id_code_error"')
        code = re.search(r"^\w{8}$", codes, re.MULTILINE)[0]
        self.client.post(reverse("mfa_authenticate"), {"code": code})
        self.assertEqual(self.client.session["_auth_user_id"], str(self.ruth.pk))
