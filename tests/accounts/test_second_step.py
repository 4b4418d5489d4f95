"""Where the site asks staff for a second step: what opens without one, and what with it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum.accounts.actions import give_role
from forum.accounts.models import User
from forum.lib.house import House, keep
from forum.moderation.models import Rule
from tests.factories import make_comment, make_essay, make_moderator, make_user, sent
from tests.house.settled import settled

TOTP = Authenticator.Type.TOTP


class StaffTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.editor = give_role(user=make_user("edda"), role="editors", by=None)
        cls.moderator = make_moderator("mags")
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.staff = (cls.keeper, cls.editor, cls.moderator)

    def setUp(self):
        keep(House(asks_staff_for_second_step=True))

    def enter(self, user, *, with_step=False):
        if with_step:
            Authenticator.objects.get_or_create(user=user, type=TOTP, defaults={"data": {}})
        self.client.force_login(user)


class RefusalTests(StaffTestCase):
    def pages(self):
        return {
            self.keeper: [
                reverse("admin:index"),
                reverse("admin:accounts_user_changelist"),
                reverse("letter"),
            ],
            self.editor: [
                reverse("admin:essays_essay_changelist"),
                reverse("desk:impact", args=[self.essay.slug]),
            ],
            self.moderator: [reverse("moderation:queue")],
        }

    def test_without_one_every_page_of_theirs_leads_to_where_it_is_set_up(self):
        for user, pages in self.pages().items():
            self.enter(user)
            for page in pages:
                with self.subTest(user=user.username, page=page):
                    answer = self.client.get(page, follow=True)
                    self.assertEqual(answer.redirect_chain[-1][0], reverse("mfa_index"))
                    self.assertContains(answer, "Your role waits for this")

    def test_with_one_they_open(self):
        for user, pages in self.pages().items():
            self.enter(user, with_step=True)
            for page in pages:
                with self.subTest(user=user.username, page=page):
                    self.assertEqual(self.client.get(page).status_code, 200)

    def test_recovery_codes_alone_are_no_second_step(self):
        self.enter(self.moderator)
        Authenticator.objects.create(
            user=self.moderator, type=Authenticator.Type.RECOVERY_CODES, data={}
        )
        self.assertRedirects(self.client.get(reverse("moderation:queue")), reverse("mfa_index"))

    def test_a_passkey_is_one(self):
        self.enter(self.moderator)
        Authenticator.objects.create(user=self.moderator, type=Authenticator.Type.WEBAUTHN, data={})
        self.assertEqual(self.client.get(reverse("moderation:queue")).status_code, 200)

    def test_who_takes_it_away_again_is_a_plain_member_with_the_next_page(self):
        self.enter(self.moderator, with_step=True)
        Authenticator.objects.filter(user=self.moderator).delete()
        self.assertRedirects(self.client.get(reverse("moderation:queue")), reverse("mfa_index"))

    def test_nothing_that_is_sent_to_the_admin_is_done(self):
        self.enter(self.keeper)
        url = reverse("admin:accounts_user_change", args=[self.moderator.pk])
        told = {"username": "mags", "is_active": "on", "is_superuser": "on"}
        self.assertNotEqual(self.client.post(url, told).status_code, 200)
        self.client.post(reverse("admin:house_settings_add"), {"name": "Mine"})
        self.moderator.refresh_from_db()
        self.assertFalse(self.moderator.is_superuser)
        self.enter(self.keeper, with_step=True)
        self.assertEqual(self.client.post(url, told).status_code, 302)
        self.moderator.refresh_from_db()
        self.assertTrue(self.moderator.is_superuser)

    def test_no_act_of_staff_anywhere_is_done(self):
        post = make_comment(self.essay)
        lock = reverse("moderation:lock", args=[post.thread_id])
        told = sent(rule=str(Rule.objects.first().number), reason="It goes round in circles.")
        self.enter(self.moderator)
        answer = self.client.post(lock, told)
        self.assertContains(answer, "staff log in with two steps here", status_code=403)
        post.thread.refresh_from_db()
        self.assertFalse(post.thread.is_locked)
        self.enter(self.moderator, with_step=True)
        self.client.post(lock, told)
        post.thread.refresh_from_db()
        self.assertTrue(post.thread.is_locked)

    def test_drafts_of_essays_are_hidden_from_an_editor_without_one(self):
        draft = make_essay("Unfinished", published=False)
        self.enter(self.editor)
        self.assertEqual(self.client.get(draft.get_absolute_url()).status_code, 404)
        self.enter(self.editor, with_step=True)
        self.assertEqual(self.client.get(draft.get_absolute_url()).status_code, 200)


class PlainMemberTests(StaffTestCase):
    def test_they_read_and_write_as_any_member(self):
        self.enter(self.editor)
        url = reverse("discussion:thread", args=["the-collar"])
        self.assertEqual(self.client.post(url, sent(source="A remark.")).status_code, 302)
        page = self.client.get(url)
        self.assertContains(page, "A remark.")
        self.assertContains(page, "Set up your second step")
        self.assertNotContains(page, reverse("admin:index"))

    def test_a_refusal_of_another_sort_leads_a_plain_member_nowhere_else(self):
        self.enter(make_user("wren"))
        self.assertEqual(self.client.get(reverse("moderation:queue")).status_code, 403)

    def test_what_they_save_of_themselves_takes_no_role_away(self):
        for user in self.staff:
            self.enter(user)
            told = {"display_name": "Another Name", "about": ""}
            self.client.post(reverse("own-name"), told)
            reduced = self.client.get(reverse("home")).wsgi_request.user
            self.assertTrue(reduced.roles_wait)
            reduced.about = "Saved whole."
            reduced.save()
            now = User.objects.get(pk=user.pk)
            with self.subTest(user=user.username):
                self.assertEqual(now.about, "Saved whole.")
                self.assertEqual(
                    (now.is_staff, now.is_superuser, now.is_editor, now.is_moderator),
                    (user.is_staff, user.is_superuser, user.is_editor, user.is_moderator),
                )

    def test_nobody_leaves_whose_role_only_waits(self):
        self.enter(self.editor)
        self.assertContains(self.client.get(reverse("departure")), "let a keeper take the role")

    def test_where_it_is_not_asked_all_is_as_before(self):
        keep(House(asks_staff_for_second_step=False))
        self.enter(self.moderator)
        self.assertEqual(self.client.get(reverse("moderation:queue")).status_code, 200)

    def test_it_costs_no_statement(self):
        self.enter(self.moderator, with_step=True)
        self.client.get(reverse("moderation:queue"))
        counts = []
        for asked in (False, True):
            keep(House(asks_staff_for_second_step=asked))
            with CaptureQueriesContext(connection) as found:
                self.client.get(reverse("moderation:queue"))
            counts.append(len(found))
        self.assertEqual(counts[0], counts[1])

    @override_settings(SECOND_STEP_BY_DEFAULT=True)
    def test_it_is_asked_where_nobody_has_settled_it_and_may_be_switched_off(self):
        keep(House())
        self.enter(self.moderator)
        self.assertRedirects(self.client.get(reverse("moderation:queue")), reverse("mfa_index"))
        settled(asks_staff_for_second_step=False)
        self.assertEqual(self.client.get(reverse("moderation:queue")).status_code, 200)


class AdminEntranceTests(StaffTestCase):
    """Django's own form of the admin asks for no second step, so nobody gets it."""

    def test_a_stranger_is_led_to_the_common_door_and_back(self):
        page = reverse("admin:accounts_user_changelist")
        answer = self.client.get(page, follow=True)
        self.assertContains(answer, "<h1>Log in</h1>")
        self.assertContains(answer, page)

    def test_nothing_can_be_sent_to_it_not_even_by_staff(self):
        told = {"username": "keeper", "password": "a long pass phrase", "next": "/admin/"}
        for who in (None, self.editor):
            client = Client()
            if who:
                Authenticator.objects.create(user=who, type=TOTP, data={})
                client.force_login(who)
            answer = client.post(reverse("admin:login"), told)
            self.assertEqual(answer.status_code, 405)
            expected = str(who.pk) if who else None
            self.assertEqual(client.session.get("_auth_user_id"), expected)

    def test_whoever_is_in_already_is_led_on_or_refused(self):
        self.enter(self.keeper, with_step=True)
        self.assertRedirects(self.client.get(reverse("admin:login")), reverse("admin:index"))
        self.enter(make_user("wren"))
        self.assertEqual(self.client.get(reverse("admin:login")).status_code, 403)


class WithoutMailTests(TestCase):
    """A site that sends no letters still lets people in."""

    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)

    def confirm(self, *users):
        self.client.force_login(self.keeper)
        return self.client.post(
            reverse("admin:accounts_user_changelist"),
            {"action": "confirm", "_selected_action": [user.pk for user in users]}, follow=True,
        )  # fmt: skip

    def test_who_installs_the_site_logs_in_at_once(self):
        call_command(
            "createsuperuser", interactive=False, username="first", email="f@example.org",
            verbosity=0,
        )  # fmt: skip
        first = User.objects.get(username="first")
        first.set_password("four dull words do")
        first.save()
        told = {"login": "first", "password": "four dull words do"}
        self.client.post(reverse("account_login"), told)
        self.assertEqual(self.client.session["_auth_user_id"], str(first.pk))

    def test_keepers_confirm_the_address_of_somebody_who_got_no_letter(self):
        wren = make_user("wren")
        EmailAddress.objects.create(user=wren, email=wren.email, primary=True)
        self.confirm(wren)
        self.client.logout()
        told = {"login": "wren", "password": "a long pass phrase"}
        self.client.post(reverse("account_login"), told)
        self.assertEqual(self.client.session["_auth_user_id"], str(wren.pk))

    def test_no_address_is_confirmed_for_two(self):
        wren, other = make_user("wren"), make_user("other", email="wren@example.org")
        self.confirm(wren)
        self.assertContains(self.confirm(other), "The account other has no address")
        self.assertFalse(EmailAddress.objects.filter(user=other).exists())
        self.assertContains(
            self.confirm(make_user("none", email="")), "The account none has no address"
        )

    def test_editors_confirm_nobody(self):
        editor, wren = make_user("ed"), make_user("wren")
        give_role(user=editor, role="editors", by=None)
        self.client.force_login(editor)
        self.client.post(
            reverse("admin:accounts_user_changelist"),
            {"action": "confirm", "_selected_action": [wren.pk]},
        )
        self.assertFalse(EmailAddress.objects.filter(user=wren).exists())
