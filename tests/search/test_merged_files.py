"""Whatever is written gives SQLite's index of words another file; once a day they become one."""

from io import StringIO
from unittest import skipUnless

from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from forum.posts import actions as posts
from forum.search.filters import Filters
from forum.search.forgetting import merge_files
from forum.search.index import find
from forum.search.query import parse
from tests.factories import make_comment, make_essay, make_user

WORDS = ("ox", "mule", '"an ox"', "nobody")


def files():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM search_index_idx")
        return cursor.fetchone()[0]


def found():
    return [find(None, parse(words), Filters()) for words in WORDS]


@skipUnless(connection.vendor == "sqlite", "PostgreSQL's index has one file.")
class MergedFilesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        author, essay = make_user(), make_essay()
        for number in range(12):
            post = make_comment(essay, author=author, source=f"An ox, number {number}.")
            if number % 3 == 0:
                posts.edit(by=author, post=post, source="A mule.")

    def test_they_become_one_in_which_the_same_is_found(self):
        before = found()
        self.assertGreater(files(), 1)
        merge_files()
        self.assertEqual(files(), 1)
        self.assertEqual(found(), before)
        make_comment(make_essay(), source="An ox.")
        self.assertEqual(len(found()[0].matches), len(before[0].matches) + 1)

    def test_where_there_is_one_already_it_is_left(self):
        merge_files()
        # How much was changed, that there is nothing to do, and how much was changed then.
        with self.assertNumQueries(3):
            merge_files()

    def test_it_is_done_every_day(self):
        call_command("tidy", stdout=StringIO())
        self.assertEqual(files(), 1)


class OtherDatabaseTests(TestCase):
    @skipUnless(connection.vendor == "postgresql", "SQLite has such files.")
    def test_postgresql_has_nothing_to_merge(self):
        with self.assertNumQueries(0):
            merge_files()
