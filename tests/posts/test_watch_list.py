"""The watch list in the admin: tried on past posts before it is switched on, with a history."""

from django.test import TestCase
from django.urls import reverse

from forum.guard.models import HoldRule, WatchEntry
from forum.guard.rules import rules_now
from forum.house.models import Change
from forum.posts.watch_trial import SHOWN, try_out
from tests.factories import make_comment, make_editor, make_essay, make_newcomer
from tests.ruling import switch, watch

WORDS = "A post that says the same as an earlier one of its author is held"


def page_of(name, *args):
    return reverse(f"admin:guard_{name}", args=args)


class WatchListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_newcomer(is_staff=True, is_superuser=True)
        cls.essay = make_essay()
        make_comment(cls.essay, source="I sell collars.")
        make_comment(cls.essay, source="See https://shop.spam.example/")
        make_comment(cls.essay, source="Nothing of that sort.")

    def setUp(self):
        self.client.force_login(self.keeper)

    def add(self, **said):
        values = {
            "kind": "words", "pattern": "collar*", "does": "hold",
            "reason": "Collars are sold elsewhere.",
        }  # fmt: skip
        return self.client.post(page_of("watchentry_add"), values | said, follow=True)

    def test_a_new_entry_is_off_and_shows_what_it_would_have_found(self):
        page = self.add(is_on="on")
        self.assertFalse(WatchEntry.objects.get().is_on)
        self.assertContains(page, "Among the last 3 posts it finds <b>1</b>.")
        self.assertContains(page, "I sell collars.")
        self.assertNotContains(page, "Nothing of that sort.")

    def test_a_long_pattern_has_a_place_in_the_history(self):
        self.add(pattern="collar " * 20)
        self.assertTrue(Change.objects.filter(subject__startswith="watch entry collar").exists())

    def test_sites_and_links_are_tried_as_well(self):
        self.assertContains(self.add(kind="domain", pattern="spam.example"), "finds <b>1</b>")
        self.assertContains(self.add(kind="link", pattern="shop*spam"), "finds <b>1</b>")

    def test_it_is_switched_on_where_it_was_tried_and_off_again(self):
        entry = watch(self, "collar*", is_on=False)
        trial = page_of("watchentry_trial", entry.pk)
        self.assertEqual(rules_now().watched, ())
        page = self.client.post(trial, {"on": "yes"}, follow=True)
        self.assertContains(page, "It is on.")
        self.assertEqual(rules_now().watched, (entry,))
        self.client.post(trial, {"on": "no"})
        self.assertEqual(rules_now().watched, ())
        self.assertEqual(Change.objects.filter(subject="watch entry collar*").count(), 2)

    def test_looking_switches_nothing(self):
        entry = watch(self, "collar*", is_on=False)
        self.client.get(page_of("watchentry_trial", entry.pk))
        entry.refresh_from_db()
        self.assertFalse(entry.is_on)

    def test_another_pattern_has_to_be_tried_again(self):
        entry = watch(self, "collar*")
        change = page_of("watchentry_change", entry.pk)
        values = {"kind": "words", "pattern": "collar*", "does": "hold"}
        self.client.post(change, values | {"reason": "Another reason."})
        entry.refresh_from_db()
        self.assertEqual((entry.is_on, entry.reason), (True, "Another reason."))
        page = self.client.post(change, values | {"pattern": "coll*", "reason": "x"}, follow=True)
        entry.refresh_from_db()
        self.assertFalse(entry.is_on)
        self.assertContains(page, "try it, and switch it on again")

    def test_a_pattern_that_would_find_everything_is_refused_beside_its_field(self):
        for said, reason in (
            ({"pattern": "a*"}, "At least 3 letters"),
            ({"pattern": "* ** ?"}, "At least 3 letters"),
            ({"pattern": "spam", "kind": "domain"}, "A site has a name such as"),
        ):
            with self.subTest(said=said):
                page = self.add(**said)
                self.assertIn(reason, str(page.context["adminform"].form.errors["pattern"]))
        self.assertFalse(WatchEntry.objects.exists())

    def test_nobody_but_the_keepers_tries_or_switches_one(self):
        entry = watch(self, "collar*", is_on=False)
        self.client.force_login(make_editor())
        for name, args in (
            ("watchentry_trial", [entry.pk]),
            ("watchentry_delete", [entry.pk]),
            ("watchentry_add", []),
        ):
            self.assertEqual(self.client.get(page_of(name, *args)).status_code, 403)
            self.assertEqual(self.client.post(page_of(name, *args)).status_code, 403)
        self.client.force_login(self.keeper)
        self.assertEqual(self.client.get(page_of("watchentry_trial", 99)).status_code, 404)

    def test_a_trial_costs_one_query_and_shows_a_few(self):
        entry = watch(self, "nothing", is_on=False)
        for _ in range(SHOWN + 1):
            make_comment(self.essay, source="Nothing at all.")
        with self.assertNumQueries(1):
            trial = try_out(entry)
        self.assertEqual((trial.looked_at, trial.hits, len(trial.shown)), (54, 52, SHOWN))


class HoldRuleAdminTests(TestCase):
    def test_a_keeper_switches_a_rule_and_the_history_tells_it(self):
        rule = switch(self, "similar", on=False)
        self.client.force_login(make_newcomer(is_staff=True, is_superuser=True))
        page = page_of("holdrule_change", rule.pk)
        self.client.post(page, {"is_on": "on", "threshold": 80, "words": "Said again", "name": "x"})
        rule = HoldRule.objects.get(pk=rule.pk)
        self.assertEqual((rule.name, rule.is_on, rule.threshold), ("similar", True, 80))
        self.assertIsNotNone(rules_now().hold("similar"))
        told = Change.objects.filter(subject="holding rule similar")
        self.assertEqual(
            set(told.values_list("part", "before", "after")),
            {
                ("is_on", "no", "yes"),
                ("threshold", "90", "80"),
                ("words", WORDS, "Said again"),
            },
        )
        self.assertEqual(self.client.get(page_of("holdrule_add")).status_code, 403)
