from datetime import UTC, datetime

from django.test import TestCase

from essays.models import Essay
from forum.lib.keyset import Order, PreparedPage, page
from tests.factories import make_essay


def written_by(author):
    return Essay.objects.filter(author_name=author)


class PreparedPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for number in range(7):
            # Two of each moment and of each number: then the id decides.
            make_essay(
                published_at=datetime(2026, 1, 1 + number // 2, tzinfo=UTC),
                open_count=number // 2,
                author_name="Ada" if number else "Bea",
            )

    def test_its_pages_are_those_of_the_query_in_every_order(self):
        for order in (
            Order("published_at", is_falling=True, is_moment=True),
            Order("published_at", is_moment=True),
            Order("open_count", is_falling=True),
            Order("open_count"),
        ):
            prepared = PreparedPage(written_by, order, size=2)
            for author, pages in (("Ada", 3), ("Bea", 1)):
                with self.subTest(order=order, author=author):
                    after, number = "", 0
                    while after or not number:
                        shown, following = prepared(after, author=author)
                        wanted = page(written_by(author), order, size=2, after=after)
                        self.assertEqual((shown, following), wanted)
                        after, number = following, number + 1
                    self.assertEqual(number, pages)

    def test_a_place_that_is_none_is_the_beginning(self):
        prepared = PreparedPage(written_by, Order("open_count"), size=2)
        for after in ("", "x", "9-", "-1"):
            self.assertEqual(prepared(after, author="Ada"), prepared(author="Ada"))
