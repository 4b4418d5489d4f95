from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import SimpleTestCase, TestCase

from forum.moderation import locking, log
from forum.moderation.chain import link, salted_hash
from forum.moderation.models import FrozenText, LogEntry, LogHead
from tests.factories import make_comment, make_moderator
from tests.moderation.builders import decide, make_case, rule
from tests.moderation.tampering import change


class ChainTests(SimpleTestCase):
    def test_the_hash_depends_on_all_that_goes_in(self):
        usual = link("before", {"a": 1, "b": "é"}, "private")
        self.assertEqual(usual, link("before", {"b": "é", "a": 1}, "private"))
        for other in (
            link("", {"a": 1, "b": "é"}, "private"),
            link("before", {"a": 2, "b": "é"}, "private"),
            link("before", {"a": 1, "b": "é"}, ""),
        ):
            self.assertNotEqual(usual, other)

    def test_without_the_salt_a_guessed_text_proves_nothing(self):
        private = {"source": "Nasty."}
        self.assertNotEqual(salted_hash("one", private), salted_hash("other", private))


class LogTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.decisions = [decide(outcome=outcome) for outcome in ("hide", "keep", "remove")]
        locking.lock_thread(
            moderator=make_moderator(), thread=make_comment().thread, rule=rule(1),
            reason="Only about each other.",
        )  # fmt: skip

    def test_an_untouched_log_proves_itself(self):
        self.assertEqual(LogEntry.objects.count(), 4)
        self.assertIsNone(log.first_broken())

    def test_an_empty_log_proves_itself(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM moderation_logentry")
        LogHead.objects.all().delete()
        self.assertIsNone(log.first_broken())

    def test_every_public_field_is_held_by_the_chain(self):
        for column, value in (
            ("kind", "keep"),
            ("subject", "Another post"),
            ("subject_url", "/elsewhere/"),
            ("rule_number", 5),
            ("rule_title", "Sell nothing"),
            ("reason", "A reason found afterwards."),
            ("moderator_name", "Somebody else"),
            ("about_number", 3),
            ("at", "2020-01-01 00:00:00+00:00"),
            ("until", "2020-01-01 00:00:00+00:00"),
            ("private_hash", "0" * 64),
        ):
            with self.subTest(column=column):
                kept = LogEntry.objects.values_list(column, flat=True).get(number=1)
                change("moderation_logentry", column, value, "number = 1")
                self.assertEqual(log.first_broken(), 1)
                change("moderation_logentry", column, kept, "number = 1")
        self.assertIsNone(log.first_broken())

    def test_an_entry_taken_out_is_missed_first_middle_and_last(self):
        for number, found in ((4, 4), (2, 2), (1, 1)):
            with self.subTest(number=number):
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM moderation_logentry WHERE number = %s", [number])
                self.assertEqual(log.first_broken(), found)

    def test_a_judged_text_changed_afterwards_is_found(self):
        frozen = FrozenText.objects.get(decision=self.decisions[1])
        frozen.source = "Something far worse."
        frozen.save()
        self.assertEqual(log.first_broken(), 2)

    def test_an_entry_that_is_parted_from_its_text_is_found(self):
        change("moderation_logentry", "decision_id", None, "number = 2")
        self.assertEqual(log.first_broken(), 2)

    def test_an_entry_is_neither_changed_nor_deleted(self):
        entry = LogEntry.objects.first()
        entry.reason = "A better one."
        refused = "An entry of the log is neither changed nor deleted."
        for attempt in (
            entry.save,
            entry.delete,
            LogEntry.objects.all().delete,
            lambda: LogEntry.objects.update(reason="A better one."),
            lambda: LogEntry.objects.bulk_update([entry], ["reason"]),
        ):
            with self.assertRaisesMessage(TypeError, refused):
                attempt()

    def test_its_public_part_names_no_reporter_and_no_author(self):
        entry = self.decisions[0].log_entry
        case = self.decisions[0].case
        said = " ".join(str(value) for value in entry.public().values())
        for member in (case.post.author, case.reports.get().reporter):
            self.assertNotIn(member.username, said)
        self.assertNotIn(case.post.text, said)

    def test_its_counts_are_kept_with_it(self):
        counts = log.counts()
        self.assertEqual(counts["all"], 4)
        self.assertEqual([counts[kind] for kind in ("hide", "keep", "remove", "lock")], [1] * 4)
        self.assertEqual((counts["rule-2"], counts["rule-1"]), (3, 1))
        self.assertEqual(log.outcome_count(counts), 3)

    def test_a_refused_decision_leaves_no_gap(self):
        with self.assertRaises(Exception):  # noqa: B017
            decide(make_case(), "restore")
        self.assertEqual(decide(make_case(), "keep").log_entry.number, 5)


class CommandTests(TestCase):
    """manage.py verify_log"""

    def test_it_says_that_the_log_is_whole(self):
        decide()
        out = StringIO()
        call_command("verify_log", stdout=out)
        self.assertEqual(out.getvalue(), "The log is whole: one entry.\n")

    def test_it_names_the_first_broken_entry(self):
        for _ in range(3):
            decide()
        change("moderation_logentry", "reason", "Another reason.", "number = 2")
        with self.assertRaisesMessage(
            CommandError,
            "Entry 2 of the log is not what it was when it was written: the entry itself.",
        ):
            call_command("verify_log")
