"""Keepers say what posts may be reported for; reports keep what they were filed under."""

from importlib import import_module

from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.urls import reverse

from forum.house.models import Change
from forum.lib.verdict import Refused
from forum.moderation.models import Case, Report, ReportReason
from forum.moderation.report_reasons import keep_reason
from tests.factories import make_comment, make_editor, make_moderator, make_user, sent
from tests.moderation.builders import make_case, make_report, rule


class ReasonCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("kilda", is_superuser=True, is_staff=True)
        cls.post = make_comment()
        cls.url = reverse("moderation:report", args=[cls.post.pk])

    def add(self, **fields):
        usual = {"name": "Fanning flames", "gravity": 4, "rule": rule(2), "place": 5}
        return keep_reason(by=self.keeper, reason=ReportReason(**(usual | fields)))

    def change(self, key, **fields):
        reason = ReportReason.objects.get(key=key)
        for name, value in fields.items():
            setattr(reason, name, value)
        return keep_reason(by=self.keeper, reason=reason)


class ChoosingTests(ReasonCase):
    def test_a_reason_of_ones_own_is_chosen_first_and_its_case_is_as_grave(self):
        reason = self.add(text="Setting members on each other")
        self.client.force_login(make_user())
        page = self.client.get(self.url)
        self.assertContains(page, "Fanning flames: Setting members on each other")
        text = page.content.decode()
        self.assertLess(text.index("Fanning flames"), text.index("Personal attack"))
        self.client.post(self.url, sent(reason=reason.key))
        self.assertEqual(Case.objects.get().gravity, 4)

    def test_one_that_is_no_longer_offered_cannot_be_chosen(self):
        self.change("attack", is_offered=False)
        self.client.force_login(make_user())
        self.assertNotContains(self.client.get(self.url), "Personal attack")
        answer = self.client.post(self.url, sent(reason="attack"))
        self.assertContains(answer, "Select a valid choice", status_code=422)
        self.assertFalse(Report.objects.exists())

    def test_one_that_asks_for_words_is_not_enough_by_itself(self):
        self.change("attack", asks_for_words=True)
        self.client.force_login(make_user())
        answer = self.client.post(self.url, sent(reason="attack"))
        self.assertContains(answer, "the list has no word for it", status_code=422)
        self.client.post(self.url, sent(reason="attack", text="The second line."))
        self.assertEqual(Report.objects.get().text, "The second line.")


class FiledTests(ReasonCase):
    def test_what_was_reported_before_keeps_its_name_its_rule_and_its_harm(self):
        moderator = make_moderator()
        case = make_case(self.post, held_by=moderator)
        self.change("attack", name="Insult", rule=rule(1), gravity=1)
        make_report(self.post)
        report = Report.objects.filter(case=case).first()
        self.assertEqual(
            (report.filed_as, report.rule_number, report.gravity), ("Personal attack", 2, 3)
        )  # fmt: skip
        tally = Report.objects.tallied([case])[case.pk]
        told = [(each["label"], each["number"], each["is_grave"]) for each in tally]
        self.assertEqual(told, [("Personal attack", 1, True), ("Insult", 1, False)])
        self.client.force_login(moderator)
        page = self.client.get(case.get_absolute_url())
        self.assertContains(page, "Personal attack")
        self.assertContains(page, '<option value="2" selected>')

    def test_the_queue_is_narrowed_by_it_though_it_is_offered_no_more(self):
        case = make_case(self.post)
        self.change("attack", is_offered=False)
        self.client.force_login(make_moderator())
        queue = reverse("moderation:queue")
        for reason, found in (("attack", [case]), ("hatred", []), ("nonsense", [case])):
            page = self.client.get(queue, {"reason": reason})
            with self.subTest(reason):
                self.assertEqual(list(page.context["cases"]), found)

    def test_reports_of_earlier_times_are_given_their_names(self):
        make_report(self.post)
        Report.objects.update(filed_as="", gravity=1, rule_number=None)
        import_module("forum.moderation.migrations.0018_usual_reasons").seed(apps, None)
        report = Report.objects.get()
        self.assertEqual((report.filed_as, report.gravity), ("Personal attack", 3))
        self.assertEqual(ReportReason.objects.count(), 8)


class KeepingTests(ReasonCase):
    def test_each_change_has_its_line_in_the_history(self):
        reason = self.add()
        self.change(reason.key, name="Setting on each other")
        subjects = Change.objects.filter(subject=f"reason {reason.pk}")
        self.assertTrue(subjects.filter(after="Setting on each other").exists())

    def test_only_keepers_change_any(self):
        for person in (make_user(), make_moderator(), make_editor()):
            with self.assertRaises(Refused):
                keep_reason(by=person, reason=ReportReason(name="Dull"))
        self.assertFalse(ReportReason.objects.filter(name="Dull").exists())

    def test_the_last_one_stays_offered(self):
        ReportReason.objects.exclude(key="other").update(is_offered=False)
        with self.assertRaisesMessage(Refused, "the last reason"):
            self.change("other", is_offered=False)
        self.client.force_login(self.keeper)
        other = ReportReason.objects.get(key="other")
        url = reverse("admin:moderation_reportreason_change", args=[other.pk])
        page = self.client.post(url, {"name": "Something else", "gravity": 1, "place": 80})
        self.assertContains(page, "the last reason")

    def test_harm_is_from_one_to_four(self):
        for gravity in (0, 5):
            with self.assertRaises(ValidationError):
                ReportReason(key="x", name="X", gravity=gravity).full_clean()

    def test_in_the_admin_one_is_added_and_none_is_deleted(self):
        self.client.force_login(self.keeper)
        url = reverse("admin:moderation_reportreason_add")
        fields = {"name": "Dull", "rule": rule(1).pk, "gravity": 1, "place": 60, "is_offered": "on"}
        self.client.post(url, fields)
        made = ReportReason.objects.get(name="Dull")
        self.assertTrue(made.key.startswith("own-"))
        delete = reverse("admin:moderation_reportreason_delete", args=[made.pk])
        self.assertEqual(self.client.post(delete, {"post": "yes"}).status_code, 403)
        self.assertContains(
            self.client.get(reverse("admin:moderation_reportreason_changelist")), "Dull"
        )  # fmt: skip
