from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from tests.accounts.bodies import comparable
from tests.factories import make_user

PASSPHRASE = "a long pass phrase"


class LoginTests(TestCase):
    url = reverse("account_login")

    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth", email="ruth@example.org")
        EmailAddress.objects.create(
            user=cls.ruth, email=cls.ruth.email, verified=True, primary=True
        )

    def log_in(self, login="ruth", password=PASSPHRASE, **more):
        return self.client.post(self.url, {"login": login, "password": password, **more})

    def assert_logged_out(self):
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_by_name_or_by_address(self):
        for login in ("ruth", "RUTH", "ruth@example.org", " ruth@example.org "):
            with self.subTest(login=login):
                self.assertRedirects(
                    self.log_in(login), reverse("home"), fetch_redirect_response=False
                )
                self.assertEqual(self.client.session["_auth_user_id"], str(self.ruth.pk))
                self.client.logout()

    def test_it_leads_back_to_where_one_was_but_never_to_another_site(self):
        self.assertEqual(self.log_in(next="/inbox/").url, "/inbox/")
        self.client.logout()
        self.assertEqual(self.log_in(next="https://elsewhere.example/").url, reverse("home"))

    def test_the_page_has_one_heading_and_the_ways_on(self):
        page = self.client.get(self.url)
        self.assertContains(page, "<h1>Log in</h1>", count=1)
        self.assertContains(page, reverse("account_reset_password"))
        self.assertContains(page, "Log in")

    def test_looking_at_the_page_writes_no_session(self):
        self.client.get(self.url)
        self.assertNotIn("sessionid", self.client.cookies)

    def test_a_wrong_passphrase_and_an_unknown_name_are_answered_alike(self):
        wrong = self.log_in("ruth", "another phrase")
        unknown = self.log_in("nobody", "another phrase")
        self.assertContains(wrong, "do not belong together")
        self.assertContains(wrong, 'value="ruth"')
        self.assertEqual(comparable(wrong, "ruth"), comparable(unknown, "nobody"))
        self.assert_logged_out()

    def test_an_address_not_yet_confirmed_is_sent_a_letter_instead(self):
        fresh = make_user("fresh")
        EmailAddress.objects.create(user=fresh, email=fresh.email, primary=True)
        answer = self.log_in("fresh")
        self.assertRedirects(answer, reverse("account_email_verification_sent"))
        self.assertEqual(mail.outbox[0].to, [fresh.email])
        self.assert_logged_out()

    def test_a_suspended_member_comes_in_to_where_the_reason_stands(self):
        for fields in ({"suspended_until": timezone.now() + timedelta(days=3)},
                       {"suspended_until": None, "banned_at": timezone.now()}):  # fmt: skip
            with self.subTest(fields=fields):
                type(self.ruth).objects.update(**fields)
                self.assertRedirects(self.log_in(), reverse("moderation:own-standing"))
                self.client.logout()

    def test_a_suspension_is_told_to_nobody_who_does_not_know_the_passphrase(self):
        self.ruth.suspended_until = timezone.now() + timedelta(days=3)
        self.ruth.save()
        self.assertNotContains(self.log_in(password="another phrase"), "suspended")

    def test_a_suspension_that_is_over_hinders_nobody(self):
        self.ruth.suspended_until = timezone.now() - timedelta(minutes=1)
        self.ruth.save()
        self.assertEqual(self.log_in().status_code, 302)

    def test_a_closed_account_stays_closed(self):
        self.ruth.is_active = False
        self.ruth.save()
        page = self.client.post(self.url, {"login": "ruth", "password": PASSPHRASE}, follow=True)
        self.assertContains(page, "This account is closed")
        self.assert_logged_out()

    def test_guessing_is_slowed_down(self):
        for _ in range(11):
            page = self.log_in("ruth", "another phrase")
        self.assertContains(page, "You have tried to log in 10 times", status_code=429)


class LogoutTests(TestCase):
    url = reverse("account_logout")

    def setUp(self):
        self.client.force_login(make_user())

    def test_asking_does_not_do_it(self):
        self.assertContains(self.client.get(self.url), "<h1>Log out</h1>")
        self.assertIn("_auth_user_id", self.client.session)

    def test_the_button_does(self):
        answer = self.client.post(self.url)
        self.assertRedirects(answer, reverse("home"), fetch_redirect_response=False)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_it_leaves_no_message_that_a_page_kept_for_visitors_could_catch(self):
        answer = self.client.post(self.url)
        self.assertNotIn("messages", answer.cookies)
