"""Who opens which page of the admin: every address of it, as everybody."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from forum.accounts.actions import give_role
from tests.factories import make_claim, make_essay, make_user

# The first three ask nothing of anybody; the last lists what the others open.
LEFT_OUT = {"login", "logout", "jsi18n", "app_list"}


def admin_pages():
    site = next(
        found for found in get_resolver().url_patterns
        if isinstance(found, URLResolver) and found.namespace == "admin"
    )  # fmt: skip
    for pattern in site.url_patterns:
        inner = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        for one in inner:
            if one.name and one.name not in LEFT_OUT:
                converters = set(one.pattern.converters)
                if not converters or converters == {"object_id"}:
                    args = ["1"] if converters else []
                    yield reverse(f"admin:{one.name}", args=args)


class AdminDoorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        make_claim(cls.essay)
        cls.member, cls.moderator, cls.editor = make_user(), make_user(), make_user()
        for person, role in ((cls.moderator, "moderators"), (cls.editor, "editors")):
            give_role(user=person, role=role, by=None)

    def opened(self, who):
        self.client.logout()
        if who:
            self.client.force_login(who)
        return {page for page in admin_pages() if self.client.get(page).status_code == 200}

    def test_nobody_but_editors_opens_any_page_of_it(self):
        self.assertGreater(len(list(admin_pages())), 20)
        for who in (None, self.member, self.moderator):
            with self.subTest(who=str(who)):
                self.assertEqual(self.opened(who), set())

    def test_an_editor_opens_what_essays_need(self):
        opened = self.opened(self.editor)
        self.assertIn(reverse("admin:essays_essay_changelist"), opened)
        for name in ("accounts_user_add", "auth_group_changelist", "posts_post_changelist"):
            self.assertNotIn(reverse(f"admin:{name}"), opened)

    def test_an_editor_makes_nobody_a_keeper_of_the_site(self):
        self.client.force_login(self.editor)
        page = reverse("admin:accounts_user_change", args=[self.member.pk])
        sent = {"username": self.member.username, "is_superuser": "on", "is_active": "on",
                "groups": [group.pk for group in Group.objects.all()]}  # fmt: skip
        self.assertEqual(self.client.post(page, sent).status_code, 403)
        self.member.refresh_from_db()
        self.assertFalse(self.member.is_superuser or self.member.groups.exists())

    def test_an_editor_who_is_suspended_works_there_no_longer(self):
        type(self.editor).objects.filter(pk=self.editor.pk).update(
            suspended_until=timezone.now() + timedelta(days=1)
        )
        self.assertEqual(self.opened(self.editor), set())


class AddressTests(TestCase):
    def test_only_the_keepers_see_and_find_members_by_their_addresses(self):
        make_user("wren", email="wren@secret.example")
        editor, keeper = make_user("ed"), make_user("keeper", is_staff=True, is_superuser=True)
        give_role(user=editor, role="editors", by=None)
        pk = editor._meta.model.objects.get(username="wren").pk
        pages = [
            reverse("admin:accounts_user_changelist"),
            reverse("admin:accounts_user_changelist") + "?q=secret",
            reverse("admin:accounts_user_change", args=[pk]),
        ]
        for user, count in ((editor, 0), (keeper, 3)):
            self.client.force_login(user)
            shown = [b"wren@secret.example" in self.client.get(page).content for page in pages]
            self.assertEqual(sum(shown), count, user)
            found = self.client.get(pages[1]).context["cl"].result_list
            self.assertEqual([each.username for each in found], ["wren"] if count else [])
