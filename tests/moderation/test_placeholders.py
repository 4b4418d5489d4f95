"""Where a post was taken down stands when that was, by which rule, and where it is told."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from forum.exchange.erasing import erase
from forum.lib.house import House, keep
from forum.moderation import actions
from forum.moderation.models import LogEntry, Rule
from forum.moderation.undoing import undo
from forum.posts.actions import set_status
from forum.posts.card_words import SLOT, bare, fill, rule_slot
from forum.posts.fragments import render_card
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import decide, make_case

name_rules = import_module(
    "forum.moderation.migrations.0030_rules_of_what_was_taken_down"
).name_rules
WHEN = datetime(2026, 3, 9, 12, 5, tzinfo=UTC)
SAID = "9 March 2026, 12:05"
RULE = "Rule 2. Leave the person alone"


class PlaceholderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.author = make_user("tobias")
        cls.top = make_comment(cls.essay, author=cls.author, source="You fool.")
        cls.below = make_comment(parent=cls.top, source="So are you.")
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def decide(self, outcome, post=None, **changes):
        return decide(make_case(post or self.top), outcome, now=WHEN, **changes)

    def said(self, post=None):
        return bare(Post.objects.get(pk=(post or self.top).pk))

    def link(self, decision):
        return f'<a href="{escape(decision.log_entry.get_absolute_url())}">Read why</a>'

    def test_hidden_or_removed_it_names_the_moment_and_the_rule_and_leads_to_the_log(self):
        for outcome, words in (
            ("hide", "hidden by a moderator"), ("amend", "hidden by a moderator"),
            ("remove", "removed by a moderator"),
        ):  # fmt: skip
            with self.subTest(outcome):
                post = make_comment(self.essay)
                decision = self.decide(outcome, post)
                for part in (words, SAID, RULE, self.link(decision)):
                    self.assertIn(part, self.said(post))

    def test_so_do_all_that_went_with_it(self):
        decision = self.decide("branch")
        for post in (self.top, self.below):
            for part in (SAID, RULE, self.link(decision)):
                self.assertIn(part, self.said(post))

    def test_readers_find_it_in_the_thread_and_in_their_language(self):
        self.decide("hide")
        self.assertContains(self.client.get(self.url), RULE)
        page = self.client.get(self.url, headers={"accept-language": "de"})
        self.assertContains(page, "Regel 2. ")
        self.assertNotContains(page, "Leave the person alone")

    def test_in_the_debate_of_a_claim_too(self):
        point = make_counterpoint(make_claim(self.essay))
        self.decide("hide", point.post)
        page = self.client.get(point.claim.get_absolute_url())
        self.assertContains(page, RULE)
        self.assertContains(page, SAID)

    def test_a_rule_is_named_as_it_was_called_then(self):
        self.decide("hide")
        Rule.objects.filter(number=2).update(title="Be kind")
        self.assertIn(RULE, self.said())

    def test_back_in_its_place_nothing_of_it_stays(self):
        moderator = make_moderator()
        self.decide("branch")
        case = actions.open_case(moderator=moderator, post=self.top)
        decide(case, "restore", moderator=moderator)
        for post in (self.top, self.below):
            self.assertNotIn("Rule 2", self.said(post))
            self.assertIsNone(Post.objects.get(pk=post.pk).status_rule)

    def test_a_restoration_taken_back_names_the_first_rule_again(self):
        keep(House(undo_minutes=10))
        moderator = make_moderator()
        first = self.decide("branch")
        case = actions.open_case(moderator=moderator, post=self.top)
        second = decide(case, "restore", moderator=moderator, number=1)
        undo(moderator=moderator, decision=second)
        for post in (self.top, self.below):
            self.assertIn(RULE, self.said(post))
            self.assertIn(self.link(first), self.said(post))

    def test_when_its_author_leaves_it_is_still_said_when_and_by_which_rule(self):
        self.decide("remove")
        erase(
            member=self.author, keeps_posts=False, asked_by="the member",
            now=WHEN + timedelta(days=30),
        )  # fmt: skip
        for part in ("removed by a moderator", SAID, RULE):
            self.assertIn(part, self.said())

    def test_it_costs_no_reader_a_query(self):
        before = [self.cost(user) for user in (None, make_user())]
        self.decide("hide")
        self.assertEqual([self.cost(user) for user in (None, make_user())], before)

    def cost(self, user):
        client = Client()
        if user:
            client.force_login(user)
        with CaptureQueriesContext(connection) as asked:
            client.get(self.url)
        return len(asked)

    def test_what_is_hidden_by_no_decision_names_none(self):
        set_status(post=self.top, status="hidden")
        self.assertNotIn("Rule", self.said())
        self.assertNotIn("Read why", self.said())


class SlotTests(TestCase):
    def test_no_title_is_taken_for_a_slot_or_for_markup(self):
        for title in ("<!--edited-->", "--><b>", "Höflich bleiben: „nie“ & nimmer", "%(number)s"):
            slot = f"<!--{rule_slot(3, title)}-->"
            self.assertEqual(SLOT.findall(slot), [rule_slot(3, title)])
            self.assertEqual(fill(slot, 7), escape(f"Rule 3. {title}"))

    def test_a_card_rendered_again_says_the_same(self):
        post = make_comment()
        decide(make_case(post), "hide")
        post = Post.objects.select_related("author").get(pk=post.pk)
        self.assertEqual(render_card(post), post.card_html)
        self.assertIn(str(LogEntry.objects.get().number), post.card_html)


class OlderPostTests(TestCase):
    """What was taken down before that was said is told the same."""

    def test_it_is_given_its_moment_and_its_rule(self):
        posts = [make_comment(source="`<!--hidden--></span> <a `") for _ in range(3)]
        for post, outcome in zip(posts, ("hide", "remove", "keep"), strict=True):
            decide(make_case(post), outcome, now=WHEN)
        found = Post.objects.filter(pk__in=[post.pk for post in posts])
        before = dict(found.values_list("pk", "card_html"))
        for post in found.exclude(status="visible"):
            post.card_html = re.sub(" <time.*?</time> <span>.*?</span>", "", post.card_html)
            self.assertNotEqual(post.card_html, before[post.pk])
            post.status_rule = None
            post.save()
        name_rules(apps, None)
        self.assertEqual(dict(found.values_list("pk", "card_html")), before)
        rules = [[2, "Leave the person alone"]] * 2 + [None]
        self.assertEqual(list(found.order_by("pk").values_list("status_rule", flat=True)), rules)

    def test_what_leads_to_no_entry_stays_as_it_is(self):
        post = make_comment()
        set_status(post=post, status="hidden", url="/elsewhere/")
        before = Post.objects.get(pk=post.pk).card_html
        name_rules(apps, None)
        self.assertEqual(Post.objects.get(pk=post.pk).card_html, before)
