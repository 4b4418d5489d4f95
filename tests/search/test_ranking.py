from datetime import timedelta

from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from forum.search import index
from forum.search.filters import Filters
from forum.search.index import Match, find
from forum.search.kept import look_for
from forum.search.query import parse
from forum.search.ranking import BEST, NEWEST, PAGE_SIZE, day_of, page_at, start_of
from forum.search.weighing import most_of_post, weigher
from tests.factories import make_claim, make_comment, make_essay

LONG_AGO = timezone.now() - timedelta(days=3_000)


def ranked(words, order=BEST):
    return look_for(None, parse(words), Filters()).page(order, "").matches


def kinds(words, order=BEST):
    return [match.kind for match in ranked(words, order)]


class BestMatchTests(TestCase):
    def test_a_title_comes_before_a_statement_and_both_before_a_body(self):
        essay = make_essay(source="Of nothing. " * 40 + "Nobody knew why.")
        make_comment(essay, source="The yak, the yak, the yak!")
        make_claim(essay, statement="The yak is hairy.")
        make_essay("The Yak")
        self.assertEqual(kinds("yak"), ["essay", "claim", "comment"])

    def test_a_title_comes_before_a_text_that_says_it_often(self):
        often = make_essay("Wool", source="A yak. " * 60)
        titled = make_essay("The Yak", source="Of wool. " * 60)
        self.assertEqual([m.essay_id for m in ranked("yak")], [titled.pk, often.pk])

    def test_of_two_alike_the_newer_comes_first(self):
        essay = make_essay()
        new = make_comment(essay, source="A yak.")
        old = make_comment(essay, source="A yak.", now=LONG_AGO)
        self.assertEqual([m.post_id for m in ranked("yak")], [new.pk, old.pk])

    def test_age_alone_does_not_bury_a_better_match(self):
        essay = make_essay()
        claim = make_claim(essay, statement="A yak.", now=LONG_AGO)
        comment = make_comment(essay, source="A yak.")
        self.assertEqual([m.post_id for m in ranked("yak")], [claim.opening_id, comment.pk])

    def test_what_says_it_more_often_comes_first_among_posts_of_one_day(self):
        essay = make_essay()
        often = make_comment(essay, source="A yak, a yak, and one more yak.")
        once = make_comment(essay, source="A yak.")
        self.assertEqual([m.post_id for m in ranked("yak")], [often.pk, once.pk])

    def test_every_word_counts_that_was_asked_for(self):
        essay = make_essay()
        often = make_comment(essay, source="A yak and a goat. The goat ate, and the yak did not.")
        once = make_comment(essay, source="A yak and a goat. The cow ate, and the ox did not.")
        self.assertEqual([m.post_id for m in ranked("goat yak")], [often.pk, once.pk])


class WeightTests(SimpleTestCase):
    def weight(self, words, text, kind="comment"):
        return weigher(parse(words))(kind, text)

    def test_only_whole_words_count(self):
        once = self.weight("art", "art")
        self.assertEqual(self.weight("art", "art, part, party and artful arts2"), once)
        self.assertGreater(self.weight("art", "art, Part, (art)"), once)

    def test_words_of_a_phrase_count_together_whatever_stands_between_them(self):
        text = "kept no count: kept count; kept\ncount"
        self.assertEqual(self.weight('"kept count"', text), self.weight("ox", "ox ox"))

    def test_what_stands_beyond_what_is_looked_at_counts_once(self):
        self.assertEqual(self.weight("ox", "a cow"), self.weight("ox", "an ox"))

    def test_a_word_in_a_title_counts_more_than_any_number_below_it(self):
        self.assertGreater(
            self.weight("ox", "the ox\nof cows", "essay"),
            self.weight("ox", "the cow\n" + "ox " * 500, "essay"),
        )

    def test_no_number_of_times_counts_for_more_than_is_said(self):
        for words in ("ox", "ox cow", '"ox cow" sheep'):
            with self.subTest(words=words):
                weight = self.weight(words, "ox cow sheep " * 10_000)
                self.assertLess(weight, most_of_post(parse(words)))
                self.assertGreater(weight, most_of_post(parse(words)) * 0.99)

    def test_a_claim_is_weighed_like_a_title(self):
        self.assertEqual(self.weight("ox", None, "claim"), self.weight("ox", "ox\n", "essay"))


class NewestTests(TestCase):
    def test_the_newest_comes_first_whatever_its_kind(self):
        essay = make_essay("The Yak", published_at=LONG_AGO)
        comment = make_comment(essay, source="A yak.", now=LONG_AGO + timedelta(days=1))
        claim = make_claim(essay, statement="A yak.")
        found = [match.post_id for match in ranked("yak", NEWEST)]
        self.assertEqual(found, [claim.opening_id, comment.pk, None])


class CutTests(TestCase):
    def test_only_the_newest_are_weighed_and_the_search_says_so(self):
        essay = make_essay()
        posts = [make_comment(essay, source="A yak.") for _ in range(4)]
        found = find(None, parse("yak"), Filters(kind="comment"), limit=3)
        self.assertEqual([m.post_id for m in found.matches], [p.pk for p in posts[:0:-1]])
        self.assertTrue(found.is_cut)
        self.assertFalse(find(None, parse("yak"), Filters(), limit=500).is_cut)

    def test_many_posts_leave_essays_their_places(self):
        essay = make_essay("The Yak")
        for _ in range(4):
            make_comment(essay, source="A yak.")
        found = find(None, parse("yak"), Filters(), limit=2)
        self.assertIn("essay", [match.kind for match in found.matches])
        self.assertTrue(found.is_cut)

    def test_the_limit_is_what_the_page_says(self):
        self.assertLess(index.LEADING_WEIGHED, index.MOST_WEIGHED)


def some(*positions):
    return [Match(position, "comment", 1, position, 0) for position in positions]


def page_of(ranked, after):
    return page_at(ranked, start_of(ranked, after))


class PageTests(SimpleTestCase):
    def test_pages_follow_one_another_without_gap_or_repetition(self):
        everything = some(*range(PAGE_SIZE * 2 + 3))
        paged, after = [], ""
        while True:
            page = page_of(everything, after)
            paged += page.matches
            after = page.next_after
            if not after:
                break
        self.assertEqual(paged, everything)

    def test_what_came_meanwhile_repeats_nothing(self):
        first = page_of(some(*range(50, 90)), "")
        second = page_of(some(*range(47, 90)), first.next_after)
        self.assertEqual(second.matches[0].position, first.matches[-1].position + 1)

    def test_if_the_last_of_a_page_is_gone_the_next_page_begins_where_it_stood(self):
        everything = some(*range(50))
        first = page_of(everything, "")
        left = [m for m in everything if m != first.matches[-1]]
        self.assertEqual(page_of(left, first.next_after).matches[0].position, PAGE_SIZE + 1)

    def test_what_no_link_of_ours_says_is_the_first_page(self):
        for after in ("x", "-", "1-", "-1", "99999999-1", "²-1"):
            with self.subTest(after=after):
                self.assertEqual(page_of(some(1, 2), after).matches, some(1, 2))

    def test_beyond_the_end_there_is_nothing(self):
        self.assertEqual(page_of(some(1), "40-7").matches, [])
        self.assertEqual(page_of([], "").matches, [])

    def test_a_day_is_one_instant_so_that_its_order_stays(self):
        self.assertEqual(day_of(86_400.0 * 20_000), day_of(86_400.0 * 20_000.9))
        self.assertNotEqual(day_of(86_400.0 * 20_000), day_of(86_400.0 * 20_001))
