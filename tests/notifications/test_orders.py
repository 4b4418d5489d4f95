"""The worker is ordered once for each minute in which something is due."""

from datetime import timedelta

from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from forum.notifications.orders import order_delivery

NOW = timezone.now()
MORNING = NOW + timedelta(hours=9)


class OrderTests(TestCase):
    def orders(self):
        return list(DBTaskResult.objects.values_list("run_after", flat=True))

    def order(self, at=MORNING):
        order_delivery(at=at, now=NOW)

    def test_within_a_minute_there_is_one_at_its_end(self):
        minute = MORNING.replace(second=0, microsecond=0)
        for seconds in (3, 50):
            self.order(minute + timedelta(seconds=seconds))
        self.assertEqual(self.orders(), [minute + timedelta(minutes=1)])
        self.order(minute + timedelta(minutes=1, seconds=1))
        self.assertEqual(len(self.orders()), 2)

    def test_once_it_is_known_to_stand_nobody_looks_for_it_again(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.order()
        with self.assertNumQueries(0):
            self.order()
        self.order(MORNING - timedelta(hours=1))
        self.assertEqual(len(self.orders()), 2)

    def test_one_that_was_taken_back_is_given_anew(self):
        with self.captureOnCommitCallbacks(execute=True), transaction.atomic():
            self.order()
            transaction.set_rollback(True)
        self.assertEqual(self.orders(), [])
        self.order()
        self.assertEqual(len(self.orders()), 1)

    def test_what_is_due_now_waits_for_no_minute(self):
        self.order(NOW)
        self.assertEqual(len(self.orders()), 1)
