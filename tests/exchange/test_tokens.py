"""Keepers issue tokens, limit and revoke them; nobody else does, and nobody sees one twice."""

from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from forum.exchange.models import Token
from forum.exchange.tokens import find_token, issue_token, limit_token, revoke_token
from forum.lib.verdict import Refused
from tests.exchange.api.asking import make_keeper, make_researcher, make_token
from tests.factories import make_editor, make_moderator, make_user

ADD, LIST = reverse("admin:exchange_token_add"), reverse("admin:exchange_token_changelist")


class TokenTests(TestCase):
    def test_only_a_digest_is_kept(self):
        token, secret = make_token()
        self.assertTrue(secret.startswith("cp_"))
        self.assertGreater(len(secret), 40)
        self.assertNotIn(secret, str(vars(Token.objects.get())))
        self.assertEqual(find_token(secret), token)
        self.assertIsNone(find_token(secret[:-1]))
        self.assertNotEqual(make_token()[1], secret)

    def test_keepers_alone_issue_limit_and_revoke(self):
        token, _ = make_token()
        owner = make_researcher()
        for by in (owner, make_editor(), make_moderator(), make_user(is_staff=True)):
            with self.assertRaises(Refused):
                issue_token(by=by, owner=owner, name="Mine", purpose="Mine.")
            with self.assertRaises(Refused):
                limit_token(by=by, token=token, hourly_limit=9)
            with self.assertRaises(Refused):
                revoke_token(by=by, token=token)
        self.assertEqual(Token.objects.count(), 1)

    def test_it_is_given_to_researchers_who_can_log_in(self):
        closed = make_researcher()
        closed.is_active = False
        closed.save()
        for owner, word in ((make_user(), "researchers"), (closed, "cannot take part")):
            with self.assertRaisesMessage(Refused, word):
                issue_token(by=make_keeper(), owner=owner, name="A", purpose="B.")

    def test_it_is_revoked_once_and_for_good(self):
        token, _ = make_token()
        keeper = make_keeper()
        first = revoke_token(by=keeper, token=token).revoked_at
        self.assertEqual(revoke_token(by=keeper, token=token).revoked_at, first)

    def test_a_researcher_does_nothing_in_the_admin(self):
        person = make_researcher()
        self.assertFalse(person.is_staff)
        self.assertEqual(person.get_all_permissions(), set())


class TokenAdminTests(TestCase):
    def setUp(self):
        self.keeper, self.owner = make_keeper("keep"), make_researcher("wren")
        self.client.force_login(self.keeper)

    def send(self, **fields):
        values = {"owner": self.owner.pk, "name": "A mirror", "purpose": "Counting.",
                  "hourly_limit": 50}  # fmt: skip
        return self.client.post(ADD, values | fields)

    def secret_of(self, page):
        return page.context["token"].secret

    def test_the_token_is_shown_on_the_answer_and_nowhere_else(self):
        page = self.send()
        secret = self.secret_of(page)
        self.assertContains(page, secret)
        self.assertIn("no-store", page.headers["Cache-Control"])
        token = Token.objects.get()
        self.assertEqual(find_token(secret), token)
        self.assertEqual((token.created_by, token.hourly_limit), (self.keeper, 50))
        for url in (LIST, reverse("admin:exchange_token_change", args=[token.pk])):
            self.assertNotContains(self.client.get(url), secret)
            self.assertContains(self.client.get(url), token.hint)

    def test_what_is_wrong_is_said_by_the_field(self):
        for fields, name in (
            ({"owner": make_user().pk}, "owner"), ({"owner": ""}, "owner"), ({"name": ""}, "name"),
            ({"purpose": ""}, "purpose"), ({"hourly_limit": 0}, "hourly_limit"),
            ({"hourly_limit": 100_001}, "hourly_limit"),
        ):  # fmt: skip
            page = self.send(**fields)
            with self.subTest(fields):
                self.assertIn(name, page.context["adminform"].form.errors)
        self.assertFalse(Token.objects.exists())

    def test_its_limit_is_changed_and_its_owner_is_not(self):
        self.send()
        token = Token.objects.get()
        url = reverse("admin:exchange_token_change", args=[token.pk])
        self.client.post(url, {"hourly_limit": 9, "owner": make_researcher().pk, "name": "x"})
        token.refresh_from_db()
        self.assertEqual((token.hourly_limit, token.owner, token.name),
                         (9, self.owner, "A mirror"))  # fmt: skip
        self.assertFalse(token.is_revoked)

    def test_it_is_revoked_by_a_box_that_is_then_gone(self):
        self.send()
        token = Token.objects.get()
        url = reverse("admin:exchange_token_change", args=[token.pk])
        self.client.post(url, {"hourly_limit": 50, "revoke": "on"})
        token.refresh_from_db()
        self.assertTrue(token.is_revoked)
        self.assertNotContains(self.client.get(url), 'name="revoke"')

    def test_nobody_deletes_one(self):
        self.send()
        url = reverse("admin:exchange_token_delete", args=[Token.objects.get().pk])
        self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)

    def test_others_of_the_staff_see_none_of_it(self):
        for person in (make_editor(), make_user(is_staff=True)):
            self.client.force_login(person)
            for url in (ADD, LIST):
                self.assertEqual(self.client.get(url).status_code, 403)

    def test_staff_who_were_given_the_permission_issue_too(self):
        clerk = make_user(is_staff=True)
        clerk.user_permissions.add(
            *Permission.objects.filter(codename__in=["add_token", "view_token"])
        )
        self.client.force_login(clerk)
        self.assertContains(self.send(), "cp_")
        self.assertEqual(Token.objects.get().created_by, clerk)
