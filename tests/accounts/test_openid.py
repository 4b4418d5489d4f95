"""Coming in by an account elsewhere: against a provider of our own, on this machine."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from forum.accounts.admissions import invitation_path, invite
from forum.accounts.models import Invitation, User
from forum.guard.machines import begun
from forum.guard.models import Limit
from forum.lib import environment
from forum.lib.house import House, keep
from tests.accounts.issuer import CLIENT, SECRET, issuer
from tests.factories import make_user

GOOD = {"OIDC_ISSUER": "https://login.example", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}


class EnvironmentTests(SimpleTestCase):
    def read(self, **said):
        names = {"issuer": "OIDC_ISSUER", "client_id": "OIDC_CLIENT_ID",
                 "secret": "OIDC_CLIENT_SECRET", "label": "OIDC_NAME"}  # fmt: skip
        return environment.openid(**{name: said.get(key, "") for name, key in names.items()})

    def test_without_any_of_it_there_is_no_provider(self):
        self.assertEqual(self.read(), (None, []))

    def test_the_whole_of_it_names_one(self):
        app, origins = self.read(**GOOD | {"OIDC_ISSUER": "https://login.example:8443/realm/"})
        self.assertEqual(app["settings"]["server_url"], "https://login.example:8443/realm")
        self.assertEqual(app["name"], "login.example")
        self.assertEqual(origins, ["https://login.example:8443"])
        self.assertEqual(self.read(**GOOD, OIDC_NAME="The Guild")[0]["name"], "The Guild")

    def test_what_is_wrong_stops_the_start_with_a_sentence_that_names_it(self):
        for change, name in (
            ({"OIDC_ISSUER": ""}, "OIDC_ISSUER is not set"),
            ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID is not set"),
            ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET is not set"),
            ({"OIDC_ISSUER": "login.example"}, "OIDC_ISSUER must begin with"),
            ({"OIDC_ISSUER": "http://login.example"}, "OIDC_ISSUER must begin with https:"),
            ({"OIDC_ISSUER": "https://me:pw@login.example"}, "OIDC_ISSUER must be a plain"),
            ({"OIDC_ISSUER": "https://login.example/?a=b"}, "OIDC_ISSUER must be a plain"),
            ({"OIDC_ISSUER": "https://login.example:x"}, "OIDC_ISSUER: the port"),
        ):
            with self.subTest(change=change), self.assertRaisesMessage(ImproperlyConfigured, name):
                self.read(**GOOD | change)


class WithoutProviderTests(TestCase):
    def test_no_page_speaks_of_one_and_no_address_leads_to_one(self):
        self.assertNotContains(self.client.get(reverse("account_login")), "Log in with The")
        for name in ("login", "callback"):
            url = reverse(f"openid_connect_{name}", args=["openid"])
            self.assertEqual(self.client.get(url).status_code, 404)


class OpenIDCase(TestCase):
    def setUp(self):
        self.other = self.enterContext(issuer())
        app = {
            "provider_id": "openid", "name": "The Guild", "client_id": CLIENT, "secret": SECRET,
            "settings": {"server_url": self.other.url},
        }  # fmt: skip
        self.enterContext(override_settings(OPENID=app))
        self.other.vouches_for(
            email="ruth@guild.example", preferred_username="ruth", name="Ruth Amsel"
        )

    def come_in(self, process="login"):
        """By the button, over there, and back."""
        url = reverse("openid_connect_login", args=["openid"]) + f"?process={process}"
        away = self.client.post(url)
        asked = parse_qs(urlsplit(away.url).query)
        self.assertTrue(away.url.startswith(self.other.url + "/authorize?"))
        self.assertEqual(asked["code_challenge_method"], ["S256"])
        back = reverse("openid_connect_callback", args=["openid"])
        return self.client.get(back, {"code": "x", "state": asked["state"][0]})

    def sign_up(self, **changes):
        self.come_in()
        return self.client.post(
            reverse("socialaccount_signup"),
            {"username": "ruth", "email": "ruth@guild.example"} | changes,
        )

    def who(self):
        pk = self.client.session.get("_auth_user_id")
        return User.objects.get(pk=pk).username if pk else None


class SigningUpTests(OpenIDCase):
    def test_the_pages_offer_it_by_its_name(self):
        for name in ("account_login", "account_signup"):
            self.assertContains(self.client.get(reverse(name)), "Log in with The Guild")

    def test_whoever_comes_first_chooses_a_name_and_is_in(self):
        answer = self.come_in()
        self.assertRedirects(answer, reverse("socialaccount_signup"))
        page = self.client.get(answer.url)
        self.assertContains(page, "your account at The Guild")
        self.assertContains(page, 'value="ruth@guild.example"')
        self.sign_up()
        self.assertEqual(self.who(), "ruth")
        self.assertTrue(EmailAddress.objects.get(user__username="ruth").verified)
        self.assertFalse(User.objects.get(username="ruth").has_usable_password())
        self.assertIn("code_verifier", self.other.token_requests[0])

    def test_another_address_than_theirs_is_not_taken_on_trust(self):
        self.sign_up(email="ruth@elsewhere.example")
        vouched = dict(EmailAddress.objects.values_list("email", "verified"))
        self.assertEqual(vouched, {"ruth@guild.example": True, "ruth@elsewhere.example": False})

    def test_an_address_that_the_provider_does_not_vouch_for_is_written_to_first(self):
        self.other.vouches_for(email="ruth@guild.example", email_verified=False)
        self.sign_up()
        self.assertIsNone(self.who())

    def test_a_bad_name_is_said_by_its_field(self):
        page = self.sign_up(username="..")
        self.assertContains(page, "begins and ends with a letter")

    def test_the_next_time_they_are_in_at_once(self):
        self.sign_up()
        self.client.logout()
        self.come_in()
        self.assertEqual(self.who(), "ruth")

    def test_from_one_address_so_many_come_in_and_no_more(self):
        Limit.objects.filter(name="sign-up-address").update(most=1)
        self.sign_up(username="..")
        self.assertEqual(self.sign_up().status_code, 302)
        self.client.logout()
        self.other.vouches_for(sub="4712", email="robin@guild.example")
        refused = self.sign_up(username="robin", email="robin@guild.example")
        self.assertContains(refused, "keeps machines from signing up", status_code=429)
        self.assertIsNone(self.who())

    def test_where_sign_up_is_closed_nobody_new_comes_in(self):
        with override_settings(SIGNUP_IS_OPEN=False):
            self.come_in()
            self.sign_up()
        self.assertFalse(User.objects.exists())


class InvitedTests(OpenIDCase):
    def setUp(self):
        super().setUp()
        keep(House(sign_up="invited"))
        keeper = make_user("kilda", email="k@k.example", is_superuser=True, is_staff=True)
        self.invitation = invite(by=keeper, note="Ruth", days=7)
        self.link = invitation_path(self.invitation)

    def come_invited(self):
        """By the button on the page that the invitation leads to."""
        page = self.client.get(self.link).content.decode()
        button = re.search(r'action="(/accounts/oidc/openid/login/[^"]*)"', page)[1]
        away = self.client.post(unescape(button))
        state = parse_qs(urlsplit(away.url).query)["state"][0]
        back = reverse("openid_connect_callback", args=["openid"])
        return self.client.get(back, {"code": "x", "state": state})

    def test_an_invitation_goes_along_and_is_spent(self):
        answer = self.come_invited()
        self.assertRedirects(answer, reverse("socialaccount_signup"))
        page = self.client.get(answer.url)
        token = self.link.partition("invitation=")[2]
        self.assertEqual(page.context["form"]["invitation"].value(), token)
        said = {"username": "ruth", "email": "ruth@guild.example", "invitation": token}
        self.client.post(answer.url, said)
        self.assertEqual(self.who(), "ruth")
        self.invitation.refresh_from_db()
        self.assertEqual(self.invitation.used_by.username, "ruth")

    def test_without_one_or_with_one_that_was_taken_back_the_door_is_closed(self):
        self.sign_up()
        self.assertFalse(User.objects.filter(username="ruth").exists())
        Invitation.objects.update(expires_at=timezone.now())
        page = self.client.get(self.link)
        self.assertContains(page, "Members come here by invitation.")


@override_settings(SIGN_UP_LEAST_SECONDS=3)
class MachineTests(OpenIDCase):
    def test_what_nobody_sees_stays_empty_and_nobody_is_so_quick(self):
        for said, words in (({"website": "x"}, "hidden box"), ({}, "quicker than anybody")):
            with self.subTest(said):
                self.assertContains(self.sign_up(begun=begun(), **said), words)
        self.assertFalse(User.objects.exists())

    def test_whoever_takes_their_time_is_in(self):
        with time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
            made = begun()
        self.sign_up(begun=made)
        self.assertEqual(self.who(), "ruth")


class JoiningTests(OpenIDCase):
    def make_member(self):
        member = make_user("tobias", email="ruth@guild.example")
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        return member

    def test_an_address_alone_opens_no_account(self):
        member = self.make_member()
        self.sign_up()
        self.assertIsNone(self.who())
        self.assertFalse(SocialAccount.objects.filter(user=member).exists())

    def test_whoever_is_logged_in_connects_it_is_told_and_comes_in_by_it(self):
        member = self.make_member()
        self.client.force_login(member)
        self.client.post(reverse("account_reauthenticate"), {"password": "a long pass phrase"})
        page = self.client.get(reverse("socialaccount_connections"))
        self.assertContains(page, "Connect your account at")
        self.come_in("connect")
        self.assertEqual(SocialAccount.objects.get().user, member)
        self.assertIn("connected", mail.outbox[-1].subject)
        self.client.logout()
        self.come_in()
        self.assertEqual(self.who(), "tobias")

    def test_a_suspended_member_comes_in_by_it_as_by_any_door(self):
        self.sign_up()
        User.objects.update(banned_at="2026-01-01T00:00:00Z")
        self.client.logout()
        self.assertEqual(self.come_in().url, reverse("moderation:own-standing"))


class FailingTests(OpenIDCase):
    def test_a_provider_that_does_not_answer_is_said_to(self):
        self.other.works = False
        answer = self.client.post(reverse("openid_connect_login", args=["openid"]))
        self.assertContains(answer, "That did not work", status_code=502)

    def test_a_token_for_somebody_else_proves_nothing(self):
        self.other.audience = "another-site"
        answer = self.come_in()
        self.assertContains(answer, "That did not work", status_code=401)
        self.assertIsNone(self.who())

    def test_a_way_back_that_began_nowhere_leads_nowhere(self):
        back = reverse("openid_connect_callback", args=["openid"])
        for asked in ({"code": "x", "state": "made-up"}, {"error": "access_denied"}, {}):
            with self.subTest(asked=asked):
                self.client.get(back, asked)
                self.assertIsNone(self.who())

    def test_looking_at_the_address_goes_nowhere(self):
        page = self.client.get(reverse("openid_connect_login", args=["openid"]))
        self.assertTrue(re.search(r"Go on to\s+The Guild", page.content.decode()))
