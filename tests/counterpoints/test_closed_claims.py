"""Where the claims of an essay are closed or slowed down, every page of them says so."""

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essays import openness
from essays.models import Essay
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.kept import forget_what_is_kept

REASON = "The editors read it <again>."
SHOWN = "The editors read it &lt;again&gt;."
TYPED = "Words that took an hour to write."


class ClaimsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist, cls.editor, cls.member = make_user("septimus"), make_editor(), make_user()
        cls.essay = make_essay("The Collar", author=cls.essayist)
        cls.claim = make_claim(cls.essay)
        cls.counterpoint = make_counterpoint(cls.claim)
        cls.answer_url = reverse("counterpoints:answer-claim", args=[cls.claim.pk])
        cls.back_url = reverse("counterpoints:answer", args=[cls.counterpoint.pk])
        cls.choose_url = reverse("counterpoints:choose", args=[cls.essay.slug, 1])
        cls.pages = [
            cls.essay.get_absolute_url(),
            cls.claim.get_absolute_url(),
            reverse("counterpoints:claims", args=[cls.essay.slug]),
            reverse("counterpoints:map", args=[cls.essay.slug]),
        ]

    def set(self, claims="open", reason=REASON):
        openness.set_openness(
            by=self.editor, essay=Essay.objects.get(pk=self.essay.pk), discussion="open",
            claims=claims, reason=reason, slow_minutes=9,
        )  # fmt: skip

    def as_(self, user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    def page(self, user, url):
        return self.as_(user).get(url).content.decode()

    def send(self, user, url, **said):
        said = {"relation": "supports", "source": TYPED, "restatement": ""} | said
        return self.as_(user).post(url, sent(**said))

    def mark(self, user):
        return self.send(user, self.choose_url, s="1", statement="So it was.", revision="1")

    def everybody(self):
        return (None, self.member, make_moderator(), self.editor, self.essayist)


class ClosedTests(ClaimsCase):
    def test_every_reader_of_every_page_is_told_at_once_and_why(self):
        for user in self.everybody():
            for url in self.pages:
                self.assertNotIn("The claims are closed", self.page(user, url))
        self.set("closed")
        for user in self.everybody():
            for url in self.pages:
                page = self.page(user, url)
                with self.subTest(user=user, url=url):
                    self.assertIn("The claims are closed: nothing is added but votes", page)
                    self.assertIn(f'<p dir="auto">{SHOWN}</p>', page)
        self.set("open")
        for user in self.everybody():
            for url in self.pages:
                self.assertNotIn("The claims are closed", self.page(user, url))

    def test_nobody_is_asked_to_answer_who_may_not(self):
        url = self.claim.get_absolute_url()
        offers = {None: "Log in to answer this claim", self.member: "Post the counterpoint"}
        for user, offer in offers.items():
            self.assertIn(offer, self.page(user, url))
            self.assertIn(f'href="{self.back_url}"', self.page(user, url))
        self.set("closed")
        for user, offer in offers.items():
            page = self.page(user, url)
            self.assertNotIn(offer, page)
            self.assertNotIn(f'href="{self.back_url}"', page)
            self.assertIn("You cannot answer this claim now", page)
            self.assertIn("Votes still count.", page)
            self.assertIn("You cannot mark a claim now", self.page(user, self.choose_url))
            self.assertNotIn("Log in to challenge", self.page(user, self.choose_url))

    def test_what_was_typed_before_they_were_closed_is_shown_again(self):
        self.set("closed")
        before = Post.objects.count()
        for response in (
            self.send(self.member, self.answer_url),
            self.send(self.member, self.back_url),
            self.mark(self.member),
        ):
            self.assertContains(response, TYPED, status_code=403)
            self.assertContains(response, f"“{SHOWN}”", status_code=403)
        self.assertEqual(Post.objects.count(), before)

    def test_an_editor_answers_as_the_author_or_not_at_all(self):
        self.set("closed")
        for url in (self.claim.get_absolute_url(), self.answer_url, self.back_url):
            self.assertIn("Speak as the essay’s author", self.page(self.editor, url))
        for url in (self.answer_url, self.back_url):
            refused = self.send(self.editor, url)
            self.assertContains(refused, TYPED, status_code=403)
            self.assertContains(refused, f"“{SHOWN}”", status_code=403)
            self.assertEqual(self.send(self.editor, url, as_author="on").status_code, 302)

    def test_a_member_does_not_get_in_by_saying_that_they_speak_for_it(self):
        self.set("closed")
        for url in (self.answer_url, self.back_url):
            self.assertEqual(self.send(self.member, url, as_author="on").status_code, 403)

    def test_the_essayist_answers(self):
        self.set("closed")
        for url in (self.answer_url, self.back_url):
            self.assertIn("<textarea", self.page(self.essayist, url))
            self.assertEqual(self.send(self.essayist, url).status_code, 302)

    def test_editors_and_the_essayist_mark(self):
        self.set("closed")
        for user in (self.editor, self.essayist):
            self.assertIn("What does it assert?", self.page(user, self.choose_url))
        for number in (2, 3):
            url = reverse("counterpoints:choose", args=[self.essay.slug, number])
            user = (self.editor, self.essayist)[number - 2]
            said = {"s": "1", "statement": "So it was.", "revision": "1", "only": "yes"}
            response = self.send(user, url, **said)
            self.assertEqual(response.status_code, 302)

    def test_votes_go_on(self):
        self.set("closed")
        page = self.page(self.member, self.claim.get_absolute_url())
        self.assertIn(f'formaction="/counterpoints/{self.counterpoint.pk}/vote/"', page)
        url = f"/counterpoints/{self.counterpoint.pk}/vote/"
        self.assertEqual(self.as_(self.member).post(url, sent(v="up")).status_code, 302)

    def test_telling_costs_no_query(self):
        readers = [(user, url) for user in (None, self.member) for url in self.pages]
        open_ones = [self.queries(*reader) for reader in readers]
        self.set("closed")
        # Where nothing can be added, no draft is looked for.
        for reader, before in zip(readers, open_ones, strict=True):
            self.assertLessEqual(self.queries(*reader), before)

    def queries(self, user, url):
        client = self.as_(user)
        forget_what_is_kept()
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)


class SlowTests(ClaimsCase):
    def test_every_reader_of_every_page_is_told(self):
        self.set("slow")
        for user in self.everybody():
            for url in self.pages:
                page = self.page(user, url)
                self.assertIn("The claims are slowed down: nine minutes between two posts", page)
                self.assertIn(f'<p dir="auto">{SHOWN}</p>', page)

    def test_who_has_to_wait_is_told_until_when_and_keeps_what_was_typed(self):
        self.set("slow")
        self.assertEqual(self.send(self.member, self.answer_url).status_code, 302)
        for url in (self.claim.get_absolute_url(), self.answer_url, self.choose_url):
            page = self.page(self.member, url)
            self.assertIn("You can write here again from", page)
            self.assertNotIn("You can write here again from", self.page(make_user(), url))
        for response in (self.send(self.member, self.back_url), self.mark(self.member)):
            self.assertContains(response, "You can write here again from", status_code=403)
            self.assertContains(response, TYPED, status_code=403)
        self.assertNotIn("You can write", self.page(None, self.claim.get_absolute_url()))
