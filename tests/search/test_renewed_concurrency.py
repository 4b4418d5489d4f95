"""What was kept is brought up to date also with what others wrote in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from unittest import skipUnless

from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from forum.posts import actions as posts
from forum.search.filters import Filters
from forum.search.index import find
from forum.search.kept import look_for
from forum.search.query import parse
from tests.factories import make_comment, make_essay, make_user
from tests.together import PATIENCE, together


def found():
    return look_for(AnonymousUser(), parse("ox"), Filters()).found.matches


class AtOnceTests(TransactionTestCase):
    def setUp(self):
        self.essays = [make_essay(source="A meadow.") for _ in range(2)]
        make_comment(self.essays[0], source="An ox.")

    def writer(self, turn):
        author = make_user()

        def deeds():
            for number in range(6):
                essay = self.essays[(turn + number) % 2]
                post = make_comment(essay, author=author, source=f"Ox {number}.")
                found()
                if number % 3 == 1:
                    posts.edit(by=author, post=post, source=f"Ox, ox, {number}.")
                if number % 3 == 2:
                    posts.edit(by=author, post=post, source="A mule.")
                found()

        return deeds

    def test_what_is_kept_is_what_a_search_of_all_finds(self):
        together(*map(self.writer, range(3)))
        self.assertEqual(found(), find(None, parse("ox"), Filters()).matches)
        self.assertEqual(len(found()), 1 + 3 * 4)

    @skipUnless(connection.vendor == "postgresql", "SQLite lets nobody write meanwhile.")
    def test_who_began_first_and_ended_last_is_not_missed(self):
        written, may_end = Event(), Event()

        def write_slowly():
            try:
                with transaction.atomic():
                    make_comment(self.essays[0], source="A slow ox.")
                    written.set()
                    may_end.wait(PATIENCE)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(write_slowly)
            written.wait(PATIENCE)
            make_comment(self.essays[1], source="A quick ox.")
            self.assertEqual(len(found()), 2)
            may_end.set()
            slow.result(PATIENCE)
        self.assertEqual(len(found()), 3)
