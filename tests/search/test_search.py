from urllib.parse import urlencode

from django.test import TestCase
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from forum.search.results import PAGE_SIZE
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)


def address(**values):
    return f"{reverse('search:search')}?{urlencode(values)}"


class SearchPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("Oats & Oxen", source="The ox went slowly.\n\nThen it stood.")
        cls.essay.tags.add("labour")
        cls.author = make_user(display_name="Mara Lindqvist")
        cls.claim = make_claim(
            make_essay("The Collar"), author=cls.author, statement="An ox is slower than a horse."
        )
        cls.counterpoint = make_counterpoint(
            cls.claim, "undercuts", source="Speed is not all. The ox ate straw."
        )
        cls.comment = make_comment(cls.essay, source="My <i>uncle</i> kept an ox & a cow.")

    def search(self, query, **values):
        return self.client.get(address(q=query, **values))

    def test_a_stranger_may_search(self):
        self.assertEqual(self.search("ox").status_code, 200)

    def test_a_search_is_asked_for_and_never_posted(self):
        self.assertEqual(self.client.post(reverse("search:search")).status_code, 405)

    def test_each_kind_says_what_it_is_and_links_to_its_place(self):
        page = self.search("ox")
        for words in (
            "<span>Essay</span>", "<span>Claim</span>", "<span>Counterpoint</span>",
            "<span>Post</span>", "The <mark>ox</mark> went slowly.", "Oats &amp; Oxen",
            f'href="{self.essay.get_absolute_url()}"', f'href="{self.claim.get_absolute_url()}"',
            f'href="{self.counterpoint.get_absolute_url()}"',
            f'href="{self.comment.get_absolute_url()}"',
            "An <mark>ox</mark> is slower than a horse.", "Mara Lindqvist", "Unanswered",
            "Undercuts", "Speed is not all.", "The <mark>ox</mark> ate straw.",
            "<span>4 results.</span>",
        ):  # fmt: skip
            with self.subTest(words=words):
                self.assertContains(page, words)

    def test_a_counterpoint_is_headed_by_its_first_sentence_and_does_not_repeat_it(self):
        page = self.search("speed")
        self.assertContains(page, "<mark>Speed</mark> is not all.", count=1)
        self.assertContains(page, "The ox ate straw.", count=1)

    def test_a_title_that_was_found_is_marked(self):
        self.assertContains(self.search("oxen"), "Oats &amp; <mark>Oxen</mark>")

    def test_the_query_stands_in_the_field_escaped(self):
        page = self.search('"><script>alert(1)</script>')
        self.assertContains(page, 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
        self.assertNotContains(page, "<script>alert")

    def test_hidden_words_are_not_shown(self):
        posts.set_status(post=self.comment, status=PostStatus.HIDDEN)
        self.assertNotContains(self.search("ox"), "uncle")
        self.assertContains(self.search("uncle"), "Nothing.")

    def test_a_search_for_nothing_says_how_to_search_and_offers_tags(self):
        page = self.client.get(reverse("search:search"))
        self.assertContains(page, "quotation marks")
        self.assertContains(page, reverse("tag", args=["labour"]))

    def test_nothing_found_names_the_words_and_those_that_would_do_alone(self):
        page = self.search("ox hippopotamus")
        self.assertContains(page, "both <q><bdi>ox</bdi></q> and <q><bdi>hippopotamus</bdi></q>")
        self.assertContains(page, f'<a href="{address(q="ox")}"><bdi>ox</bdi></a> alone')
        self.assertNotContains(page, address(q="hippopotamus"))

    def test_only_words_to_leave_out_are_asked_for_one_to_look_for(self):
        self.assertContains(self.search("-ox"), "Which word?")

    def test_a_long_query_says_that_it_was_cut(self):
        self.assertContains(self.search("ox " * 900), "only its first twelve words")

    def test_every_page_has_one_first_heading(self):
        for query in ("", "ox", "hippopotamus", "***"):
            with self.subTest(query=query):
                self.assertContains(self.search(query), "<h1", count=1)

    def test_what_is_no_position_is_the_first_page(self):
        for after in ("x", "-1", "9" * 400, "²", ""):
            with self.subTest(after=after):
                self.assertContains(self.search("ox", after=after), "uncle")


class LongListTests(TestCase):
    def test_the_next_page_begins_where_the_last_ended(self):
        essay = make_essay(source="A meadow.")
        author = make_user()
        for number in range(PAGE_SIZE + 3):
            make_comment(essay, author=author, source=f"Yak number{number}.")
        first = self.client.get(address(q="yak"))
        self.assertContains(first, f"More than {PAGE_SIZE} results.")
        second = self.client.get(first.context["next_url"])
        self.assertContains(second, "Back to the first")
        shown = [r.snippet_html for page in (first, second) for r in page.context["page"].results]
        self.assertEqual(len(set(shown)), PAGE_SIZE + 3)
        self.assertEqual(second.context["next_url"], "")

    def test_a_page_costs_as_many_queries_whatever_is_on_it(self):
        for size in (1, 6):
            with self.subTest(size=size):
                for _ in range(size):
                    essay = make_essay(source="A yak. Nobody knew why.")
                    claim = make_claim(essay, statement="The yak is hairy.")
                    make_counterpoint(claim, source="No yak is.")
                    make_comment(essay, source="I like yaks. A yak.")
                with self.assertNumQueries(4):
                    self.client.get(address(q="yak"))

    def test_finding_nothing_costs_a_bounded_number_of_queries(self):
        for query in ("a b c", " ".join("abcdefghijkl")):
            with self.subTest(query=query), self.assertNumQueries(5):
                self.client.get(address(q=query))


class HostileAddressTests(PropertyTestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.text(max_size=40), st.text(max_size=8))
    def test_nothing_that_can_be_typed_breaks_the_page(self, query, after):
        query, after = (text.encode("utf-8", "replace") for text in (query, after))
        page = self.client.get(address(q=query, after=after))
        self.assertEqual(page.status_code, 200)

    def test_long_and_strange_queries_are_answered(self):
        make_comment(make_essay(), source="שלום 牛 ox")
        for query in ("שלום", "牛", "\x00", "\u202eox", 'foo"', "NEAR(", "*" * 3_000, "a" * 10_000):
            with self.subTest(query=query[:10]):
                self.assertEqual(self.client.get(address(q=query)).status_code, 200)
