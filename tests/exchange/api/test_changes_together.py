"""Paging through the changes while others write: nothing is left out, nothing comes twice."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from forum.exchange.change_list import changes_after, cursor_since
from forum.lib.keyset import EPOCH
from forum.posts.models import Post
from tests.factories import make_comment, make_essay
from tests.together import PATIENCE, together

WRITERS, REMARKS = 3, 6


def everything(size=4):
    """Reads to the end once: what was heard, and the cursor."""
    return read_on(cursor_since(EPOCH), size)


def read_on(cursor, size=4):
    heard, more = [], True
    while more:
        page = changes_after(cursor, size=size)
        heard += [(row.kind, row.object_id, row.pk) for row in page.rows]
        cursor, more = page.cursor, page.has_more
    return heard, cursor


class TogetherTests(TransactionTestCase):
    def test_a_reader_who_pages_while_others_write_misses_none_and_hears_none_twice(self):
        essay = make_essay()
        make_comment(essay)
        written, done = threading.Event(), []

        def write():
            for _ in range(REMARKS):
                make_comment(essay)
            done.append(1)
            if len(done) == WRITERS:
                written.set()

        def read():
            heard, cursor = [], cursor_since(EPOCH)
            last = False
            while True:
                more, cursor = read_on(cursor, size=2)
                heard += more
                if last:
                    return heard
                last = written.is_set()

        heard, *_ = together(read, *[write] * WRITERS)
        told = [number for kind, number, _ in heard if kind == "post"]
        self.assertEqual(len(heard), len(set(heard)))
        self.assertEqual(sorted(told), sorted(Post.objects.values_list("pk", flat=True)))
        self.assertEqual(len(told), 1 + WRITERS * REMARKS)

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
    def test_nobody_reads_past_a_transaction_that_has_written_and_not_ended(self):
        slow, quick = make_essay(), make_essay()
        before, cursor = everything()
        begun, ended = threading.Event(), threading.Event()

        def write_slowly():
            try:
                with transaction.atomic():
                    number = make_comment(slow).pk
                    begun.set()
                    assert ended.wait(PATIENCE)
                return number
            finally:
                begun.set()
                connections.close_all()

        def meanwhile():
            assert begun.wait(PATIENCE)
            try:
                # It has the later moment, and is there to read before the other one.
                number = make_comment(quick).pk
                heard, on = read_on(cursor)
                return number, heard, on
            finally:
                ended.set()

        first, (second, heard, on) = together(write_slowly, meanwhile)
        self.assertNotIn(second, [number for kind, number, _ in heard if kind == "post"])
        rest, _ = read_on(on)
        told = [number for kind, number, _ in [*heard, *rest] if kind == "post"]
        self.assertEqual(told, [first, second])

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
    def test_a_long_reading_transaction_holds_nothing_up(self):
        essay = make_essay()
        with transaction.atomic():
            list(Post.objects.all())
            (number,) = together(lambda: make_comment(essay).pk)
            (heard,) = together(lambda: everything()[0])
        self.assertIn(number, [each for kind, each, _ in heard if kind == "post"])
