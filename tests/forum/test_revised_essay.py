"""What the essay's page says of claims whose words were edited, or are gone."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum.counterpoints import actions as counterpoints
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint, make_essay, make_user
from tests.kept import forget_what_is_kept
from tests.revising import revise, set_place

OLD, NEW = "Nobody knew why.", "Hardly anybody knew why."


class RevisedEssayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="collar")
        cls.claim = make_claim(cls.essay, OLD, statement="It was a riddle.")
        cls.url = reverse("essay", args=["collar"])

    def earlier(self):
        """The section below the essay; empty if there is none."""
        page = self.client.get(self.url).content.decode()
        return page.partition('id="earlier"')[2].partition("</section>")[0]

    def test_an_edited_passage_is_said_to_be_edited_in_the_margin(self):
        self.assertNotContains(self.client.get(self.url), "Passage edited since")
        revise(self.essay, OLD, NEW, claim=self.claim)
        self.assertContains(self.client.get(self.url), "Passage edited since", count=1)
        self.assertEqual(self.earlier(), "")

    def test_in_the_revision_before_it_was_not_edited_yet(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        page = self.client.get(reverse("revision", args=["collar", 1]))
        self.assertNotContains(page, "Passage edited since")

    def test_words_that_are_gone_are_listed_with_who_took_them_out_and_why(self):
        revise(self.essay, OLD, "", tell=False)
        set_place(self.claim, self.essay.current_revision, "", reason="It was <not> so.")
        revise(self.essay, "The lord", "A lord")
        earlier = self.earlier()
        self.assertIn("It was a riddle.", earlier)
        self.assertIn(f"“{OLD}”", earlier)
        self.assertIn('<a href="/essays/collar/revisions/1/2/">revision 2</a>', earlier)
        self.assertIn("It was &lt;not&gt; so.", earlier)
        self.assertIn('href="/essays/collar/r1/#p-1"', earlier)

    def test_so_are_edited_words_as_they_were_last(self):
        revise(self.essay, OLD, NEW, claim=self.claim)
        revise(self.essay, NEW, "", claim=self.claim)
        earlier = self.earlier()
        self.assertIn(f"“{NEW}”", earlier)
        self.assertIn('href="/essays/collar/r2/#p-1"', earlier)
        self.assertIn("/essays/collar/revisions/2/3/", earlier)

    def test_the_revision_it_leads_to_has_the_passage_there(self):
        revise(self.essay, OLD, "", claim=self.claim)
        self.assertContains(self.client.get("/essays/collar/r1/"), 'id="p-1"')

    def test_its_label_is_the_one_that_it_had(self):
        objection = make_counterpoint(self.claim)
        revise(self.essay, OLD, "", claim=self.claim)
        make_counterpoint(self.claim, target=objection)
        self.assertIn("is-unanswered", self.earlier())

    def test_words_that_come_back_are_in_the_text_again(self):
        revise(self.essay, OLD, "", claim=self.claim)
        revise(self.essay, "Everybody", f"{OLD} Everybody", tell=False)
        set_place(self.claim, self.essay.current_revision, OLD)
        self.assertEqual(self.earlier(), "")
        self.assertContains(self.client.get(self.url), 'id="p-1"')

    def test_a_claim_that_was_taken_down_is_not_listed(self):
        revise(self.essay, OLD, "", claim=self.claim)
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assertEqual(self.earlier(), "")

    def test_nothing_of_it_costs_a_query_more(self):
        member = make_user()
        for words in ("It was cheap", "The lord", "Towns grew"):
            make_counterpoint(make_claim(self.essay, words))
        counts = []
        for old, new in ((None, None), (OLD, NEW), (NEW, "")):
            if old:
                revise(self.essay, old, new, claim=self.claim)
            for user in (None, member):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                forget_what_is_kept()
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(self.url)
                counts.append(len(queries))
        self.assertEqual(counts, counts[:2] * 3)

    def test_the_head_leads_to_the_revisions(self):
        self.assertContains(self.client.get(self.url), 'href="/essays/collar/revisions/"')
