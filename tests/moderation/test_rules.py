from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from forum.house.models import Change
from forum.lib.verdict import Refused
from forum.moderation.models import Rule
from forum.moderation.rules import add_rule, reinstate_rule, retire_rule, word_rule
from forum.moderation.thread_forms import LockForm
from tests.factories import make_editor, make_moderator, make_user


class RuleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.rule = Rule.objects.get(number=2)

    def offered(self):
        return [rule.number for rule in LockForm().fields["rule"].queryset]

    def test_a_new_rule_gets_the_next_number_which_was_nobodys(self):
        self.assertEqual(add_rule(by=self.keeper, title="Be brief", text="Do.").number, 7)
        retire_rule(by=self.keeper, rule=Rule.objects.get(number=7))
        self.assertEqual(add_rule(by=self.keeper, title="Be kind", text="Do.").number, 8)

    def test_what_is_retired_is_offered_for_no_decision_and_may_come_back(self):
        retire_rule(by=self.keeper, rule=self.rule)
        self.assertEqual(self.offered(), [1, 3, 4, 5, 6])
        reinstate_rule(by=self.keeper, rule=self.rule)
        self.assertEqual(self.offered(), [1, 2, 3, 4, 5, 6])

    def test_the_last_rule_stays_and_none_is_retired_twice(self):
        for rule in Rule.objects.exclude(number=6):
            retire_rule(by=self.keeper, rule=rule)
        with self.assertRaisesMessage(Refused, "This is the last rule"):
            retire_rule(by=self.keeper, rule=Rule.objects.get(number=6))
        self.rule.refresh_from_db()
        with self.assertRaisesMessage(Refused, "holds no longer already"):
            retire_rule(by=self.keeper, rule=self.rule)

    def test_only_keepers_change_the_rules(self):
        for person in (make_editor(), make_moderator(), make_user()):
            for act in (
                lambda by: add_rule(by=by, title="Mine", text="Mine."),
                lambda by: word_rule(by=by, rule=self.rule, title="Mine", text="Mine."),
                lambda by: retire_rule(by=by, rule=self.rule),
                lambda by: reinstate_rule(by=by, rule=self.rule),
            ):
                with self.subTest(person=person.username):
                    self.assertRaises(Refused, act, person)
        self.assertFalse(Change.objects.exists())

    def test_each_change_has_its_line(self):
        word_rule(by=self.keeper, rule=self.rule, title="Spare the person", text=self.rule.text)
        retire_rule(by=self.keeper, rule=self.rule)
        told = Change.objects.order_by("pk").values_list("subject", "part", "before", "after")
        self.assertEqual(
            list(told),
            [
                ("rule 2", "title", "Leave the person alone", "Spare the person"),
                ("rule 2", "retired", "no", "yes"),
            ],
        )


class RuleAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)

    def setUp(self):
        self.client.force_login(self.keeper)

    def test_keepers_add_word_and_retire_there(self):
        told = {"title": "Be brief", "text": "Or be thorough."}
        self.client.post(reverse("admin:moderation_rule_add"), told)
        rule = Rule.objects.get(number=7)
        url = reverse("admin:moderation_rule_change", args=[rule.pk])
        self.client.post(url, told | {"title": "Be short"})
        self.client.post(
            reverse("admin:moderation_rule_changelist"),
            {"action": "retire", "_selected_action": [rule.pk]},
        )
        rule.refresh_from_db()
        self.assertEqual((rule.title, rule.is_retired), ("Be short", True))
        self.assertEqual({line.by for line in Change.objects.all()}, {self.keeper})

    def test_a_rule_without_words_is_refused_by_its_field(self):
        answer = self.client.post(
            reverse("admin:moderation_rule_add"), {"title": "Kept title", "text": ""}
        )
        self.assertContains(answer, "This field is required.")
        self.assertContains(answer, "Kept title")

    def test_the_last_rule_is_not_retired_there_and_none_is_deleted(self):
        self.client.post(
            reverse("admin:moderation_rule_changelist"),
            {
                "action": "retire",
                "_selected_action": list(Rule.objects.values_list("pk", flat=True)),
            },
        )
        self.assertEqual(Rule.objects.in_force().count(), 1)
        gone = reverse("admin:moderation_rule_delete", args=[Rule.objects.first().pk])
        self.assertEqual(self.client.post(gone, {"post": "yes"}).status_code, 403)

    def test_who_may_only_look_at_them_is_offered_nothing_to_do_with_them(self):
        editor = make_editor()
        editor.user_permissions.add(Permission.objects.get(codename="view_rule"))
        self.client.force_login(editor)
        page = self.client.get(reverse("admin:moderation_rule_changelist"))
        self.assertContains(page, Rule.objects.get(number=2).title)
        for offered in ("retire", "reinstate"):
            self.assertNotContains(page, f'<option value="{offered}"')
