"""What a claim's page says of itself to other sites: what it asserts, never a rating."""

from forum.counterpoints import actions as counterpoints
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint, make_essay, make_moderator
from tests.forum.test_essay_abroad import HOSTILE, SaidCase


class ClaimAbroadTests(SaidCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", author_name="A. Mercer")
        cls.claim = make_claim(cls.essay, statement="Nobody knew why the horse choked.")
        cls.url = cls.claim.get_absolute_url()

    def test_it_is_a_claim_to_machines(self):
        make_counterpoint(self.claim)
        said = self.said(self.url)
        self.assertEqual(said["@type"], "Claim")
        self.assertEqual(said["text"], "Nobody knew why the horse choked.")
        self.assertEqual(said["creativeWorkStatus"], "Unanswered")
        self.assertEqual(said["commentCount"], 1)
        self.assertEqual(said["url"], f"http://testserver{self.url}")
        appears = said["appearance"]
        self.assertEqual(
            (appears["headline"], appears["author"]["name"], appears["text"]),
            ("The Collar", "A. Mercer", "Nobody knew why."),
        )

    def test_it_says_what_it_is_where_it_is_shared(self):
        metas = self.metas(self.page(self.url))
        self.assertEqual(metas["og:title"], "Nobody knew why the horse choked.")
        self.assertEqual(
            metas["og:description"],
            "Claim 1 of “The Collar” by A. Mercer: unchallenged, no counterpoint yet.",
        )

    def test_hostile_words_stay_words(self):
        claim = make_claim(self.essay, "The horse choked", statement=HOSTILE)
        self.assertNotIn("<script>alert", self.page(claim.get_absolute_url()))
        said = self.said(claim.get_absolute_url())
        self.assertEqual(said["text"].split(), HOSTILE.split())

    def test_every_order_leads_to_one_address_and_further_pages_are_not_looked_for(self):
        top = make_counterpoint(self.claim)
        canonical = f'rel="canonical" href="http://testserver{self.url}"'
        for order in ("best", "newest", "oldest"):
            self.assertIn(canonical, self.page(f"{self.url}?order={order}"))
        page = self.page(f"{self.url}?branch={top.pk}")
        self.assertNotIn("canonical", page)
        self.assertIn('name="robots" content="noindex"', page)

    def test_the_words_of_a_claim_that_was_taken_down_are_not_spread(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.client.force_login(make_moderator())
        page = self.page(self.url)
        self.assertNotIn("ld+json", page)
        self.assertNotIn("og:title", page)
