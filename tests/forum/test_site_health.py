import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from essays.models import Place
from forum.accounts.models import User
from forum.departures import leave_when_due
from forum.exchange.hook_models import Delivery
from forum.exchange.hooks import add_webhook
from forum.lib.timing import TALLY
from forum.moderation import actions as moderation
from forum.moderation import legal
from forum.moderation.models import Case
from forum.notifications.models import Letter
from forum.site_health import facts
from tests.factories import (
    make_claim,
    make_comment,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.revising import revise

NOW = timezone.now()


class FactsTests(TestCase):
    def fact(self, name):
        return next(fact for fact in facts(now=NOW) if fact.name == name)

    def assert_in_order(self, name, words):
        fact = self.fact(name)
        self.assertEqual((fact.words, fact.needs_somebody), (words, False))

    def assert_needs(self, name, words):
        fact = self.fact(name)
        self.assertEqual((fact.words, fact.needs_somebody), (words, True))

    def letter(self, **fields):
        return Letter.objects.create(
            recipient=make_user(), way="at_once", created_at=NOW, **{"due_at": NOW} | fields
        )

    def test_of_a_new_site_all_is_in_order(self):
        self.assertFalse(any(fact.needs_somebody for fact in facts(now=NOW)))
        self.assert_in_order("Moderation", "No case waits.")
        self.assert_in_order("Passages", "None was lost.")

    def test_a_case_that_waits_for_days_needs_somebody(self):
        post = make_comment()
        moderation.report(reporter=make_user(), post=post, reason="attack", text="")
        Case.objects.update(opened_at=NOW - timedelta(hours=30))
        self.assert_in_order("Moderation", "One case waiting, the oldest since 30 hours.")
        Case.objects.update(opened_at=NOW - timedelta(days=3))
        self.assert_needs("Moderation", "One case waiting, the oldest since three days.")

    def test_a_legal_notice_that_is_due_soon_or_late_needs_somebody(self):
        self.assert_in_order("Legal notices", "None is late or due soon.")
        given = legal.give_notice(
            post=make_comment(), name="Nan", email="nan@example.org", explanation="Untrue.", now=NOW
        )
        self.assert_in_order("Legal notices", "None is late or due soon.")
        type(given).objects.update(due_at=NOW + timedelta(days=1))
        self.assert_needs("Legal notices", "One legal notice has to be answered within two days.")
        type(given).objects.update(due_at=NOW - timedelta(days=1))
        self.assert_needs("Legal notices", "One legal notice is late.")

    def test_orders_that_nobody_carries_out_tell_that_no_worker_runs(self):
        DBTaskResult.objects.all().delete()
        self.assert_in_order("Worker", "It keeps up.")
        leave_when_due.enqueue()
        DBTaskResult.objects.update(enqueued_at=NOW - timedelta(minutes=30))
        self.assert_needs(
            "Worker", "Nothing has been done for 30 minutes: is manage.py db_worker running?"
        )

    def test_an_order_for_later_is_not_late(self):
        DBTaskResult.objects.all().delete()
        leave_when_due.using(run_after=NOW + timedelta(days=1)).enqueue()
        DBTaskResult.objects.update(enqueued_at=NOW - timedelta(days=1))
        self.assert_in_order("Worker", "It keeps up.")
        DBTaskResult.objects.update(run_after=NOW - timedelta(hours=3))
        self.assertTrue(self.fact("Worker").needs_somebody)

    def test_letters_that_are_late_or_were_given_up(self):
        self.letter()
        self.assert_in_order("Letters", "None is late.")
        self.letter(due_at=NOW - timedelta(hours=1))
        self.assert_needs("Letters", "One letter late.")
        self.letter(state="failed", ended_at=NOW - timedelta(days=40))
        self.assert_in_order("Letters that failed", "None failed.")
        for _ in range(120):
            self.letter(state="failed", ended_at=NOW - timedelta(days=1))
        self.assert_needs("Letters that failed", "99+ letters given up within a month.")

    def test_deliveries_that_were_given_up(self):
        keeper = make_user(is_superuser=True, is_staff=True)
        hook = add_webhook(by=keeper, name="M", url="https://h.example/", happenings=["post"])
        Delivery.objects.create(
            webhook=hook, source="a", happening="post", body="{}", state="failed", made_at=NOW,
            due_at=NOW,
        )  # fmt: skip
        self.assert_needs("Webhooks", "One delivery given up.")

    def test_a_passage_that_was_lost_without_a_reason(self):
        essay = make_essay()
        make_claim(essay, "Nobody knew why.")
        revise(essay, " Nobody knew why.", "", by=make_editor())
        Place.objects.filter(state="orphaned").update(reason="")
        self.assert_needs("Passages", "One passage lost without a reason.")
        Place.objects.filter(state="orphaned").update(reason="The sentence was wrong.")
        self.assert_in_order("Passages", "None was lost.")

    def backup(self, folder, **ago):
        made = Path(folder, "monday.tar")
        made.touch()
        when = (NOW - timedelta(**ago)).timestamp()
        os.utime(made, (when, when))

    def test_a_backup_that_is_old_needs_somebody_and_so_does_none(self):
        with TemporaryDirectory() as folder, self.settings(BACKUPS_DIR=Path(folder)):
            make_user()
            self.assert_in_order("Backup", f"None lies in {folder}.")
            User.objects.update(date_joined=NOW - timedelta(days=3))
            self.assert_needs("Backup", f"None lies in {folder}.")
            Path(folder, ".kept").touch()
            self.assert_needs("Backup", f"None lies in {folder}.")
            self.backup(folder, hours=5)
            self.assert_in_order("Backup", f"The newest in {folder} is five hours old.")
            self.backup(folder, days=4)
            self.assert_needs("Backup", f"The newest in {folder} is four days old.")
        with self.settings(BACKUPS_DIR=Path(folder)):
            self.assert_needs("Backup", f"None lies in {folder}.")

    def test_a_page_that_is_often_slow_needs_somebody(self):
        self.addCleanup(TALLY.forget)
        TALLY.forget()
        for _ in range(19):
            TALLY.add("essay", 3)
        self.assert_in_order("Pages", "None is slow.")
        TALLY.add("essay", 3)
        fact = self.fact("Pages")
        self.assertTrue(fact.needs_somebody)
        self.assertIn("Of essay one in twenty takes 3", fact.words)


class PageTests(TestCase):
    def test_it_lists_the_slowest_pages(self):
        self.addCleanup(TALLY.forget)
        TALLY.forget()
        self.client.force_login(make_user("kilda", is_superuser=True, is_staff=True))
        url = reverse("site-health")
        self.assertContains(self.client.get(url), "Nothing was asked of this process yet.")
        page = self.client.get(url)
        self.assertContains(page, '<th scope="row">site-health</th><td>1</td>')

    def test_keepers_read_it_and_nobody_else_does(self):
        url = reverse("site-health")
        for person in (make_user(), make_moderator(), make_editor()):
            self.client.force_login(person)
            self.assertEqual(self.client.get(url).status_code, 403)
        self.client.force_login(make_user("kilda", is_superuser=True, is_staff=True))
        self.assertContains(self.client.get(url), "No case waits.")

    def test_it_takes_as_many_statements_for_much_as_for_nothing(self):
        self.client.force_login(make_user("kilda", is_superuser=True, is_staff=True))
        url, counts = reverse("site-health"), []
        for size in (0, 25):
            for _ in range(size):
                post = make_comment()
                moderation.report(reporter=make_user(), post=post, reason="attack", text="")
            self.client.get(url)
            with CaptureQueriesContext(connection) as found:
                self.client.get(url)
            counts.append(len(found))
        self.assertEqual(counts[0], counts[1])
