from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from forum.lib.verdict import Refused
from forum.moderation import actions
from forum.moderation.models import Case
from forum.posts import actions as posts
from tests.factories import (
    make_comment,
    make_moderator,
)
from tests.moderation.builders import decide, make_case, make_report


class ReportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post = make_comment()

    def test_the_reports_of_a_post_make_one_case_as_grave_as_the_gravest(self):
        for reason in ("no-argument", "hatred", "other"):
            make_report(self.post, reason=reason)
        case = Case.objects.get()
        self.assertEqual((case.post, case.report_count, case.gravity), (self.post, 3, 4))

    def test_after_a_decision_a_report_opens_another_case(self):
        decide(make_case(self.post), "keep")
        case = make_report(self.post).case
        self.assertTrue(case.is_open)
        self.assertEqual(Case.objects.filter(post=self.post).count(), 2)

    def test_a_second_open_case_is_refused_by_the_database(self):
        make_case(self.post)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Case.objects.create(post=self.post, opened_at=timezone.now())

    def test_it_names_the_version_that_was_read(self):
        make_comment(parent=self.post)
        posts.edit(by=self.post.author, post=self.post, source="In other words.")
        self.post.refresh_from_db()
        self.assertEqual(make_report(self.post).version, 2)

    def test_a_moderator_opens_a_case_without_report_or_joins_the_open_one(self):
        moderator = make_moderator()
        case = actions.open_case(moderator=moderator, post=self.post)
        self.assertEqual((case.opened_by, case.report_count), (moderator, 0))
        self.assertEqual(make_report(self.post).case, case)
        self.assertEqual(actions.open_case(moderator=make_moderator(), post=self.post), case)


class ClaimTests(TestCase):
    def test_a_case_is_taken_and_given_back(self):
        moderator, case = make_moderator(), make_case()
        case = actions.claim_case(moderator=moderator, case=case)
        self.assertEqual(case.claimed_by, moderator)
        case = actions.release_case(moderator=moderator, case=case)
        self.assertIsNone(case.claimed_by)
        self.assertIsNone(case.claimed_at)

    def test_the_second_who_takes_it_is_refused(self):
        case = make_case()
        actions.claim_case(moderator=make_moderator(), case=case)
        with self.assertRaisesMessage(Refused, "Another moderator holds this case."):
            actions.claim_case(moderator=make_moderator(), case=case)
