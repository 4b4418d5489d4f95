"""By which rule a post is held back, reported or refused."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from forum.guard.judging import FREE, NotTaken, judge
from forum.guard.rules import forget_rules, rules_now
from forum.lib.rendering import render_post
from tests.factories import make_editor, make_moderator, make_newcomer
from tests.ruling import switch, watch

THREE_LINKS = "https://a.example https://b.example https://c.example"
LONG = "The horse choked before the collar came, and nobody at all knew why."


class JudgeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.fresh = make_newcomer()
        cls.regular = make_newcomer(trust_level=2, post_count=9)

    def judged(self, source, author=None, recent=()):
        parts = [render_post(part) for part in ([source] if isinstance(source, str) else source)]
        return judge(
            author or self.fresh, [(part.text, part.html) for part in parts], lambda: recent
        )

    def test_most_of_what_is_written_is_free(self):
        self.assertEqual(self.judged("It is not so: [look](https://a.example)."), FREE)

    def test_many_links_of_a_new_account_are_held_and_of_others_are_not(self):
        self.assertIn("more than two links", self.judged(THREE_LINKS).held_by)
        self.assertEqual(self.judged(THREE_LINKS, make_newcomer(trust_level=1)).held_by, "")
        own = " ".join(f"[{each}](/posts/{each}/)" for each in range(9))
        self.assertEqual(self.judged(own).held_by, "")

    def test_links_are_counted_over_all_that_is_posted_at_once(self):
        self.assertTrue(self.judged(["https://a.example https://b.example", "https://c.example"])
                        .held_by)  # fmt: skip

    def test_a_rule_that_is_switched_off_holds_nothing(self):
        switch(self, "new-links", on=False)
        self.assertEqual(self.judged(THREE_LINKS), FREE)

    def test_first_posts_are_held_until_there_are_enough(self):
        rule = switch(self, "first-posts", threshold=2)
        self.assertEqual(self.judged("My first.").held_by, rule.words)
        self.assertEqual(self.judged("My third.", make_newcomer(post_count=2)), FREE)
        self.assertEqual(self.judged("A first.", make_newcomer(trust_level=1)), FREE)

    def test_the_same_again_is_held_whatever_its_capitals_and_stops(self):
        rule = switch(self, "similar", threshold=90)
        again = LONG.upper().replace(",", " –")
        self.assertEqual(self.judged(again, recent=["Else.", LONG]).held_by, rule.words)
        self.assertEqual(
            self.judged(LONG, recent=["Then a ring of straw changed the fields."]), FREE
        )
        self.assertEqual(self.judged("I agree.", recent=["I agree."]), FREE)
        self.assertEqual(self.judged(LONG, self.regular, recent=[LONG]), FREE)

    def test_last_texts_are_only_read_where_a_rule_asks_for_them(self):
        def never():
            raise AssertionError("nobody asks")

        self.assertEqual(judge(self.fresh, [(LONG, "")], never), FREE)

    def test_what_is_watched_is_held_reported_or_refused(self):
        watch(self, "collar*", "hold", reason="Collars are sold elsewhere.")
        watch(self, "bread", "report", reason="Somebody praises bread.")
        watch(self, "spam.example", "refuse", "domain", reason="That site sells collars.")
        self.assertEqual(self.judged("My collars!").held_by, "Collars are sold elsewhere.")
        told = self.judged("Bread.", self.regular)
        self.assertEqual((told.held_by, told.reported_by), ("", "Somebody praises bread."))
        with self.assertRaisesMessage(NotTaken, "posted here: That site sells collars."):
            self.judged("Collars: https://spam.example", self.regular)
        both = self.judged("Bread and collars")
        self.assertEqual((bool(both.held_by), both.reported_by), (True, ""))

    def test_an_entry_that_is_switched_off_does_nothing(self):
        watch(self, "collar", "refuse", is_on=False)
        self.assertEqual(self.judged("A collar."), FREE)

    def test_whoever_keeps_the_peace_may_say_what_it_is_about(self):
        watch(self, "collar", "refuse")
        for keeper in (make_moderator(), make_editor()):
            self.assertEqual(self.judged(f"A collar. {THREE_LINKS}", keeper), FREE)

    def test_a_moderators_decision_holds_everything_until_its_end(self):
        soon = timezone.now() + timedelta(days=1)
        held = make_newcomer(trust_level=2, held_until=soon)
        self.assertIn("A moderator decided", self.judged("Anything.", held).held_by)
        held.held_until = timezone.now() - timedelta(minutes=1)
        self.assertEqual(self.judged("Anything.", held), FREE)


class RulesTests(TestCase):
    def test_they_are_read_once_and_again_when_one_was_changed(self):
        switch(self, "similar")
        with self.assertNumQueries(2):
            self.assertIsNotNone(rules_now().hold("similar"))
        with self.assertNumQueries(0):
            rules_now()
        forget_rules()
        with self.assertNumQueries(2):
            rules_now()
