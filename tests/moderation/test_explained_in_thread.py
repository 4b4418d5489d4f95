"""Whoever wrote what was taken down reads why, who can act and what comes next where it stood."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.moderation import appeals
from forum.moderation.actions import open_case
from forum.moderation.amending import amend
from forum.moderation.models import Decision
from forum.moderation.undoing import undo
from forum.posts import actions as posts
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
)
from tests.moderation.builders import REASON, decide, make_case

LONG_AGO = timezone.now() - timedelta(days=200)


class ExplainedCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.other = make_user("tobias"), make_user()
        cls.mags = make_moderator("mags")
        cls.essay = make_essay("The Collar")
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def setUp(self):
        self.post = make_comment(self.essay, author=self.author, source="You *plainly* lie.")

    def hidden(self, outcome="hide", **fields):
        decision = decide(make_case(self.post), outcome, moderator=self.mags, **fields)
        return Decision.objects.for_statement().get(pk=decision.pk)

    def read(self, user=None, url=""):
        self.client.force_login(user or self.author)
        return self.client.get(url or self.url)

    def address(self, name, pk=None):
        return reverse(f"moderation:{name}", args=[pk or self.post.pk])

    def amend(self, source="You may be wrong."):
        post = Post.objects.select_related("thread__essay", "author").get(pk=self.post.pk)
        return amend(author=self.author, post=post, source=source)

    def appeal(self, decision):
        return appeals.appeal(
            appellant=self.author, decision=decision, text="It was not rude at all."
        )


class ExplainedTests(ExplainedCase):
    def test_what_is_hidden_until_amended_says_all_of_it_and_leads_on(self):
        decision = self.hidden("amend")
        page = self.read()
        for words in (
            "<em>plainly</em>", "Hidden until amended", "2. Leave the person alone", REASON,
            "<bdi>mags</bdi>", "You, by amending it; another moderator, by your appeal, until",
            "What you amend is read again", self.address("amendment"), "#rule-2",
            self.address("appeal", decision.pk), decision.get_absolute_url(),
        ):  # fmt: skip
            self.assertContains(page, words)

    def test_nobody_else_reads_any_of_it(self):
        self.hidden("amend")
        for reader in (self.other, self.mags):
            page = self.read(reader)
            self.assertNotContains(page, "plainly")
            self.assertNotContains(page, "Who can act")
        self.client.logout()
        self.assertNotContains(self.client.get(self.url), "Who can act")

    def test_what_was_removed_is_appealed_and_not_amended(self):
        decision = self.hidden("remove")
        page = self.read()
        self.assertContains(page, "Removed by a moderator")
        self.assertContains(page, "Another moderator, by your appeal, until")
        self.assertContains(page, self.address("appeal", decision.pk))
        self.assertNotContains(page, self.address("amendment"))

    def test_an_amendment_that_waits_is_said_to_wait_here_and_in_their_standing(self):
        self.hidden("amend")
        self.amend()
        for url in (self.url, reverse("moderation:own-standing")):
            page = self.read(url=url)
            self.assertContains(page, "A moderator reads what you amended")
            self.assertContains(page, "It is shown again, or you are told what is still wrong.")
        self.assertContains(self.read(), "You may be wrong.")
        self.assertContains(self.read(), self.address("amendment"))

    def test_an_appeal_that_waits_is_said_to_wait_and_cannot_be_made_twice(self):
        decision = self.hidden()
        self.appeal(decision)
        page = self.read()
        self.assertContains(page, "Your appeal waits")
        self.assertContains(page, "A moderator other than mags")
        self.assertNotContains(page, self.address("appeal", decision.pk))

    def test_what_was_upheld_on_appeal_is_final_and_leads_to_that_decision(self):
        first = self.hidden("remove")
        made = self.appeal(first)
        second = decide(made.case, "keep", reason="It is rude, and it was a threat.")
        page = self.read()
        self.assertContains(page, "It is rude, and it was a threat.")
        self.assertContains(page, second.get_absolute_url())
        self.assertContains(page, "A moderator who looks at it again")
        self.assertNotContains(page, "/appeal/")

    def test_after_six_months_it_is_amended_and_no_longer_appealed(self):
        decision = self.hidden(now=LONG_AGO)
        page = self.read()
        self.assertContains(page, "<dd>You, by amending it</dd>")
        self.assertNotContains(page, self.address("appeal", decision.pk))

    def test_a_reply_that_went_with_its_branch_says_so_to_its_own_author(self):
        reply = make_comment(parent=self.post, author=self.other, source="And so do you.")
        decision = self.hidden("branch")
        page = self.read(self.other)
        self.assertContains(page, "Hidden by a moderator, with its branch")
        self.assertContains(page, "And so do you.")
        self.assertContains(page, self.address("appeal", decision.pk))
        self.assertContains(page, self.address("amendment", reply.pk))
        self.assertNotContains(page, "plainly")

    def test_what_nobody_decided_says_where_to_ask(self):
        posts.set_status(post=self.post, status="hidden")
        page = self.read()
        self.assertContains(page, "Write to the moderators if you do not know why.")
        self.assertNotContains(page, "Decided by")

    def test_what_is_shown_again_needs_no_words(self):
        self.hidden()
        decide(open_case(moderator=self.mags, post=self.post), "restore", moderator=self.mags)
        self.assertNotContains(self.read(), "Who can act")

    def test_in_the_debate_of_a_claim_and_of_its_statement_as_well(self):
        claim = make_claim(self.essay, author=self.author, statement="Vile people plough.")
        self.post = make_counterpoint(claim, author=self.author, source="You *plainly* lie.").post
        self.hidden("amend")
        url = claim.get_absolute_url()
        self.assertContains(self.read(url=url), self.address("amendment"))
        self.assertNotContains(self.read(self.other, url=url), "Who can act")
        self.post = claim.opening
        self.hidden("amend")
        self.assertContains(self.read(url=url), self.address("amendment"))

    def test_a_page_costs_the_same_however_much_of_theirs_was_taken_down(self):
        self.hidden()
        self.read()
        with CaptureQueriesContext(connection) as spent:
            self.client.get(self.url)
        for _ in range(9):
            self.post = make_comment(self.essay, author=self.author)
            self.hidden()
        with self.assertNumQueries(len(spent)):
            self.client.get(self.url)


@override_settings(UNDO_MINUTES=10)
class NotYetToldTests(ExplainedCase):
    def test_until_it_is_told_its_author_reads_when_and_is_led_nowhere(self):
        decision = self.hidden("amend")
        page = self.read()
        self.assertContains(page, "mags, who decided it and may still take it back")
        self.assertContains(page, "you are told of it, and can appeal.")
        self.assertNotContains(page, self.address("appeal", decision.pk))
        self.assertNotContains(page, decision.get_absolute_url())

    def test_once_taken_back_it_was_nothing(self):
        undo(moderator=self.mags, decision=self.hidden())
        self.assertNotContains(self.read(), "Who can act")


class SilencedTests(ExplainedCase):
    """Nobody is asked to make good what they are kept from making good."""

    def test_who_is_silenced_or_suspended_amends_what_was_hidden(self):
        found = [make_comment(self.essay, author=self.author, source="You lie.") for _ in "ab"]
        for kind, self.post in zip(("silence", "suspend"), found, strict=True):
            with self.subTest(kind):
                until = timezone.now() + timedelta(days=7)
                self.hidden("amend", sanction=kind, until=until)
                self.author.refresh_from_db()
                self.assertContains(self.read(), self.address("amendment"))
                url = self.address("amendment")
                form = self.client.get(url).context["writing"].form
                sent = {"source": "You may err.", "form_key": str(form["form_key"].value())}
                self.assertEqual(self.client.post(url, sent).status_code, 302)
                self.post.refresh_from_db()
                self.assertEqual((self.post.source, self.post.status), ("You may err.", "hidden"))

    def test_who_is_banned_does_not(self):
        self.hidden("amend", sanction="ban")
        self.author.refresh_from_db()
        page = self.read()
        self.assertNotContains(page, self.address("amendment"))
        self.assertContains(page, "Another moderator, by your appeal, until")
        answer = self.client.post(self.address("amendment"), {"source": "You may err."})
        self.assertNotEqual(answer.status_code, 302)
        self.post.refresh_from_db()
        self.assertEqual(self.post.source, "You *plainly* lie.")
