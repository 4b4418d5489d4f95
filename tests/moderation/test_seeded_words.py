"""Rules, reasons and limits that came with the site are said in the reader's language; what its
keepers wrote is shown as they wrote it."""

from django.conf import settings
from django.test import TestCase
from django.urls import reverse
from django.utils.translation import override

from forum.guard.models import HoldRule, Limit
from forum.lib.seeded_words import as_read
from forum.lib.site_language import in_site_language
from forum.moderation.actions import open_held
from forum.moderation.forms import DecisionForm, ReportForm
from forum.moderation.models import (
    LogEntry,
    ReasonTemplate,
    Report,
    ReportReason,
    Rule,
    Sanction,
    SanctionKind,
)
from forum.moderation.rules import word_rule
from forum.moderation.sanction_words import MESSAGES
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_case

GERMAN = {"Accept-Language": "de"}
# Each model with its columns that hold words for readers.
SEEDED = {
    Rule: ["title", "text"],
    ReportReason: ["name", "text"],
    ReasonTemplate: ["title", "text"],
    Limit: ["about"],
    HoldRule: ["about", "words"],
}


class SeededWordsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.rule = Rule.objects.get(number=2)

    def test_so_is_what_a_site_says_of_its_licence_that_settles_none(self):
        with override("de"):
            self.assertNotEqual(as_read(settings.CONTENT_LICENCE), settings.CONTENT_LICENCE)

    def test_all_words_of_a_new_site_are_translated(self):
        """If not: mark them where they are seeded, as in moderation's migration of rules."""
        for model, columns in SEEDED.items():
            rows = list(model.objects.values_list(*columns))
            self.assertTrue(rows)
            for words in filter(None, (words for row in rows for words in row)):
                with self.subTest(model=model.__name__), override("de"):
                    self.assertNotEqual(as_read(words), words)

    def test_the_page_of_rules_says_them_in_its_language_and_new_ones_as_they_are(self):
        page = self.client.get(reverse("moderation:rules"), headers=GERMAN)
        self.assertContains(page, "<h3>2. Lass die Person in Ruhe</h3>")
        self.assertContains(page, "Keine Beleidigung, keine Drohung")
        word_rule(by=self.keeper, rule=self.rule, title="Be kind", text="Do no harm.")
        page = self.client.get(reverse("moderation:rules"), headers=GERMAN)
        self.assertContains(page, "<h3>2. Be kind</h3>")
        self.assertContains(page, "Do no harm.")
        self.assertContains(page, "<h3>1. Setz dich mit dem Satz auseinander</h3>")

    def test_the_page_of_rules_in_a_language_that_is_begun(self):
        page = self.client.get(reverse("moderation:rules"), headers={"Accept-Language": "ar"})
        self.assertContains(page, "<h3>2. دع الشخص وشأنه</h3>")
        self.assertContains(page, '<div class="prose slim" dir="auto"><p>هذه قواعد المناظرة')

    def test_limits_are_described_in_its_language(self):
        page = self.client.get(reverse("trust:levels"), headers=GERMAN)
        self.assertContains(page, "Antworten und Kontrapunkte von einem Konto.")
        self.assertNotContains(page, "by one account")

    def test_what_is_wrong_with_a_post_is_chosen_in_its_language(self):
        with override("de"):
            told = dict(ReportForm().fields["reason"].choices)
        self.assertEqual(told["attack"], "Persönlicher Angriff")
        ReportReason.objects.filter(key="attack").update(name="Rudeness", text="Of any kind.")
        with override("de"):
            told = dict(ReportForm().fields["reason"].choices)
        self.assertEqual(told["attack"], "Rudeness: Of any kind.")


class DecidedInEnglishTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post = make_comment(make_essay(), author=make_user("wren"))
        cls.case = make_case(cls.post)
        cls.decision = decide(cls.case)

    def test_the_log_keeps_the_rule_as_it_was_and_says_it_to_each_reader(self):
        page = self.client.get(reverse("moderation:log"), headers=GERMAN)
        self.assertContains(page, "Regel 2. Lass die Person in Ruhe")
        entry = LogEntry.objects.get(decision=self.decision)
        with override("de"):
            self.assertEqual(entry.public()["rule_title"], "Leave the person alone")

    def test_a_report_is_named_in_the_language_of_the_moderator(self):
        report = Report.objects.get(case=self.case)
        with override("de"):
            self.assertEqual(report.reason_words, "Persönlicher Angriff")
            told = Report.objects.tallied([self.case])[self.case.pk]
        self.assertEqual([row["label"] for row in told], ["Persönlicher Angriff"])
        report.filed_as = "Rudeness"
        self.assertEqual(report.reason_words, "Rudeness")

    def test_what_is_always_said_of_a_sanction_is_said_to_its_member_in_their_language(self):
        sanction = Sanction(message=in_site_language(str, MESSAGES[SanctionKind.WARN]))
        with override("de"):
            self.assertEqual(sanction.shown_message, str(MESSAGES[SanctionKind.WARN]))
        self.assertEqual(Sanction(message="Mind the tone.").shown_message, "Mind the tone.")

    def test_words_to_begin_a_public_reason_with_are_in_the_language_of_the_site(self):
        template = ReasonTemplate.objects.get(title="Advertising")
        with override("de"):
            form = DecisionForm(post=self.post, may_sanction=False)
            self.assertIn("Werbung (", str(form["template"]))
            self.assertIn(f'data-text="{template.text}"', str(form["template"]))
        with self.settings(LANGUAGE_CODE="de"):
            self.assertIn("angeklickt zu werden", template.first_words)

    def test_a_moderator_s_queue_names_rules_and_reasons_in_their_language(self):
        self.client.force_login(make_moderator("mags"))
        first = HoldRule.objects.get(name="first-posts")
        held = open_held(make_comment(self.post.thread.essay), first.words)
        page = self.client.get(reverse("moderation:queue"), headers=GERMAN)
        self.assertContains(page, "Die ersten Beiträge eines neuen Kontos werden gelesen")
        self.assertContains(page, '<option value="attack">Persönlicher Angriff</option>', html=True)
        self.assertContains(page, held.get_absolute_url())
