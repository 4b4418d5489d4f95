from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse

from forum.accounts.actions import give_role, sync_roles, take_role
from forum.accounts.models import EDITORS, MODERATORS
from forum.lib.verdict import Refused
from tests.factories import make_user


class RoleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.ruth = make_user("ruth")

    def test_group_and_columns_always_agree(self):
        give_role(user=self.ruth, role=MODERATORS, by=self.keeper)
        self.ruth.refresh_from_db()
        self.assertTrue(self.ruth.is_moderator)
        self.assertFalse(self.ruth.is_editor or self.ruth.is_staff)
        give_role(user=self.ruth, role=EDITORS, by=self.keeper)
        self.ruth.refresh_from_db()
        self.assertTrue(self.ruth.is_moderator and self.ruth.is_editor and self.ruth.is_staff)
        take_role(user=self.ruth, role=EDITORS, by=self.keeper)
        self.ruth.refresh_from_db()
        self.assertFalse(self.ruth.is_editor or self.ruth.is_staff)
        self.assertEqual([group.name for group in self.ruth.groups.all()], [MODERATORS])

    def test_giving_twice_changes_nothing(self):
        for _ in range(2):
            give_role(user=self.ruth, role=MODERATORS, by=self.keeper)
        self.assertEqual(self.ruth.groups.count(), 1)

    def test_only_keepers_give_and_take(self):
        editor = give_role(user=make_user(), role=EDITORS, by=self.keeper)
        for act in (give_role, take_role):
            with self.subTest(act=act.__name__), self.assertRaises(Refused):
                act(user=self.ruth, role=MODERATORS, by=editor)

    def test_the_installation_itself_may(self):
        self.assertTrue(give_role(user=self.ruth, role=EDITORS, by=None).is_editor)

    def test_there_are_three_roles_and_no_more(self):
        with self.assertRaisesMessage(ValueError, "no role 'kings'"):
            give_role(user=self.ruth, role="kings", by=self.keeper)

    def test_a_keeper_stays_staff_without_the_role(self):
        self.assertTrue(sync_roles(self.keeper).is_staff)

    def test_a_migration_made_the_groups_with_what_they_may(self):
        editors = Group.objects.get(name=EDITORS)
        self.assertIn("change_essay", editors.permissions.values_list("codename", flat=True))
        self.assertTrue(Group.objects.filter(name=MODERATORS).exists())
        editor = give_role(user=self.ruth, role=EDITORS, by=None)
        self.assertTrue(editor.has_perm("essays.change_essay"))
        self.assertFalse(editor.has_perm("accounts.change_user"))


class AdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.ruth = make_user("ruth")

    def setUp(self):
        self.client.force_login(self.keeper)

    def save(self, **changes):
        url = reverse("admin:accounts_user_change", args=[self.ruth.pk])
        form = {
            "username": "ruth",
            "display_name": "",
            "about": "",
            "email": "ruth@example.org",
            "is_active": "on",
        }
        return self.client.post(url, form | changes)

    def test_changing_groups_changes_the_columns(self):
        editors = Group.objects.get(name=EDITORS)
        self.assertEqual(self.save(groups=[editors.pk]).status_code, 302)
        self.ruth.refresh_from_db()
        self.assertTrue(self.ruth.is_editor and self.ruth.is_staff)
        self.save()
        self.ruth.refresh_from_db()
        self.assertFalse(self.ruth.is_editor or self.ruth.is_staff)

    def test_names_are_checked_there_too(self):
        self.assertContains(self.save(display_name="R\u202euth"), "no invisible characters")

    def test_pages_open(self):
        for name in ("changelist", "add"):
            with self.subTest(name=name):
                page = self.client.get(reverse(f"admin:accounts_user_{name}"))
                self.assertEqual(page.status_code, 200)

    def test_a_member_can_be_made(self):
        self.client.post(
            reverse("admin:accounts_user_add"),
            {
                "username": "fresh",
                "usable_password": "true",
                "password1": "four dull words do",
                "password2": "four dull words do",
            },
        )
        self.assertTrue(type(self.ruth).objects.filter(username="fresh").exists())

    def test_nobody_is_deleted_from_here(self):
        url = reverse("admin:accounts_user_delete", args=[self.ruth.pk])
        self.assertEqual(self.client.get(url).status_code, 403)

    def test_staff_come_in_by_the_common_door(self):
        self.client.logout()
        answer = self.client.get(reverse("admin:index"), follow=True)
        self.assertContains(answer, "<h1>Log in</h1>")
