"""The log vouches for all that is shown as frozen or decided, and erasures take nothing from it."""

from importlib import import_module
from io import StringIO
from json import dumps
from random import Random

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import TestCase, override_settings
from django.utils import timezone

from forum.accounts.models import User
from forum.moderation import log
from forum.moderation.chain import link, salted_hash
from forum.moderation.erasing import forget_member
from forum.moderation.models import Case, Decision, FrozenText, LogEntry, LogHead, Rule, Sanction
from forum.moderation.proving import examine
from forum.moderation.undoing import undo
from tests.factories import make_comment, make_moderator, make_user
from tests.moderation.builders import decide, make_case
from tests.moderation.tampering import change, other_than

WEEK = timezone.now() + timezone.timedelta(days=7)
# Whatever belongs together by its number, when the news of a decision go out, and the mark that
# spares the pages to look for what came after it: the later entries of the log say that.
NOT_TRIED = {"id", "number", "decision", "told_at", "reversed_by"}


def tried(row):
    return [field for field in row._meta.concrete_fields if field.name not in NOT_TRIED]


class ProofCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.neighbour = make_user(), make_user()
        cls.post = make_comment(author=cls.author, source="You *plainly* never touched a horse.")
        make_comment(parent=cls.post, author=cls.neighbour, source="Nor did you.")
        cls.decisions = [
            decide(make_case(cls.post), "note"),
            decide(make_case(cls.post), "hide", sanction="silence", until=WEEK),
            decide(outcome="keep"),
        ]

    def frozen(self, number=2):
        return FrozenText.objects.get(decision=self.decisions[number - 1])

    def forget(self, member):
        forget_member(member)
        User.objects.filter(pk=member.pk).update(erased_at=timezone.now())

    def found_after(self, **changed):
        """What is found once these columns of the second frozen text say something else."""
        kept = {name: getattr(self.frozen(), name) for name in changed}
        rows = FrozenText.objects.filter(decision=self.decisions[1])
        rows.update(**changed)
        broken = log.find_broken()
        rows.update(**kept)
        self.assertIsNone(log.find_broken())
        return broken and (broken.number, broken.what)


class TamperingTests(ProofCase):
    def test_of_a_thousand_changes_a_thousand_are_noticed(self):
        """Any value of any row of the log, its head, the decisions and what was frozen with them,
        put in place of the one that was written.
        """
        random = Random(7)
        make_case()
        entries = list(LogEntry.objects.with_judged().order_by("number"))
        rows = self.rows(entries, head := LogHead.objects.get())
        for _ in range(1_000):
            row, number = random.choice(rows)
            field = random.choice(tried(row))
            kept = field.value_from_object(row)
            value = self.other(kept, field, random)
            setattr(row, field.attname, value)
            found = examine(entries, head)
            setattr(row, field.attname, kept)
            name = f"{row._meta.label}.{field.name} of {number}: {value!r}"
            self.assertEqual(found and found.number, number, name)
        self.assertIsNone(examine(entries, head))

    def test_a_change_of_any_column_in_the_database_is_noticed(self):
        random = Random(3)
        make_case()
        rows = self.rows(LogEntry.objects.with_judged().filter(number=2), LogHead.objects.get())
        for row, number in rows:
            for field in tried(row):
                value = self.other(field.value_from_object(row), field, random)
                table, key = row._meta.db_table, row._meta.pk.column
                with self.subTest(f"{table}.{field.name}"), transaction.atomic():
                    value = dumps(value) if isinstance(value, dict) else value
                    change(table, field.column, value, f"{key} = {row.pk}")
                    self.assertEqual(log.first_broken(), number)
                    transaction.set_rollback(True)
        self.assertIsNone(log.first_broken())

    def rows(self, entries, head):
        """Each with the number under which a change of it is found."""
        found = [(head, LogEntry.objects.count() + 1)]
        for entry in entries:
            judged = entry.decision
            found += [(row, entry.number) for row in (entry, judged, judged.frozen)]
        return found

    def other(self, value, field, random):
        if not field.is_relation:
            return other_than(value, field, random)
        others = {User: User.objects, Rule: Rule.objects, Case: Case.objects.open()}
        found = others[field.related_model].exclude(pk=value).values_list("pk", flat=True)
        return random.choice(list(found))

    def test_it_is_said_what_is_not_as_it_was(self):
        words, around = "the words that were judged", "what stood around them"
        for what, changed in (
            (words, {"html": "<p>Forged.</p>"}),
            (words, {"text": "Forged."}),
            (words, {"source": "Forged.", "words_salt": ""}),
            (around, {"context": {"parent": "Forged."}}),
            (around, {"context": {"parent": "Forged."}, "context_salt": ""}),
            ("the decision", {"words_hash": "0" * 64}),
        ):
            with self.subTest(changed=changed):
                self.assertEqual(self.found_after(**changed), (2, what))

    def test_words_whose_author_is_still_here_were_not_erased(self):
        emptied = {"source": "", "html": "", "text": "", "words_salt": ""}
        self.assertEqual(self.found_after(**emptied), (2, "the words that were judged"))

    def test_a_frozen_text_that_is_gone_is_missed(self):
        FrozenText.objects.filter(decision=self.decisions[2]).delete()
        self.assertEqual(log.first_broken(), 3)

    def test_a_sanction_is_the_one_that_was_imposed(self):
        for name, value in (
            ("kind", "suspend"),
            ("until", WEEK + timezone.timedelta(days=300)),
            ("reason", "Another one, found later."),
            ("member", self.neighbour),
        ):
            kept = getattr(Sanction.objects.get(), name)
            with self.subTest(name):
                Sanction.objects.update(**{name: value})
                self.assertEqual(log.find_broken().what, "the sanction")
                Sanction.objects.update(**{name: kept})
        self.assertIsNone(log.find_broken())
        Sanction.objects.all().delete()
        self.assertEqual(log.first_broken(), 2)

    def test_counts_that_were_made_up_are_found_behind_the_last_entry(self):
        LogHead.objects.update(counts={"keep": 400})
        broken = log.find_broken()
        self.assertEqual((broken.number, broken.what), (4, "the counts of its entries"))


@override_settings(UNDO_MINUTES=10)
class UndoneTests(TestCase):
    def test_what_was_taken_back_is_so_by_the_log_alone(self):
        moderator = make_moderator()
        decision = decide(outcome="hide", moderator=moderator, sanction="silence", until=WEEK)
        undo(moderator=moderator, decision=decision)
        self.assertIsNone(log.find_broken())
        Decision.objects.update(undone_at=None)
        self.assertEqual(log.first_broken(), 1)


class ErasedTests(ProofCase):
    def test_a_neighbour_takes_along_what_stood_around_and_the_words_stay_proven(self):
        self.forget(self.neighbour)
        frozen = self.frozen()
        self.assertEqual((frozen.context, frozen.context_salt), ({}, ""))
        self.assertFalse(frozen.is_erased)
        self.assertIsNone(log.find_broken())
        for changed in ({"html": "<p>Forged.</p>"}, {"source": "Forged.", "words_salt": ""},
                        {"context": {"parent": "Forged."}}):  # fmt: skip
            with self.subTest(changed=changed):
                self.assertEqual(self.found_after(**changed)[0], 2)

    def test_an_author_takes_all_of_it_along_but_what_was_decided_stays_proven(self):
        self.forget(self.author)
        self.assertTrue(self.frozen().is_erased)
        self.assertEqual(self.frozen().words(), {"source": "", "html": "", "text": ""})
        self.assertIsNone(log.find_broken())
        self.assertEqual(self.found_after(source="Forged."), (2, "the words that were judged"))
        Decision.objects.filter(pk=self.decisions[1].pk).update(reason="A better one.")
        self.assertEqual(log.first_broken(), 2)

    def test_the_command_says_how_much_cannot_be_checked(self):
        self.forget(self.neighbour)
        out = StringIO()
        call_command("verify_log", stdout=out)
        said = "Taken along by members who left: judged texts: 0; what stood around them: 2."
        self.assertIn(said, out.getvalue())

    def test_the_command_names_what_was_changed(self):
        FrozenText.objects.update(text="Forged.")
        said = "Entry 1 of the log is not what it was when it was written: the words that were"
        with self.assertRaisesMessage(CommandError, said):
            call_command("verify_log")


class OldTextsTests(ProofCase):
    """What was frozen when the log's hash covered source and context together."""

    def setUp(self):
        previous = ""
        for entry in LogEntry.objects.order_by("number"):
            frozen = entry.decision.frozen
            both = {name: getattr(frozen, name) for name in ("version", "source", "context")}
            frozen.salt = f"salt {entry.number}"
            frozen.words_salt = frozen.words_hash = frozen.context_salt = frozen.context_hash = ""
            frozen.save()
            private = salted_hash(frozen.salt, both)
            whole = link(previous, entry.public(), private)
            for column, value in (("private_hash", private), ("previous_hash", previous),
                                  ("hash", whole)):  # fmt: skip
                change("moderation_logentry", column, value, f"number = {entry.number}")
            previous = whole
        LogHead.objects.update(hash=previous)

    def migrate(self):
        migration = import_module("forum.moderation.migrations.0021_old_texts_sealed")
        migration.seal_old_texts(apps, None)

    def test_they_are_parted_and_proven_and_new_ones_follow(self):
        hashes = list(LogEntry.objects.values_list("hash", flat=True))
        self.migrate()
        self.assertIsNone(log.find_broken())
        self.assertEqual(list(LogEntry.objects.values_list("hash", flat=True)), hashes)
        decide()
        self.assertIsNone(log.find_broken())
        for changed in (
            {"source": "Forged."}, {"html": "Forged."}, {"text": "Forged."}, {"version": 9},
            {"context": {"parent": "Forged."}}, {"salt": ""}, {"seal": ""}, {"words_hash": "0"},
        ):  # fmt: skip
            with self.subTest(changed=changed):
                self.assertEqual(self.found_after(**changed)[0], 2)

    def test_a_seal_that_was_put_in_the_place_of_another_breaks_the_end(self):
        self.migrate()
        frozen = self.frozen()
        frozen.html = "<p>Forged.</p>"
        frozen.words_hash = salted_hash(frozen.words_salt, frozen.words())
        frozen.seal = log.seal_of(frozen.parts())
        frozen.save()
        broken = log.find_broken()
        self.assertEqual((broken.number, broken.what), (4, "the end of the log"))

    def test_of_what_was_erased_before_the_part_that_is_left_is_proven(self):
        FrozenText.objects.filter(decision=self.decisions[0]).update(context={}, salt="")
        FrozenText.objects.filter(decision=self.decisions[2]).update(
            source="", html="", text="", context={}, salt=""
        )
        User.objects.filter(pk=self.decisions[2].member_id).update(erased_at=timezone.now())
        self.migrate()
        self.assertIsNone(log.find_broken())
        self.assertEqual([self.frozen(n).is_erased for n in (1, 2, 3)], [False, False, True])
        change("moderation_frozentext", "html", "Forged.", f"id = {self.frozen(1).pk}")
        self.assertEqual(log.first_broken(), 1)

    def test_who_leaves_later_takes_a_part_along_as_of_new_ones(self):
        self.migrate()
        self.forget(self.neighbour)
        self.assertEqual((self.frozen().salt, self.frozen().context), ("", {}))
        self.assertIsNone(log.find_broken())

    def test_an_empty_log_has_nothing_to_seal(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM moderation_logentry")
        Sanction.objects.all().delete()
        Decision.objects.all().delete()
        LogHead.objects.all().delete()
        self.migrate()
        self.assertIsNone(log.find_broken())
