"""A page of what was found is the same whether or not the posts after it have been weighed."""

from random import Random
from unittest.mock import patch

from django.test import SimpleTestCase

from forum.search import ordering
from forum.search.index import ABOVE_CLAIMS, ABOVE_POSTS, Found, Match
from forum.search.ordering import Ordering
from forum.search.query import parse
from forum.search.ranking import BEST, PAGE_SIZE, YEAR, best_first, day_of
from forum.search.weighing import weigher

NOW = 20_000 * 86_400.0
BEGINNINGS = {"essay": ABOVE_CLAIMS, "claim": ABOVE_POSTS, "comment": 0}


def some(kind, number, random):
    beginning = BEGINNINGS[kind]
    return [
        Match(beginning + place, kind, place, place, int(NOW - random.random() * 5 * YEAR))
        for place in range(number, 0, -1)
    ]


class OrderingTests(SimpleTestCase):
    """Of texts that say the word now more, now less often."""

    def setUp(self):
        self.query, self.random = parse("ox"), Random(1)
        self.enterContext(patch("time.time", return_value=NOW))
        self.weighed = set()
        self.enterContext(patch.object(ordering, "weigh", self.weigh))
        self.texts = {}

    def weigh(self, query, matches):
        self.weighed |= {match.kind for match in matches}
        weight = weigher(query)
        return {one.position: weight(one.kind, self.texts[one.position]) for one in matches}

    def found(self, **numbers):
        matches = [
            match for kind, number in numbers.items() for match in some(kind, number, self.random)
        ]
        # The first line is a title where it is an essay's.
        self.texts = {
            one.position: self.random.choice(("the ox\n", "a cow\n"))
            + "ox " * self.random.randint(1, 9)
            for one in matches
        }
        return Found(matches)

    def pages(self, order):
        after, pages = "", []
        while True:
            page = order.page(BEST, after)
            pages.append(page.matches)
            after = page.next_after
            if not after:
                return pages

    def test_the_pages_say_what_all_of_it_in_order_says(self):
        for essays, claims, posts in (
            (30, 10, 50), (15, 1, 70), (0, 0, 45), (70, 0, 3), (9, 40, 0), (25, 0, 25), (0, 0, 0),
        ):  # fmt: skip
            found = self.found(essay=essays, claim=claims, comment=posts)
            with self.subTest(essays=essays, claims=claims, posts=posts):
                expected = best_first(
                    found.matches, self.weigh(self.query, found.matches), day_of(NOW)
                )
                pages = self.pages(Ordering(self.query, found))
                self.assertEqual([match for page in pages for match in page], expected)

    def test_no_post_is_weighed_for_a_page_that_it_cannot_be_on(self):
        order = Ordering(self.query, self.found(claim=PAGE_SIZE, comment=30))
        first = order.page(BEST, "")
        self.assertEqual(self.weighed, {"claim"})
        second = order.page(BEST, first.next_after)
        self.assertEqual(self.weighed, {"claim", "comment"})
        self.assertEqual({match.kind for match in second.matches}, {"comment"})

    def test_a_post_may_come_before_an_old_essay_that_says_it_once(self):
        found = self.found(essay=PAGE_SIZE, comment=1)
        old = int(NOW - 5 * YEAR)
        found = Found([*(one._replace(at=old) for one in found.matches[:-1]), found.matches[-1]])
        self.texts = {one.position: "a cow\nox" for one in found.matches}
        self.texts[found.matches[-1].position] = "ox " * 50
        found.matches[-1] = found.matches[-1]._replace(at=int(NOW))
        page = Ordering(self.query, found).page(BEST, "")
        self.assertEqual(page.matches[0].kind, "comment")

    def test_whoever_comes_from_a_page_of_posts_goes_on_behind_it(self):
        found = self.found(claim=PAGE_SIZE, comment=50)
        first, second, third, _ = self.pages(Ordering(self.query, found))
        after = f"{PAGE_SIZE * 2}-{second[-1].position}"
        self.assertEqual(Ordering(self.query, found).page(BEST, after).matches, third)

    def test_what_was_weighed_is_weighed_again_only_if_it_was_touched(self):
        found = self.found(claim=3, comment=30)
        order = Ordering(self.query, found)
        order.page(BEST, "")
        worst = order.page(BEST, "").matches[-1]
        self.texts[worst.position] = "ox " * 500
        self.assertEqual(order.of(found, ()).page(BEST, ""), order.page(BEST, ""))
        again = order.of(found, {worst.position}).page(BEST, "")
        self.assertNotEqual(again, order.page(BEST, ""))
