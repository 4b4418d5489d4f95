"""A counterpoint is found by whoever may open the page of its claim, and by nobody else."""

import time
from uuid import uuid4

from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from forum.counterpoints import actions
from forum.counterpoints.choosing import Paragraph, Quotation, Unchosen
from forum.posts.models import Vote
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_counterpoint, make_essay, make_user

BEYOND_64_BITS = 2**63


class DraftDoorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.author = make_user()
        cls.counterpoint = make_counterpoint(cls.claim, author=cls.author)

    def send(self, name, who, pk=None):
        self.client.force_login(who)
        sent = {
            "form_key": uuid4(), "v": "up", "relation": "supports", "source": "So it is.",
        }  # fmt: skip
        return self.client.post(
            reverse(f"counterpoints:{name}", args=[pk or self.counterpoint.pk]), sent
        )

    def assert_no_door(self):
        for name, who in (
            ("vote", make_user()), ("answer", make_user()), ("withdrawal", self.author),
        ):  # fmt: skip
            with self.subTest(door=name):
                self.assertEqual(self.send(name, who).status_code, 404)
        self.assertFalse(Vote.objects.exists())

    def test_nobody_votes_answers_or_withdraws_under_a_draft(self):
        self.essay.published_at = None
        self.essay.save()
        self.assert_no_door()

    def test_nobody_votes_answers_or_withdraws_under_a_claim_that_was_taken_down(self):
        actions.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.assert_no_door()

    def test_numbers_that_no_row_has_are_not_found(self):
        self.client.force_login(self.author)
        for kind in ("claims", "counterpoints"):
            for rest in ("", "answer/", "vote/", "withdrawal/"):
                for number in (BEYOND_64_BITS, 10**400, 10**18 - 1):
                    for send in (self.client.get, self.client.post):
                        with self.subTest(kind=kind, rest=rest):
                            found = send(f"/{kind}/{number}/{rest}").status_code
                            self.assertIn(found, {404, 405})


class CostlyChoiceTests(SimpleTestCase):
    def test_a_book_sent_along_with_one_letter_costs_little(self):
        paragraph = Paragraph(1, 0, "e " * 900, [[0, 1800]])
        start = time.process_time()
        with self.assertRaises(Unchosen):
            paragraph.of_quotation(Quotation("e", "a " * 1_200_000, "a " * 1_200_000))
        self.assertLess(time.process_time() - start, 0.5)
