import re

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import TestCase, override_settings
from django.urls import reverse

from forum.accounts.models import User
from tests.accounts.bodies import comparable
from tests.factories import make_user

PASSPHRASE = "four dull words do"


def signup_form(**changes):
    return {
        "username": "ruth",
        "display_name": "Ruth Amsel",
        "email": "ruth@example.org",
        "password1": PASSPHRASE,
        "password2": PASSPHRASE,
    } | changes


class SignupTests(TestCase):
    url = reverse("account_signup")

    def test_from_the_form_by_way_of_the_letter_to_being_logged_in(self):
        sent = self.client.post(self.url, signup_form(), follow=True)
        self.assertContains(sent, "We have sent you a letter")
        user = User.objects.get(username="ruth")
        self.assertEqual(user.name, "Ruth Amsel")
        self.assertNotIn("_auth_user_id", self.client.session)

        (letter,) = mail.outbox
        self.assertEqual(letter.to, ["ruth@example.org"])
        self.assertEqual(letter.subject, "[Counterpoint] Confirm your e-mail")
        link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", letter.body)[1]
        asked = self.client.get(link)
        self.assertContains(asked, "ruth@example.org")
        self.assertFalse(EmailAddress.objects.get(user=user).verified, "asking confirms nothing")

        self.client.post(link)
        self.assertTrue(EmailAddress.objects.get(user=user).verified)
        self.assertEqual(self.client.session["_auth_user_id"], str(user.pk))

    def test_a_display_name_is_not_needed(self):
        self.client.post(self.url, signup_form(display_name=""))
        self.assertEqual(User.objects.get(username="ruth").name, "ruth")

    def test_bad_input_keeps_what_was_typed_and_says_by_the_field_what_is_wrong(self):
        make_user("taken")
        for field, value, sentence in (
            ("email", "ruth@example", "whole e-mail address"),
            ("email", "", "We need an e-mail address."),
            ("username", "ruth amsel", "Letters, digits, dots, hyphens and underscores only."),
            ("username", "..", "begins and ends with a letter"),
            ("username", "TAKEN", "Somebody has this user name already."),
            ("display_name", "Ruth\u202eAmsel", "no invisible characters"),
            ("display_name", "R" * 61, "this one has 61"),
            ("password1", "short", "it needs 12 characters or more"),
            ("password1", "playstation2", "passphrase is too common"),
            ("password1", "902841776630", "passphrase is all digits"),
            ("password1", "ruth@example.org", "too much like your "),
            ("password2", "four dull words don’t", "two different passphrases"),
            ("password2", "", "This cannot stay empty."),
        ):
            with self.subTest(field=field, value=value):
                page = self.client.post(self.url, signup_form(**{field: value}))
                self.assertEqual(page.status_code, 200)
                errors = page.context["form"].errors
                self.assertEqual(list(errors), [field])
                self.assertIn(sentence, " ".join(errors[field]))
                self.assertContains(page, f'id="id_{field}_error"')
                if "password" not in field:
                    self.assertContains(page, value)
                if field != "username":
                    self.assertContains(page, 'value="ruth"')
                self.assertNotContains(page, PASSPHRASE)
        self.assertFalse(User.objects.filter(email="ruth@example.org").exists())

    def test_hostile_names_come_back_escaped(self):
        page = self.client.post(
            self.url, signup_form(display_name='"><script>x</script>', email="")
        )
        self.assertNotContains(page, "<script>x")
        self.assertContains(page, "&lt;script&gt;x")

    def test_nobody_learns_that_an_address_has_an_account(self):
        owner = make_user("owner", email="known@example.org")
        EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
        answers = []
        for email in ("known@example.org", "fresh@example.org"):
            self.client.cookies.clear()
            page = self.client.post(self.url, signup_form(email=email), follow=True)
            answers.append((page.redirect_chain, comparable(page, email)))
        self.assertEqual(*answers)
        self.assertIn("It has an account already", mail.outbox[0].body)
        self.assertFalse(EmailAddress.objects.filter(email="known@example.org").count() > 1)

    def test_the_page_has_one_heading_and_says_that_reading_needs_no_account(self):
        page = self.client.get(self.url)
        self.assertContains(page, "<h1>", count=1)
        self.assertContains(page, "You need no account")
        form = page.content.decode().partition("<main")[2]
        self.assertNotIn("placeholder", form)

    @override_settings(SIGNUP_IS_OPEN=False)
    def test_a_closed_site_says_so(self):
        self.assertContains(self.client.get(self.url), "No new accounts for now")
        self.client.post(self.url, signup_form())
        self.assertFalse(User.objects.filter(username="ruth").exists())


class DemonstrationTests(TestCase):
    def page(self):
        return self.client.get(reverse("account_email_verification_sent"))

    def test_a_demonstration_says_where_its_letters_lie(self):
        folder = settings.BASE_DIR / "var" / "mail"
        with self.settings(DEMO=True, EMAIL_FILE_PATH=str(folder)):
            self.assertContains(self.page(), "<code>var/mail</code>")

    def test_no_path_of_the_machine_is_told(self):
        with self.settings(DEMO=True, EMAIL_FILE_PATH="/srv/secret/kept/mail"):
            self.assertContains(self.page(), "<code>kept/mail</code>")

    def test_a_real_site_says_nothing_of_files(self):
        with self.settings(DEMO=False, EMAIL_FILE_PATH="/srv/secret/kept/mail"):
            self.assertNotContains(self.page(), "demonstration")
