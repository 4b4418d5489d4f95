from django.test import TestCase

from forum.counterpoints.neighbours import strip_of
from tests.factories import make_claim, make_counterpoint, make_essay


class StripTests(TestCase):
    def test_all_neighbours_are_in_it_and_the_signs_are_those_of_the_claim_itself(self):
        essay = make_essay()
        claims = [make_claim(essay, words) for words in ("Nobody knew why.", "It was cheap")]
        for claim, relations in zip(claims, (("rebuts", "supports"), ("undercuts",)), strict=True):
            made = {make_counterpoint(claim, relation).pk for relation in relations}
            with self.assertNumQueries(1):
                strip, signs = strip_of(claim)
            self.assertEqual({sign.id for sign in signs}, made)
            self.assertEqual([one.pk for one in strip], [claim.pk for claim in claims])
