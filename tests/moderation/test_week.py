"""The queue's head says what a week brought, and what waits longest."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.moderation.models import Case, Decision
from forum.moderation.undoing import undo
from forum.moderation.week import week
from tests.factories import make_comment, make_moderator
from tests.moderation.builders import decide, make_case


class WeekTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.reader = make_moderator("mags")

    def opened(self, **ago):
        case = make_case()
        Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(**ago))
        return case

    def test_a_quiet_week_says_so(self):
        said = week(self.reader)
        self.assertEqual(str(said), "Cases of the last seven days: 0 opened, none decided.")
        self.assertIsNone(said.longest)

    def test_what_is_older_than_a_week_is_not_of_it(self):
        self.opened(days=8)
        old = decide(self.opened(days=20))
        Decision.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
        for hours in (2, 4, 90):
            decide(self.opened(hours=hours))
        said = week(self.reader)
        self.assertEqual((said.opened, said.decided), (3, 3))
        self.assertIn("3 opened, 3 decided, half of them within 4.0 h.", str(said))

    def test_what_waits_longest_is_named(self):
        first = self.opened(days=20)
        self.opened(days=1)
        self.client.force_login(self.reader)
        page = self.client.get(reverse("moderation:queue"))
        self.assertEqual(page.context["week"].longest, first)
        self.assertContains(page, f'<a href="{first.get_absolute_url()}">Case {first.pk}</a> waits')

    def test_nobody_hears_of_a_case_about_themselves(self):
        make_case(make_comment(author=self.reader))
        decide(make_case(make_comment(author=self.reader)))
        said = week(self.reader)
        self.assertEqual((said.opened, said.decided, said.longest), (0, 0, None))

    def test_what_was_taken_back_is_not_decided(self):
        decision = decide(moderator=self.reader)
        soon = timezone.now() + timedelta(minutes=5)
        Decision.objects.filter(pk=decision.pk).update(told_at=soon)
        undo(moderator=self.reader, decision=Decision.objects.get(pk=decision.pk))
        self.assertEqual(week(self.reader).decided, 0)

    def test_it_reads_no_whole_table(self):
        for _ in range(3):
            make_case()
        with self.assertNumQueries(3):
            week(self.reader)
