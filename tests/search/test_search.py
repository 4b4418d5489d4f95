from datetime import timedelta
from unittest.mock import patch
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from forum.search.index import Found, Match
from forum.search.ranking import PAGE_SIZE
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
)
from tests.search.reading import chosen, next_url, shown, urls, ways


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
        for after in ("x", "-1", "1-", "-", "²-1", "1-" + "9" * 400, ""):
            with self.subTest(after=after):
                self.assertContains(self.search("ox", after=after), "uncle")


class NarrowingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("Oats & Oxen", source="The ox went slowly. Nobody knew why.")
        cls.essay.tags.add("labour")
        cls.author = make_user("mara", display_name="Mara Lindqvist")
        cls.claim = make_claim(cls.essay, author=cls.author, statement="An ox is slow.")
        cls.counterpoint = make_counterpoint(cls.claim, source="The ox ate straw.")
        cls.comment = make_comment(cls.essay, author=cls.author, source="My uncle kept an ox.")

    def get(self, **values):
        return self.client.get(address(**values))

    def test_each_kind_says_how_many_there_are_and_leads_to_them_alone(self):
        page = self.get(q="ox")
        for label, word in (("Essays", "Essay"), ("Claims", "Claim"),
                            ("Counterpoints", "Counterpoint"), ("Posts", "Post")):  # fmt: skip
            with self.subTest(label=label):
                way = ways(page)[label]
                self.assertEqual(way.number, "1")
                self.assertEqual([kind for kind, _ in shown(self.client.get(way.url))], [word])

    def test_each_standing_leads_to_the_claims_that_have_it(self):
        found = ways(self.get(q="ox"))
        self.assertEqual((found["Unanswered"].number, found["Refuted"].number), ("1", "0"))
        page = self.client.get(found["Unanswered"].url)
        self.assertEqual(urls(page), [self.claim.get_absolute_url()])
        self.assertTrue(ways(page)["Unanswered"].is_current)

    def test_what_it_is_narrowed_by_says_no_numbers_of_the_rest(self):
        for values in ({"kind": "comment"}, {"standing": "unanswered"}):
            with self.subTest(values=values):
                self.assertEqual(ways(self.get(q="ox", **values))["Everything"].number, "")

    def test_every_filter_can_be_taken_off_alone(self):
        values = {"q": "ox", "kind": "comment", "author": "mara", "tag": "labour"}
        page = self.get(**values, **{"from": "2020-01-01", "to": "2199-01-01"})
        labels = ["Posts", "By mara", "Tagged labour", "From 1 January 2020", "To 1 January 2199"]
        self.assertEqual([*chosen(page)], labels)
        self.assertContains(page, "1 result.")
        names = ("kind", "author", "tag", "from", "to")
        for url, name in zip(chosen(page).values(), names, strict=True):
            with self.subTest(name=name):
                self.assertNotIn(f"{name}=", url)
                self.assertEqual(url.count("="), 5)

    def test_new_words_keep_what_was_chosen(self):
        page = self.get(q="ox", kind="comment", author="mara", order="newest")
        for field in (
            '<input type="hidden" name="kind" value="comment">',
            '<input type="hidden" name="order" value="newest">',
            'value="mara" maxlength="80" form="search"',
        ):
            with self.subTest(field=field):
                self.assertContains(page, field)

    def test_a_filter_without_words_lists_the_newest(self):
        soon = timezone.now() + timedelta(minutes=1)
        later = make_comment(self.essay, author=self.author, source="And a cow.", now=soon)
        page = self.get(author="mara")
        self.assertEqual(urls(page)[0], later.get_absolute_url())
        self.assertEqual(len(urls(page)), 3)
        self.assertNotContains(page, "Best match")

    def test_a_bad_value_is_explained_by_its_field_and_kept(self):
        page = self.get(q="ox", author="nobody <b>", **{"from": "soon"})
        self.assertContains(page, "Nobody here goes by this name.")
        self.assertContains(page, "A day is written like 2026-03-01.")
        self.assertContains(page, 'value="nobody &lt;b&gt;"')
        self.assertContains(page, 'aria-invalid="true"', count=2)
        self.assertContains(page, "Nothing was looked for yet")
        self.assertEqual(shown(page), [])
        self.assertEqual({way.number for way in ways(page).values()}, {""})

    def test_nothing_found_among_the_chosen_offers_to_leave_that_out(self):
        page = self.get(q="ox", tag="labour", kind="essay", author="mara")
        self.assertContains(page, "Nothing.")
        self.assertEqual(len(chosen(page)), 3)
        self.assertContains(self.get(kind="essay", author="mara"), "Leave out one of the things")

    def test_hidden_posts_are_in_no_number(self):
        posts.set_status(post=self.comment, status=PostStatus.HIDDEN)
        page = self.get(q="ox")
        self.assertContains(page, "3 results.")
        found = ways(page)
        self.assertEqual((found["Posts"].number, found["Everything"].number), ("0", "3"))

    def test_where_not_all_was_looked_at_the_page_says_so(self):
        with patch("forum.search.renewing.find") as find:
            find.return_value = Found(
                [Match(4 << 48 | self.essay.pk, "essay", self.essay.pk, None, 0)], True
            )
            page = self.get(q="ox")
        self.assertContains(page, "only the newest 1 were looked at")
        self.assertEqual(ways(page)["Essays"].number, "1+")

    def test_both_orders_are_offered_and_one_is_current(self):
        for order, current in (("", "Best match"), ("newest", "Newest"), ("oddly", "Best match")):
            with self.subTest(order=order):
                page = self.get(q="ox", order=order)
                self.assertContains(page, f'aria-current="page">{current}</a>')


class OpenSearchTests(TestCase):
    def test_browsers_are_told_how_to_search_here(self):
        answer = self.client.get(reverse("search:opensearch"))
        self.assertEqual(
            answer.headers["Content-Type"],
            "application/opensearchdescription+xml; charset=utf-8",
        )
        namespace = "{http://a9.com/-/spec/opensearch/1.1/}"
        told = ElementTree.fromstring(answer.content)  # noqa: S314 — our own
        url = told.find(f"{namespace}Url")
        self.assertEqual(url.get("template"), "http://testserver/search/?q={searchTerms}")

    def test_every_page_names_it(self):
        page = self.client.get(reverse("home"))
        self.assertContains(page, 'type="application/opensearchdescription+xml"')


class LongListTests(TestCase):
    def test_the_next_page_begins_where_the_last_ended(self):
        essay = make_essay(source="A meadow.")
        author = make_user()
        for number in range(PAGE_SIZE + 3):
            make_comment(essay, author=author, source=f"Yak number{number}.")
        first = self.client.get(address(q="yak"))
        self.assertContains(first, f"{PAGE_SIZE + 3} results.")
        second = self.client.get(next_url(first))
        self.assertContains(second, "Back to the first")
        self.assertEqual(len({*urls(first), *urls(second)}), PAGE_SIZE + 3)
        self.assertEqual(len(urls(second)), 3)
        self.assertEqual(next_url(second), "")

    def test_a_page_costs_as_many_queries_whatever_is_on_it(self):
        for size in (1, 6):
            with self.subTest(size=size):
                for _ in range(size):
                    essay = make_essay(source="A yak. Nobody knew why.")
                    claim = make_claim(essay, statement="The yak is hairy.")
                    make_counterpoint(claim, source="No yak is.")
                    make_comment(essay, source="I like yaks. A yak.")
                # Whether anything has changed, what was touched, essays and claims, posts, how many
                # claims stand how, the texts of essays, those of posts, and four for results.
                with self.assertNumQueries(11):
                    self.client.get(address(q="yak"))

    def test_asked_again_it_looks_only_whether_anything_has_changed_and_reads_what_it_shows(self):
        for size in (1, 4):
            for _ in range(size):
                essay = make_essay(source="A yak. Nobody knew why.")
                claim = make_claim(essay, statement="The yak is hairy.")
                make_counterpoint(claim, source="No yak is.")
            self.client.get(address(q="yak"))
            for order in ("", "newest"):
                with self.subTest(size=size, order=order), self.assertNumQueries(3):
                    self.client.get(address(q="yak", order=order))

    def test_a_narrowed_page_costs_as_many_queries_whatever_is_on_it(self):
        author = make_user("mara")
        for size in (1, 6):
            for _ in range(size):
                essay = make_essay(source="A yak. Nobody knew why.")
                essay.tags.add("beasts")
                claim = make_claim(essay, author=author, statement="The yak is hairy.")
                make_counterpoint(claim, author=author, source="No yak is.")
            asked = address(q="yak", author="mara", tag="beasts", **{"from": "2020-01-01"})
            with self.subTest(size=size), self.assertNumQueries(12):
                self.client.get(asked)

    def test_finding_nothing_costs_a_bounded_number_of_queries(self):
        for query in ("a b c", " ".join("abcdefghijkl")):
            with self.subTest(query=query), self.assertNumQueries(11):
                self.client.get(address(q=query))


FILTERS = ("kind", "standing", "author", "tag", "from", "to", "order", "after")


class HostileAddressTests(PropertyTestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        st.text(max_size=40),
        st.dictionaries(st.sampled_from(FILTERS), st.text(max_size=12), max_size=4),
    )
    def test_nothing_that_can_be_typed_breaks_the_page(self, query, values):
        sent = {name: text.encode("utf-8", "replace") for name, text in values.items()}
        page = self.client.get(address(q=query.encode("utf-8", "replace"), **sent))
        self.assertEqual(page.status_code, 200)

    def test_long_and_strange_queries_are_answered(self):
        make_comment(make_essay(), source="שלום 牛 ox")
        for query in ("שלום", "牛", "\x00", "\u202eox", 'foo"', "NEAR(", "*" * 3_000, "a" * 10_000):
            with self.subTest(query=query[:10]):
                self.assertEqual(self.client.get(address(q=query)).status_code, 200)
