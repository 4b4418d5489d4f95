"""A draft is kept, shown to a few, given a time, and never overwritten unseen."""

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase, TestCase
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from essays import drafting
from essays.models import Draft, PreviewLink
from forum.lib.verdict import Refused
from tests.factories import SOURCE, make_editor, make_essay, make_moderator, make_user

OTHERS = SOURCE + "\nAnother end.\n"


class DraftTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.editor = make_editor("edda", display_name="Edda Underhill")

    def save(self, seen=0, source=OTHERS, **more):
        return drafting.save_draft(
            by=self.editor, essay=self.essay, source=source, note="A note.", seen=seen, **more
        )

    def test_it_begins_from_the_revision_that_readers_see_and_changes_nothing_of_it(self):
        draft = self.save()
        self.assertEqual(draft.based_on, self.essay.current_revision)
        self.essay.refresh_from_db()
        self.assertEqual(self.essay.current_revision.source, SOURCE)
        self.assertEqual(self.essay.revisions.count(), 1)

    def test_whoever_saves_second_is_told_by_whom_and_overwrites_nothing(self):
        self.save()
        with self.assertRaisesMessage(drafting.Overtaken, "Edda Underhill saved this draft"):
            self.save(source="Mine.")
        self.assertEqual(Draft.objects.get().source, OTHERS)
        self.assertEqual(self.save(seen=1, source="Mine.").version, 2)

    def test_a_draft_that_was_thrown_away_meanwhile_is_not_saved_into(self):
        self.save()
        drafting.discard_draft(by=self.editor, essay=self.essay)
        with self.assertRaisesMessage(drafting.Overtaken, "published or thrown away"):
            self.save(seen=1)

    def test_new_words_take_away_what_was_decided_for_the_old(self):
        draft = self.save()
        drafting.keep_decisions(
            by=self.editor, draft=draft, note="N", decisions={"reasons": {"1": "x"}}
        )
        drafting.schedule(by=self.editor, draft=draft, at=datetime(2030, 1, 1), zone="UTC")  # noqa: DTZ001
        draft = self.save(seen=1)
        self.assertEqual((draft.decisions, draft.publish_at, draft.publish_zone), ({}, None, ""))

    def test_only_editors_touch_drafts(self):
        draft = self.save()
        for user in (make_user(), make_moderator()):
            for act in (
                lambda by: drafting.save_draft(
                    by=by, essay=self.essay, source="x", note="", seen=1
                ),
                lambda by: drafting.discard_draft(by=by, essay=self.essay),
                lambda by: drafting.keep_decisions(by=by, draft=draft, note="", decisions={}),
                lambda by: drafting.schedule(
                    by=by, draft=draft, at=datetime(2030, 1, 1), zone="UTC"  # noqa: DTZ001
                ),
                lambda by: drafting.unschedule(by=by, draft=draft),
                lambda by: drafting.make_preview_link(by=by, draft=draft),
                lambda by: drafting.end_preview_links(by=by, draft=draft),
                lambda by: drafting.be_at(by=by, essay=self.essay),
            ):  # fmt: skip
                with self.assertRaises(Refused):
                    act(user)
        draft.refresh_from_db()
        self.assertEqual((draft.source, draft.publish_at), (OTHERS, None))


class PreviewLinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_editor()
        cls.draft = drafting.save_draft(
            by=cls.editor, essay=make_essay(), source=OTHERS, note="", seen=0
        )

    def test_it_opens_the_draft_for_a_week(self):
        token, ends_at = drafting.make_preview_link(by=self.editor, draft=self.draft)
        self.assertEqual(drafting.previewed(token).draft, self.draft)
        self.assertIsNone(drafting.previewed(token, now=ends_at + timedelta(seconds=1)))
        self.assertIsNone(drafting.previewed(f"{token}x"))

    def test_whoever_reads_the_database_cannot_make_its_address(self):
        token, _ = drafting.make_preview_link(by=self.editor, draft=self.draft)
        self.assertNotIn(token, str(list(PreviewLink.objects.values())))

    def test_it_ends_when_an_editor_says_so_or_the_draft_is_gone(self):
        token, _ = drafting.make_preview_link(by=self.editor, draft=self.draft)
        drafting.end_preview_links(by=self.editor, draft=self.draft)
        self.assertIsNone(drafting.previewed(token))
        token, _ = drafting.make_preview_link(by=self.editor, draft=self.draft)
        drafting.discard_draft(by=self.editor, essay=self.draft.essay)
        self.assertIsNone(drafting.previewed(token))


class TimeTests(SimpleTestCase):
    def test_a_time_is_that_of_the_clocks_of_the_place(self):
        for zone, hour in (("UTC", 9), ("Europe/Rome", 7), ("Asia/Kolkata", 3)):
            moment = drafting.moment_in(datetime(2027, 7, 1, 9), zone)  # noqa: DTZ001
            self.assertEqual((moment.hour, moment.tzinfo), (hour, UTC), zone)

    def test_an_hour_that_comes_twice_is_the_first_and_one_that_is_skipped_comes_after(self):
        twice = drafting.moment_in(datetime(2027, 10, 31, 2, 30), "Europe/Rome")  # noqa: DTZ001
        self.assertEqual(twice, datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
        skipped = drafting.moment_in(datetime(2027, 3, 28, 2, 30), "Europe/Rome")  # noqa: DTZ001
        self.assertEqual(skipped, datetime(2027, 3, 28, 1, 30, tzinfo=UTC))

    @given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
    def test_every_time_is_some_moment(self, at):
        for zone in ("Europe/London", "Australia/Lord_Howe", "America/St_Johns"):
            assert abs(drafting.moment_in(at, zone) - at.replace(tzinfo=UTC)) < timedelta(hours=15)


class PresenceTests(TestCase):
    def test_an_editor_sees_who_else_has_the_essay_open(self):
        essay, mine, other = make_essay(), make_editor(), make_editor("otto")
        drafting.be_at(by=mine, essay=essay)
        drafting.be_at(by=other, essay=essay)
        drafting.be_at(by=other, essay=essay)
        self.assertEqual([each.editor for each in drafting.others_at(essay, mine)], [other])
        later = timezone.now() + drafting.AWAY_AFTER + timedelta(seconds=1)
        self.assertEqual(drafting.others_at(essay, mine, now=later), [])
