"""Moderators keep the watch list: an entry is tried on past posts before it is switched on."""

from django.test import TestCase
from django.urls import reverse

from forum.guard.models import WatchEntry
from forum.guard.rules import rules_now
from forum.house.models import Change
from forum.lib.verdict import Refused
from forum.moderation import watching
from tests.factories import make_comment, make_essay, make_moderator, make_user, sent
from tests.ruling import watch

WHY = "Collars are sold elsewhere."


class WatchListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator, cls.member = make_moderator("mags"), make_user()
        essay = make_essay()
        make_comment(essay, source="I sell collars.")
        make_comment(essay, source="Nothing of that sort.")
        cls.list_url = reverse("moderation:watch-list")

    def setUp(self):
        self.client.force_login(self.moderator)

    def url(self, entry, way="entry"):
        return reverse(f"moderation:watch-{way}", args=[entry.pk])

    def fields(self, **said):
        usual = {"kind": "words", "pattern": "collar*", "does": "hold", "reason": WHY}
        return sent(**(usual | said))

    def entry(self, **fields):
        return watch(self, "collar*", **({"is_on": False} | fields))

    def test_the_queue_leads_to_it_and_it_says_when_it_is_empty(self):
        self.assertContains(self.client.get(reverse("moderation:queue")), self.list_url)
        self.assertContains(self.client.get(self.list_url), "Nothing is looked for yet.")

    def test_its_form_speaks_the_language_of_the_page(self):
        page = self.client.get(self.list_url, headers={"accept-language": "de"})
        for words in ("Art", "Wonach gesucht wird", "Was dann geschieht", "Grund"):
            self.assertContains(page, f">{words}</label>")
        self.assertContains(
            page, '<option value="hold" selected>Zur Prüfung zurückhalten<', html=False
        )

    def test_a_new_entry_is_off_and_shows_what_it_would_have_found(self):
        data = self.fields()
        for _ in range(2):
            page = self.client.post(self.list_url, data, follow=True)
        entry = WatchEntry.objects.get()
        self.assertFalse(entry.is_on)
        self.assertContains(page, "Among the last 2 posts it finds 1.")
        self.assertContains(page, "I sell collars.")
        self.assertNotContains(page, "Nothing of that sort.")
        self.assertContains(self.client.get(self.list_url), self.url(entry))

    def test_it_is_switched_on_where_it_was_tried_and_off_again(self):
        entry = self.entry()
        page = self.client.post(self.url(entry, "switch"), sent(on="yes"), follow=True)
        self.assertContains(page, "It is on.")
        self.assertEqual([each.pk for each in rules_now().watched], [entry.pk])
        self.client.post(self.url(entry, "switch"), sent(on="no"))
        self.assertEqual(rules_now().watched, ())
        changes = Change.objects.filter(subject="watch entry collar*", part="is_on")
        self.assertEqual([each.by for each in changes], [self.moderator] * 2)

    def test_what_finds_something_else_is_off_until_it_is_tried_again(self):
        entry = self.entry(is_on=True)
        self.client.post(self.url(entry), self.fields(reason="Sell them elsewhere."))
        entry.refresh_from_db()
        self.assertTrue(entry.is_on)
        page = self.client.post(self.url(entry), self.fields(pattern="nothing"), follow=True)
        entry.refresh_from_db()
        self.assertEqual((entry.is_on, entry.pattern), (False, "nothing"))
        self.assertContains(page, "Nothing of that sort.")

    def test_what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(self):
        for said, words in (
            ({"pattern": "a*"}, "letters: less would be found everywhere"),
            ({"kind": "domain", "pattern": "no site"}, "A site has a name such as"),
            ({"reason": ""}, "This field is required"),
        ):
            with self.subTest(said):
                page = self.client.post(self.list_url, self.fields(**said))
                self.assertContains(page, words, status_code=422)
        self.assertContains(page, 'value="collar*"', status_code=422)
        self.assertFalse(WatchEntry.objects.exists())
        self.entry()
        page = self.client.post(self.list_url, self.fields())
        self.assertContains(page, "already exists", status_code=422)

    def test_a_refused_change_shows_the_entry_as_it_is(self):
        entry = self.entry()
        page = self.client.post(self.url(entry), self.fields(pattern="a*"))
        self.assertContains(page, "<h1><bdi>collar*</bdi></h1>", status_code=422)

    def test_removal_asks_first_and_says_what_it_finds(self):
        for is_on, words in ((True, "It is on: from then on"), (False, "It is off: nothing is")):
            with self.subTest(is_on=is_on):
                entry = self.entry(is_on=is_on)
                self.assertContains(self.client.get(self.url(entry)), self.url(entry, "removal"))
                page = self.client.get(self.url(entry, "removal"))
                self.assertContains(page, "Look no more for <bdi>collar*</bdi>?")
                self.assertContains(page, "Among the last 2 posts it finds 1.")
                self.assertContains(page, "I sell collars.")
                self.assertContains(page, words)
                self.assertContains(page, f'href="{self.url(entry)}">Keep it</a>')
                self.assertTrue(WatchEntry.objects.filter(pk=entry.pk).exists())
                entry.delete()

    def test_it_is_removed_and_the_history_keeps_it(self):
        entry, form = self.entry(is_on=True), sent()
        page = self.client.post(self.url(entry, "removal"), form, follow=True)
        self.assertRedirects(page, self.list_url)
        self.assertContains(page, "nothing is looked for by it any more")
        self.assertRedirects(self.client.post(self.url(entry, "removal"), form), self.list_url)
        self.assertEqual(self.client.post(self.url(entry, "removal"), sent()).status_code, 404)
        self.assertFalse(WatchEntry.objects.exists())
        self.assertEqual(rules_now().watched, ())
        self.assertTrue(Change.objects.filter(part="pattern", before="collar*", after="").exists())

    def test_nobody_but_moderators_reads_or_changes_it(self):
        entry = self.entry()
        self.client.force_login(self.member)
        for url in (self.list_url, self.url(entry)):
            self.assertEqual(self.client.get(url).status_code, 403)
            self.assertEqual(self.client.post(url, self.fields()).status_code, 403)
        for way, status in (("switch", 405), ("removal", 403)):
            url = self.url(entry, way)
            self.assertEqual(self.client.post(url, sent(on="yes")).status_code, 403)
            self.assertEqual(self.client.get(url).status_code, status)
        for deed, terms in (
            (watching.keep_entry, {}), (watching.remove_entry, {}),
            (watching.switch_entry, {"is_on": True}),
        ):  # fmt: skip
            with self.assertRaises(Refused):
                deed(by=self.member, entry=entry, **terms)
        entry.refresh_from_db()
        self.assertFalse(entry.is_on)

    def test_queries_do_not_grow_with_the_list(self):
        for size in (1, 30):
            for number in range(size):
                watch(self, f"pattern {size} {number}")
            with self.subTest(size=size), self.assertNumQueries(3):
                self.client.get(self.list_url)
