from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse

from forum.accounts.actions import give_role
from forum.house.models import Change
from tests.factories import make_moderator, make_user

URL = reverse("roles")


class RolesPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.editor = give_role(user=make_user("edda"), role="editors", by=None)
        cls.ruth = make_user("ruth", display_name="Ruth Amsel")

    def send(self, who, **changes):
        self.client.force_login(who)
        told = {"username": "ruth", "role": "moderators", "act": "give"} | changes
        return self.client.post(URL, told, follow=True)

    def held(self):
        return set(self.ruth.groups.values_list("name", flat=True))

    def test_it_says_who_can_do_what(self):
        self.client.force_login(self.keeper)
        page = self.client.get(URL)
        for words in ("Work the queue", "Write, import, revise", "token of the read API", "edda"):
            self.assertContains(page, words)

    def test_a_keeper_gives_and_takes_one_role_of_one_member(self):
        self.assertContains(self.send(self.keeper), "Ruth Amsel has the role")
        self.ruth.refresh_from_db()
        self.assertTrue(self.ruth.is_moderator)
        self.assertFalse(self.ruth.is_staff)
        self.send(self.keeper, act="take")
        self.assertEqual(self.held(), set())

    def test_each_change_of_a_role_stands_in_the_history_without_a_name(self):
        self.send(self.keeper, role="researchers")
        line = Change.objects.get(by=self.keeper)
        self.assertEqual((line.subject, line.part), (f"member {self.ruth.pk}", "researchers"))
        self.assertEqual((line.before, line.after, line.by), ("no", "yes", self.keeper))

    def test_so_does_one_that_is_made_in_the_form_of_the_account(self):
        self.client.force_login(self.keeper)
        url = reverse("admin:accounts_user_change", args=[self.ruth.pk])
        told = {
            "username": "ruth", "email": "ruth@example.org", "is_active": "on",
            "is_superuser": "on", "groups": [Group.objects.get(name="editors").pk],
        }  # fmt: skip
        self.client.post(url, told)
        parts = Change.objects.filter(by=self.keeper).values_list("part", "before", "after")
        self.assertEqual(set(parts), {("keepers", "no", "yes"), ("editors", "no", "yes")})

    def test_an_editor_looks_and_gives_nobody_anything_least_of_all_themselves(self):
        for username in ("ruth", "edda"):
            for role in ("moderators", "editors", "researchers"):
                answer = self.send(self.editor, username=username, role=role)
                self.assertEqual(answer.status_code, 403)
        self.assertEqual(self.held(), set())
        self.assertEqual([group.name for group in self.editor.groups.all()], ["editors"])
        page = self.client.get(URL)
        self.assertContains(page, "Only the keepers of the site give and take roles.")

    def test_others_do_not_see_it(self):
        for person in (make_user(), make_moderator()):
            self.client.force_login(person)
            self.assertEqual(self.client.get(URL).status_code, 403)

    def test_a_name_that_nobody_has_is_refused_by_its_field_and_stays_typed(self):
        page = self.send(self.keeper, username="ruht")
        self.assertContains(page, "Nobody here has this user name.")
        self.assertContains(page, 'value="ruht"')
        self.assertContains(self.send(self.keeper, role="kings"), "Select a valid choice")

    def test_the_queries_do_not_grow_with_those_who_have_roles(self):
        self.client.force_login(self.keeper)
        self.client.get(URL)
        for size in (1, 20):
            for _ in range(size):
                give_role(user=make_user(), role="researchers", by=None)
            with self.subTest(size=size), self.assertNumQueries(7):
                self.client.get(URL)
