from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from forum.lib.transactions import joined


class StopError(Exception):
    pass


@joined
def write(name):
    Tag.objects.create(name=name, slug=name)


@joined
def write_and_stop(name):
    write(name)
    raise StopError


def names():
    return set(Tag.objects.values_list("name", flat=True))


class AloneTests(TransactionTestCase):
    def test_what_it_wrote_is_undone_where_it_fails(self):
        with self.assertRaises(StopError):
            write_and_stop("straw")
        self.assertEqual(names(), set())

    def test_within_another_it_fails_with_all_of_it(self):
        with self.assertRaises(StopError), transaction.atomic():
            write("corn")
            write_and_stop("straw")
        self.assertEqual(names(), set())

    def test_within_another_nobody_goes_on_after_it_failed(self):
        with self.assertRaises(transaction.TransactionManagementError), transaction.atomic():
            with self.assertRaises(StopError):
                write_and_stop("straw")
            write("corn")
        self.assertEqual(names(), set())

    def test_within_another_it_takes_no_savepoint(self):
        with CaptureQueriesContext(connection) as told, transaction.atomic():
            write("corn")
        self.assertFalse([one for one in told.captured_queries if "SAVEPOINT" in one["sql"]])


class WithinATestTests(TestCase):
    def test_what_fails_there_is_undone_alone(self):
        write("corn")
        with self.assertRaises(StopError):
            write_and_stop("straw")
        self.assertEqual(names(), {"corn"})
