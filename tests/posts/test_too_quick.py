"""What a newcomer writes faster than a person can is held for review, by a rule that is stated."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import TestCase
from django.urls import reverse

from forum.accounts.models import MEMBER
from forum.counterpoints.models import Claim
from forum.moderation import fairness
from forum.moderation.models import Case
from forum.posts.models import Draft, Post, PostStatus
from tests.factories import (
    make_claim,
    make_comment,
    make_essay,
    make_newcomer,
    make_user,
    sent,
)
from tests.moderation.builders import decide
from tests.ruling import switch

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
SAID = "The horse choked, and nobody asked it."


class QuickTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.robin = make_newcomer("robin")
        cls.essay = make_essay()
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])
        cls.remark = make_comment(cls.essay)

    def setUp(self):
        self.rule = switch(self, "too-quick", threshold=3)
        self.client.force_login(self.robin)

    def begun(self, url="", at=NOW):
        """What a form says of itself that is opened there, then."""
        with time_machine.travel(at, tick=False):
            page = self.client.get(url or self.url).content.decode()
        return page.split('name="begun" value="')[1].split('"')[0]

    def send(self, after=1, url="", **fields):
        with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
            return self.client.post(url or self.url, sent(**{"source": SAID, **fields}))

    def status(self):
        return Post.objects.latest("pk").status


class HeldTests(QuickTests):
    def test_a_post_that_nobody_can_have_typed_waits_with_its_rule(self):
        self.assertEqual(self.send(begun=self.begun()).status_code, 302)
        self.assertEqual(self.status(), PostStatus.HELD)
        self.assertContains(self.client.get(self.url), self.rule.words)
        self.assertContains(self.client.get(self.url), SAID)
        self.assertEqual(Case.objects.get().held_by_rule, self.rule.words)

    def test_whoever_takes_their_time_is_not_held(self):
        for url in (self.url, reverse("discussion:reply", args=[self.remark.pk])):
            with self.subTest(url=url):
                self.send(after=4, url=url, begun=self.begun(url))
                self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_a_form_that_does_not_tell_when_it_was_made_counts_as_quick(self):
        for begun in ("", "1:forged", "x" * 400):
            with self.subTest(begun=begun):
                self.send(after=60, begun=begun)
                self.assertEqual(self.status(), PostStatus.HELD)

    def test_a_form_that_was_open_for_days_is_taken(self):
        self.send(after=9 * 24 * 3600, begun=self.begun())
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_a_claim_is_held_with_what_is_posted_with_it(self):
        url = reverse("counterpoints:choose", args=[self.essay.slug, 1])
        given = {
            "revision": "1", "s": "2", "statement": "Nobody knew why it choked.",
            "relation": "supports", "restatement": "", "source": SAID,
        }  # fmt: skip
        self.send(url=url, begun=self.begun(f"{url}?s=2"), **given)
        claim = Claim.objects.get()
        posts = Post.objects.filter(thread=claim.thread)
        self.assertEqual({post.status for post in posts}, {PostStatus.HELD})
        self.assertEqual(len(posts), 2)

    def test_so_is_an_answer_to_one(self):
        claim = make_claim(self.essay)
        url = reverse("counterpoints:answer-claim", args=[claim.pk])
        for after, status in ((1, PostStatus.HELD), (4, PostStatus.VISIBLE)):
            begun = self.begun(claim.get_absolute_url())
            self.send(after=after, url=url, relation="supports", begun=begun)
            self.assertEqual(self.status(), status)

    def test_one_that_is_let_through_counts_as_held_for_nothing(self):
        self.send(begun=self.begun())
        decide(Case.objects.get(), "restore")
        self.assertEqual(self.status(), PostStatus.VISIBLE)
        found = fairness.figures()
        self.assertEqual((found.held, found.held_falsely), (1, 1))


class NotHeldTests(QuickTests):
    def test_whoever_is_known_writes_as_fast_as_they_like(self):
        self.client.force_login(make_user(trust_level=MEMBER))
        self.send(begun=self.begun())
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_nobody_is_where_the_rule_is_off(self):
        switch(self, "too-quick", on=False)
        self.send()
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_a_slip_is_mended_in_a_moment(self):
        post = make_comment(self.essay, author=self.robin)
        url = reverse("posts:edit", args=[post.pk])
        self.send(url=url, source="It was straw.", begun=self.begun(url))
        self.assertEqual(Post.objects.get(pk=post.pk).source, "It was straw.")

    def test_the_time_before_a_preview_counts(self):
        shown = self.send(after=1, preview="yes", begun=(begun := self.begun()))
        self.assertContains(shown, f'name="begun" value="{begun}"')
        self.send(after=4, begun=begun)
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_so_does_the_time_before_a_draft_was_taken_up_again(self):
        self.send(keep="yes", begun=self.begun())
        draft = Draft.objects.get()
        begun = self.begun(draft.get_absolute_url(), at=NOW + timedelta(hours=1))
        self.send(after=3600, begun=begun, draft=draft.reference)
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_each_reader_of_a_page_that_is_kept_gets_the_time_of_their_own(self):
        first = self.begun()
        self.client.force_login(make_newcomer("wren"))
        second = self.begun(at=NOW + timedelta(seconds=30))
        self.assertNotEqual(first, second)
        self.send(after=31, begun=second)
        self.assertEqual(self.status(), PostStatus.HELD)


class UnseenBoxTests(QuickTests):
    def test_it_is_on_the_form_and_nobody_sees_it(self):
        page = self.client.get(self.url).content.decode()
        self.assertRegex(page, r'<input type="text" name="website"[^>]* hidden')

    def test_a_newcomer_who_fills_it_is_told_so_and_loses_nothing(self):
        refused = self.send(after=9, begun=(begun := self.begun()), website="https://spam.example")
        self.assertContains(refused, "hidden box has to stay empty", status_code=403)
        self.assertContains(refused, SAID, status_code=403)
        self.assertNotContains(refused, "spam.example", status_code=403)
        self.assertEqual(self.send(after=9, begun=begun, website="").status_code, 302)
        self.assertEqual(self.status(), PostStatus.VISIBLE)

    def test_it_is_not_kept_with_a_draft(self):
        self.send(keep="yes", website="https://spam.example", begun=self.begun())
        self.assertNotIn("website", Draft.objects.get().fields)

    def test_a_member_s_browser_may_fill_what_it_likes(self):
        self.client.force_login(make_user())
        self.send(website="https://mine.example")
        self.assertEqual(self.status(), PostStatus.VISIBLE)
