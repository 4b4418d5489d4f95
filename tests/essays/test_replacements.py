"""A retired essay's address leads on, as far as the reader may read, and never in a ring."""

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from essays.models import Essay
from essays.replacements import MOST_STEPS, destination_of, leads_to
from tests.factories import make_editor, make_essay

VISITOR = AnonymousUser()


def lead(essay, other):
    """As the database may hold it, whatever the action would say."""
    essay.retired_at, essay.retired_reason, essay.redirects_to = timezone.now(), "Old.", other
    essay.save()
    return essay


def chain(length, *, published=True):
    essays = [make_essay(published=published) for _ in range(length)]
    for essay, following in zip(essays, essays[1:], strict=False):
        lead(essay, following)
    return essays


class DestinationTests(TestCase):
    def test_nowhere_from_an_essay_that_leads_nowhere(self):
        essay = make_essay()
        with self.assertNumQueries(0):
            self.assertIsNone(destination_of(essay, VISITOR))

    def test_to_the_end_of_a_short_chain(self):
        essays = chain(MOST_STEPS + 1)
        self.assertEqual(destination_of(essays[0], VISITOR), essays[-1])

    def test_nowhere_where_the_chain_does_not_end_soon(self):
        essays = chain(MOST_STEPS + 2)
        self.assertIsNone(destination_of(essays[0], VISITOR))
        self.assertEqual(destination_of(essays[1], VISITOR), essays[-1])

    def test_nowhere_where_it_leads_round(self):
        for length in (2, 3, MOST_STEPS, MOST_STEPS + 1, MOST_STEPS + 5):
            with self.subTest(length=length):
                essays = chain(length)
                lead(essays[-1], essays[0])
                for essay in essays:
                    self.assertIsNone(destination_of(essay, VISITOR))

    def test_nowhere_from_before_a_ring(self):
        first, second, third = chain(3)
        lead(third, second)
        self.assertIsNone(destination_of(first, VISITOR))

    def test_as_far_as_the_reader_may_read(self):
        first, second, draft = make_essay(), make_essay(), make_essay(published=False)
        lead(first, second)
        lead(second, draft)
        self.assertEqual(destination_of(first, VISITOR), second)
        self.assertIsNone(destination_of(second, VISITOR))
        self.assertEqual(destination_of(second, make_editor()), draft)

    def test_nowhere_from_an_essay_that_is_not_retired(self):
        essay = make_essay(redirects_to=make_essay(), retired_reason="Soon.")
        self.assertIsNone(destination_of(essay, VISITOR))

    def test_its_queries_are_as_few_as_its_steps(self):
        essays = chain(40)
        lead(essays[-1], essays[0])
        with self.assertNumQueries(MOST_STEPS + 1):
            destination_of(essays[0], VISITOR)


class AnyWayTests(PropertyTestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.integers(0, 6), min_size=7, max_size=7), st.integers(0, 127))
    def test_whoever_follows_arrives_and_stays(self, ways, published):
        essays = [make_essay(published=bool(published >> at & 1)) for at in range(7)]
        for at, to in enumerate(ways):
            # The last leads nowhere; the database itself refuses what leads to itself.
            if to not in {at, 6}:
                lead(essays[at], essays[to])
        for essay in essays:
            end = destination_of(essay, VISITOR)
            if end is not None:
                whole = Essay.objects.get(pk=end.pk)
                self.assertTrue(whole.is_published)
                self.assertIsNone(destination_of(whole, VISITOR))
                self.assertTrue(leads_to(essay, whole))
