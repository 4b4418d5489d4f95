"""A draft is published at its time; what was missed is published at the next run."""

from datetime import UTC, datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from essays import drafting
from essays.models import Draft
from forum.counterpoints.models import Standing
from forum.desk import impact_page
from forum.desk.decisions import Decisions
from forum.desk.scheduling import publish_due
from forum.notifications.models import Notice
from tests.factories import SOURCE, make_claim, make_counterpoint, make_editor, make_essay

REMOVED = SOURCE.replace(" Nobody knew why.", "")
REWORDED = SOURCE.replace("Nobody knew why.", "Nobody knew quite why.")


class SchedulingTests(TestCase):
    def setUp(self):
        self.editor = make_editor()
        self.essay = make_essay()
        self.claim = make_claim(self.essay)
        self.draft = self.save(self.essay, REWORDED)
        self.at = datetime(2031, 5, 1, 7, tzinfo=UTC)

    def save(self, essay, source):
        return drafting.save_draft(by=self.editor, essay=essay, source=source, note="", seen=0)

    def schedule(self, draft=None, **decided):
        impact_page.schedule(
            by=self.editor, draft=draft or self.draft, note="Timed.",
            decisions=Decisions(**decided), at=datetime(2031, 5, 1, 9), zone="Europe/Rome",  # noqa: DTZ001
        )  # fmt: skip

    def number(self, essay=None):
        essay = essay or self.essay
        essay.refresh_from_db()
        return essay.current_revision.number

    def test_it_waits_for_its_time_and_not_a_minute_longer(self):
        self.schedule()
        self.assertEqual(publish_due(now=self.at - timedelta(minutes=1)), 0)
        self.assertEqual(self.number(), 1)
        self.assertEqual(publish_due(now=self.at), 1)
        self.assertEqual(self.number(), 2)
        self.assertEqual(self.essay.current_revision.note, "Timed.")
        self.assertEqual(publish_due(now=self.at), 0)

    def test_what_was_missed_is_published_at_the_next_run(self):
        self.schedule()
        Draft.objects.update(publish_at=timezone.now() - timedelta(days=3))
        out = StringIO()
        call_command("tidy", stdout=out)
        self.assertEqual(self.number(), 2)
        self.assertIn("Published one draft", out.getvalue())

    def test_what_was_decided_then_is_done_then(self):
        objection = make_counterpoint(self.claim)
        self.schedule(answers=(objection.pk,))
        publish_due(now=self.at)
        self.claim.refresh_from_db()
        self.assertEqual(self.claim.label, Standing.CONCEDED)

    def test_one_that_cannot_be_published_keeps_none_back_and_its_editor_is_told(self):
        other = make_essay()
        self.schedule(self.save(other, SOURCE + "\nMore.\n"))
        Draft.objects.filter(essay=self.essay).update(source=REMOVED)
        self.draft.refresh_from_db()
        self.schedule()
        # Answered after it was scheduled: nobody has said why its words may go.
        make_counterpoint(self.claim)
        self.assertEqual(publish_due(now=self.at), 1)
        self.assertEqual((self.number(), self.number(other)), (1, 2))
        self.draft.refresh_from_db()
        self.assertIsNone(self.draft.publish_at)
        self.assertIn("say why", self.draft.failure)
        notice = Notice.objects.get(recipient=self.editor, sign="clock")
        self.assertIn("was not published at its time", notice.sentence)

    def test_an_editor_who_is_one_no_more_publishes_nothing(self):
        self.schedule()
        type(self.editor).objects.filter(pk=self.editor.pk).update(is_editor=False)
        self.assertEqual(publish_due(now=self.at), 0)
        self.assertEqual(self.number(), 1)

    def test_a_time_that_was_taken_away_is_none(self):
        self.schedule()
        drafting.unschedule(by=self.editor, draft=self.draft)
        self.assertEqual(publish_due(now=self.at), 0)
