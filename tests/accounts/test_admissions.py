import re
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.admission_letters import tell_of_admission
from forum.accounts.admissions import (
    admit,
    find_invitation,
    invitation_path,
    invite,
    spend_invitation,
    take_invitation_back,
    turn_away,
)
from forum.accounts.models import Invitation, User
from forum.lib.house import House, keep
from forum.lib.verdict import Refused
from tests.accounts.test_signup import signup_form
from tests.factories import make_editor, make_moderator, make_user

SIGN_UP = reverse("account_signup")


def make_waiting(username, **fields):
    user = make_user(username, awaits_approval=True, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


class ApprovedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mags")

    def setUp(self):
        keep(House(sign_up="approved"))

    def sign_up(self):
        self.client.post(SIGN_UP, signup_form())
        link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
        return self.client.post(link[1], follow=True)

    def test_whoever_signs_up_waits_after_the_letter(self):
        self.assertContains(self.client.get(SIGN_UP), "A moderator lets each new member in.")
        page = self.sign_up()
        self.assertContains(page, "Your account waits until a moderator", status_code=403)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_a_moderator_lets_them_in_and_a_letter_tells_them(self):
        self.sign_up()
        self.client.force_login(self.moderator)
        self.assertContains(self.client.get(reverse("home")), reverse("admissions"))
        page = self.client.get(reverse("admissions"))
        self.assertContains(page, "Ruth Amsel")
        ruth = User.objects.get(username="ruth")
        self.client.post(reverse("admission", args=[ruth.pk]))
        self.assertContains(self.client.get(reverse("admissions")), "Nobody waits.")
        tell_of_admission.call(ruth.pk, is_admitted=True)
        self.assertEqual(mail.outbox[-1].to, ["ruth@example.org"])
        self.assertIn("You can log in and take part now.", mail.outbox[-1].body)
        self.client.logout()
        told = {"login": "ruth", "password": "four dull words do"}
        self.client.post(reverse("account_login"), told)
        self.assertEqual(self.client.session["_auth_user_id"], str(ruth.pk))

    def test_whoever_is_turned_away_is_told_and_stays_out(self):
        keep(House(sign_up="approved", contact="keepers@example.org"))
        wren = make_waiting("wren")
        self.client.force_login(self.moderator)
        self.client.post(reverse("admission-refusal", args=[wren.pk]))
        wren.refresh_from_db()
        self.assertFalse(wren.is_active or wren.awaits_approval)
        tell_of_admission.call(wren.pk, is_admitted=False)
        self.assertIn("write to keepers@example.org", mail.outbox[-1].body)

    def test_it_is_decided_once(self):
        wren = make_waiting("wren")
        admit(by=self.moderator, member=wren)
        for act in (admit, turn_away):
            with self.assertRaisesMessage(Refused, "does not wait any more"):
                act(by=self.moderator, member=wren)
        wren.refresh_from_db()
        self.assertTrue(wren.is_active)

    def test_only_moderators_and_keepers_see_or_decide_it(self):
        wren = make_waiting("wren")
        for person in (make_user(), make_editor(), wren):
            self.client.force_login(person)
            with self.subTest(person=person.username):
                self.assertEqual(self.client.get(reverse("admissions")).status_code, 403)
                self.client.post(reverse("admission", args=[wren.pk]))
                self.client.post(reverse("admission-refusal", args=[wren.pk]))
        wren.refresh_from_db()
        self.assertTrue(wren.awaits_approval and wren.is_active)

    def test_nobody_is_let_in_who_has_not_confirmed_an_address(self):
        make_user("unconfirmed", awaits_approval=True)
        self.client.force_login(self.moderator)
        self.assertContains(self.client.get(reverse("admissions")), "Nobody waits.")

    def test_the_list_is_paged_and_its_queries_do_not_grow(self):
        self.client.force_login(self.moderator)
        self.client.get(reverse("admissions"))
        for size in (2, 30):
            for number in range(size):
                make_waiting(f"wren{size}-{number}")
            with self.subTest(size=size), self.assertNumQueries(3):
                page = self.client.get(reverse("admissions"))
        following = re.search(r'rel="next" href="([^"]+)"', page.content.decode())[1]
        self.assertContains(self.client.get(reverse("admissions") + following), "wren30-29")


class InvitedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)

    def setUp(self):
        keep(House(sign_up="invited"))
        self.invitation = invite(by=self.keeper, note="Ruth, of the library", days=7)
        self.link = invitation_path(self.invitation)
        self.token = self.link.partition("invitation=")[2]

    def test_without_an_invitation_the_door_is_closed(self):
        for query in ("", "?invitation=", "?invitation=made-up", f"?invitation={self.token}x"):
            with self.subTest(query=query):
                page = self.client.get(SIGN_UP + query)
                self.assertContains(page, "Members come here by invitation.")
        self.client.post(SIGN_UP, signup_form())
        self.client.post(SIGN_UP, signup_form(invitation="made-up"))
        self.assertFalse(User.objects.filter(username="ruth").exists())

    def test_the_link_opens_it_for_one(self):
        self.assertContains(self.client.get(self.link), f'value="{self.token}"')
        self.client.post(SIGN_UP, signup_form(invitation=self.token))
        ruth = User.objects.get(username="ruth")
        self.invitation.refresh_from_db()
        self.assertEqual(self.invitation.used_by, ruth)
        self.assertFalse(ruth.awaits_approval)
        second = signup_form(invitation=self.token, username="thief", email="t@example.org")
        self.assertContains(self.client.post(SIGN_UP, second), "it was used already")
        self.assertFalse(User.objects.filter(username="thief").exists())

    def test_a_form_with_a_mistake_spends_nothing_and_keeps_the_invitation(self):
        page = self.client.post(SIGN_UP, signup_form(invitation=self.token, email="ruth@"))
        self.assertContains(page, f'value="{self.token}"')
        self.assertTrue(find_invitation(self.token))

    def test_of_two_at_the_same_moment_the_second_is_refused(self):
        spend_invitation(token=self.token, member=make_user("first"))
        with self.assertRaisesMessage(Refused, "used already"):
            spend_invitation(token=self.token, member=make_user("second"))

    def test_it_grows_old(self):
        later = timezone.now() + timedelta(days=7, minutes=1)
        self.assertIsNone(find_invitation(self.token, now=later))

    def test_only_keepers_invite_and_take_back(self):
        for person in (make_user(), make_editor(), make_moderator()):
            with self.assertRaises(Refused):
                invite(by=person, note="A friend", days=7)
            with self.assertRaises(Refused):
                take_invitation_back(by=person, invitation=self.invitation)
        self.assertEqual(Invitation.objects.count(), 1)
        self.assertTrue(find_invitation(self.token))


class InvitationAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)

    def setUp(self):
        keep(House(sign_up="invited"))
        self.client.force_login(self.keeper)

    def make(self):
        told = {"note": "Ruth", "days": "7"}
        return self.client.post(reverse("admin:accounts_invitation_add"), told, follow=True)

    def test_a_link_is_made_and_shown(self):
        page = self.make()
        self.assertContains(page, "/accounts/signup/?invitation=")
        made = Invitation.objects.get()
        self.assertEqual(made.made_by, self.keeper)

    def test_it_can_be_taken_back(self):
        self.make()
        made = Invitation.objects.get()
        token = invitation_path(made).partition("=")[2]
        self.client.post(
            reverse("admin:accounts_invitation_changelist"),
            {"action": "take_back", "_selected_action": [made.pk]},
        )
        self.assertIsNone(find_invitation(token))
        url = reverse("admin:accounts_invitation_change", args=[made.pk])
        self.assertContains(self.client.get(url), "None any more")

    def test_days_have_their_bounds(self):
        for days in ("0", "91", "x"):
            told = {"note": "Ruth of the library", "days": days}
            page = self.client.post(reverse("admin:accounts_invitation_add"), told)
            self.assertContains(page, "Ruth of the library")
        self.assertFalse(Invitation.objects.exists())
