from django.test import TestCase
from django.urls import reverse

from forum.house.actions import write_page
from forum.house.models import Page
from forum.lib.verdict import Refused
from forum.moderation.models import Rule
from forum.moderation.rules import add_rule, retire_rule, word_rule
from tests.factories import make_editor
from tests.house.settled import settled


class SitePagesTests(TestCase):
    def test_each_has_words_from_the_beginning(self):
        for name, words in (
            ("house:privacy", "Having it, and having it erased"),
            ("house:contact", "None has been given yet."),
            ("moderation:rules", "Argue with the sentence"),
        ):
            with self.subTest(name=name):
                self.assertContains(self.client.get(reverse(name)), words)

    def test_every_page_leads_to_them(self):
        home = self.client.get(reverse("home"))
        for name in ("house:privacy", "house:contact", "moderation:rules"):
            self.assertContains(home, f'href="{reverse(name)}"')

    def test_the_address_stands_on_the_page_for_it(self):
        url = reverse("house:contact")
        self.assertNotContains(self.client.get(url), "mailto:")
        settled(contact="keepers@example.org")
        self.assertContains(self.client.get(url), 'href="mailto:keepers@example.org"')

    def test_nothing_that_is_written_there_becomes_a_script(self):
        write_page(by=None, name="privacy", source='<script>alert(1)</script> & "quotes"')
        page = self.client.get(reverse("house:privacy"))
        self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp;")

    def test_only_keepers_write_them(self):
        self.assertRaises(Refused, write_page, by=make_editor(), name="rules", source="Mine.")
        self.assertFalse(Page.objects.exclude(source="").exists())

    def test_a_visitor_who_has_the_page_is_told_so_by_one_statement(self):
        for name in ("house:privacy", "moderation:rules"):
            url = reverse(name)
            etag = self.client.get(url).headers["ETag"]
            with self.assertNumQueries(1):
                again = self.client.get(url, headers={"if-none-match": etag})
            self.assertEqual(again.status_code, 304)

    def test_the_rules_page_changes_with_the_rules(self):
        url = reverse("moderation:rules")
        self.client.get(url)
        rule = Rule.objects.get(number=2)
        word_rule(by=None, rule=rule, title="Spare the person", text="No insult.")
        self.assertContains(self.client.get(url), "2. Spare the person")
        add_rule(by=None, title="Be brief", text="Or be thorough.")
        self.assertContains(self.client.get(url), "7. Be brief")
        retire_rule(by=None, rule=rule)
        page = self.client.get(url)
        self.assertContains(page, "What no longer holds")
        self.assertLess(
            page.content.index(b"7. Be brief"), page.content.index(b"2. Spare the person")
        )

    def test_the_queries_do_not_grow_with_the_rules(self):
        url = reverse("moderation:rules")
        for size in (1, 20):
            for number in range(size):
                add_rule(by=None, title=f"Rule of {number}", text="A text.")
            with self.subTest(size=size), self.assertNumQueries(3):
                self.client.get(url)

    def test_each_is_there_in_german_too(self):
        for name, words in (
            ("house:privacy", "Mitnehmen und löschen lassen"),
            ("house:contact", "der schnellere Weg"),
            ("moderation:rules", "steht im öffentlichen Protokoll"),
        ):
            with self.subTest(name=name):
                page = self.client.get(reverse(name), headers={"Accept-Language": "de"})
                self.assertContains(page, words)

    def test_one_that_is_not_translated_keeps_its_own_direction(self):
        page = self.client.get(reverse("house:privacy"), headers={"Accept-Language": "ar"})
        self.assertContains(page, '<div class="prose slim" dir="auto"><p>Everything here can be')
