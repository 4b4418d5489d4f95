"""One post, with what it answers above it and what answers it below."""

from django.test import TestCase
from django.urls import reverse

from forum.posts.reading import PAGE_SIZE
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay


class ContextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.url = reverse("discussion:thread", args=["the-collar"])
        cls.top = make_comment(cls.essay, source="The top.")
        cls.aside = make_comment(parent=cls.top, source="An aside.")
        cls.middle = make_comment(parent=cls.top, source="The middle.")
        cls.post = make_comment(parent=cls.middle, source="The post.")
        cls.answer = make_comment(parent=cls.post, source="The answer.")

    def test_its_address_leads_to_it(self):
        leads = self.client.get(reverse("posts:context", args=[self.post.pk]))
        expected = f"{self.url}?context={self.post.pk}#post-{self.post.pk}"
        self.assertRedirects(leads, expected)

    def test_it_shows_the_line_above_and_all_below_and_nothing_else(self):
        page = self.client.get(f"{self.url}?context={self.post.pk}")
        for words in ("The top.", "The middle.", "The post.", "The answer."):
            self.assertContains(page, words)
        self.assertNotContains(page, "An aside.")
        self.assertContains(page, f'href="?branch={self.top.pk}"')
        self.assertContains(page, 'content="noindex"')

    def test_a_long_one_goes_on_page_by_page(self):
        for _ in range(PAGE_SIZE + 3):
            make_comment(parent=self.post)
        page = self.client.get(f"{self.url}?context={self.post.pk}")
        self.assertContains(page, '<li class="post"', count=PAGE_SIZE + 2)
        self.assertContains(page, f"?context={self.post.pk}&amp;after=")
        self.assertNotContains(page, "An aside.")

    def test_its_cost_does_not_grow(self):
        for size in (1, 20):
            for _ in range(size):
                make_comment(parent=self.post)
            with self.subTest(size=size), self.assertNumQueries(4):
                self.client.get(f"{self.url}?context={self.post.pk}")

    def test_a_counterpoint_has_it_on_its_claims_page(self):
        claim = make_claim(self.essay)
        first = make_counterpoint(claim, source="The first.")
        make_counterpoint(claim, source="Another.")
        answer = make_counterpoint(claim, target=first, source="An answer.")
        leads = self.client.get(reverse("posts:context", args=[answer.pk]), follow=True)
        self.assertContains(leads, "The first.")
        self.assertContains(leads, "An answer.")
        self.assertNotContains(leads, "Another.")

    def test_a_statement_stands_alone_at_the_top_of_its_claim(self):
        claim = make_claim(self.essay)
        leads = self.client.get(reverse("posts:context", args=[claim.opening_id]))
        self.assertRedirects(leads, claim.get_absolute_url())

    def test_a_post_of_another_thread_is_not_found(self):
        other = make_comment(make_essay())
        for asked in (other.pk, "x", "9" * 30, make_claim(self.essay).opening_id):
            with self.subTest(asked=asked):
                self.assertEqual(self.client.get(f"{self.url}?context={asked}").status_code, 404)
