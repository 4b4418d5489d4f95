"""A member's record in numbers: what was decided against them, what was wrong, and warnings."""

from django.test import TestCase
from django.utils import timezone

from forum.moderation.models import Sanction
from forum.moderation.record_counts import RecordCounts, record_counts
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_case


class RecordCountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay, cls.author = make_essay(), make_user("ottoline")

    def decided(self, outcome, **fields):
        return decide(make_case(make_comment(self.essay, author=self.author)), outcome, **fields)

    def counts(self):
        with self.assertNumQueries(1):
            return record_counts(self.author)

    def test_what_takes_nothing_is_not_against_them(self):
        self.decided("keep")
        decide(make_case(make_comment(self.essay)), "hide", sanction="warn")
        self.assertEqual(self.counts(), RecordCounts(against=0, reversed=0, warnings=0))

    def test_what_takes_a_post_down_is_and_so_is_a_note_or_a_sanction(self):
        for outcome, sanction in (
            ("hide", None), ("remove", None), ("amend", None), ("note", None), ("keep", "warn"),
        ):  # fmt: skip
            self.decided(outcome, sanction=sanction)
        self.assertEqual(self.counts(), RecordCounts(against=5, reversed=0, warnings=1))

    def test_what_was_reversed_is_counted_and_what_was_taken_back_is_not(self):
        first = self.decided("hide")
        first.reversed_by = self.decided("keep")
        first.save()
        undone = self.decided("remove")
        undone.undone_at = timezone.now()
        undone.save()
        self.assertEqual(self.counts(), RecordCounts(against=1, reversed=1, warnings=0))

    def test_a_warning_that_was_taken_back_is_on_record_no_more(self):
        self.decided("keep", sanction="warn")
        Sanction.objects.update(lifted_at=timezone.now())
        self.assertEqual(self.counts().warnings, 0)

    def test_what_a_case_itself_came_to_is_not_on_record_before_it(self):
        self.decided("hide")
        decision = self.decided("hide", sanction="warn")
        self.assertEqual(
            record_counts(self.author, before=decision.case),
            RecordCounts(against=1, reversed=0, warnings=0),
        )

    def test_moderators_see_them_beside_a_case_and_on_the_page_of_the_member(self):
        self.decided("hide", sanction="warn")
        self.client.force_login(make_moderator())
        case = make_case(make_comment(self.essay, author=self.author))
        for url in (case.get_absolute_url(), "/moderation/members/ottoline/"):
            page = self.client.get(url)
            self.assertContains(page, "<dt>Decided against them</dt><dd>1</dd>", html=True)
            self.assertContains(page, "<dt>Warnings on record</dt><dd>1</dd>", html=True)
