"""After one case, the next: the gravest that this moderator may decide."""

from django.test import TestCase

from forum.moderation import actions
from forum.moderation.next_case import LOOKED_AT, next_case
from tests.factories import make_comment, make_moderator
from tests.moderation.builders import decide, make_case, make_report


class NextCaseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mags, cls.mo = make_moderator("mags"), make_moderator("mo")

    def decided(self):
        case = make_case(make_comment(), held_by=self.mags)
        return decide(case, "keep", moderator=self.mags).case

    def test_the_gravest_of_those_that_nobody_else_holds(self):
        make_report(make_comment(), reason="no-argument")
        grave = make_report(make_comment(), reason="hatred").case
        self.assertEqual(next_case(self.mags), grave)
        actions.claim_case(moderator=self.mo, case=grave)
        self.assertNotIn(next_case(self.mags), (grave, None))
        self.assertEqual(next_case(self.mo), grave)

    def test_not_of_their_own_post_nor_of_what_they_reported(self):
        make_report(make_comment(author=self.mags))
        make_report(make_comment(), reporter=self.mags)
        self.assertIsNone(next_case(self.mags))
        self.assertIsNotNone(next_case(self.mo))

    def test_a_decided_case_leads_there_and_an_open_one_does_not(self):
        case = self.decided()
        self.client.force_login(self.mags)
        self.assertContains(self.client.get(case.get_absolute_url()), "No other case waits for you")
        waiting = make_report(make_comment()).case
        self.assertContains(self.client.get(case.get_absolute_url()), f"On to case {waiting.pk}")
        self.assertNotContains(self.client.get(waiting.get_absolute_url()), "On to case")

    def test_however_many_wait_it_costs_two_queries(self):
        for number in (1, LOOKED_AT + 2):
            for _ in range(number):
                make_report(make_comment())
            with self.subTest(number=number), self.assertNumQueries(2):
                next_case(self.mags)
