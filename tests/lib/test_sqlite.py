"""Statements as SQLite takes them."""

import sqlite3
from unittest import skipUnless

from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from forum.lib.sqlite.base import Cursor

PIECES = st.lists(st.sampled_from(["%s", "%%", "?", "'", " ", "a", "LIKE", "%d"]))


class StatementTests(SimpleTestCase):
    @given(PIECES)
    def test_it_is_the_one_that_django_makes(self, pieces):
        query = "".join(pieces)
        ours, theirs = (each(sqlite3.connect(":memory:")) for each in (Cursor, SQLiteCursorWrapper))
        self.assertEqual(ours.convert_query(query), theirs.convert_query(query))


@skipUnless(connection.vendor == "sqlite", "It is about SQLite.")
class ValueTests(TestCase):
    def test_they_come_by_place_and_by_name(self):
        with connection.cursor() as cursor:
            for _ in range(2):
                cursor.execute("SELECT %s, '%%', %s", [1, "%s"])
                self.assertEqual(cursor.fetchone(), (1, "%", "%s"))
                cursor.execute("SELECT %(one)s, '%%', %(two)s", {"two": 2, "one": 1})
                self.assertEqual(cursor.fetchone(), (1, "%", 2))
