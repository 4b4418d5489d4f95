"""Queries whose SQL is made once."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Q
from django.test import TestCase

from forum.guard.models import FormKey
from forum.lib.prepared import Prepared, PreparedDelete, PreparedUpdate
from forum.posts.models import Post
from tests.factories import make_comment, make_essay, make_user


class PreparedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        essay, author = make_essay(), make_user()
        cls.posts = [
            make_comment(essay, author=author, now=datetime(2026, 1, day, tzinfo=UTC))
            for day in range(1, 6)
        ]

    def test_each_value_finds_its_place_whatever_its_type(self):
        query = Prepared(
            lambda since, path, best, among: Post.objects.filter(
                Q(path__gt=path) | Q(path=path), created_at__gte=since, best__lte=best,
                pk__in=among, depth=1,
            ).order_by("path").values_list("pk", "created_at")
        )  # fmt: skip
        second, third, fourth = self.posts[1:4]
        both = [third.pk, fourth.pk]
        for since, path, among, found in (
            (second.created_at, second.path, both, [third, fourth]),
            (fourth.created_at, second.path, both, [fourth]),
            (second.created_at, fourth.path, both, [fourth]),
            (second.created_at, second.path, [third.pk], [third]),
            (second.created_at, "zzzz", both, []),
        ):
            rows = query(since=since, path=path, best=0.5, among=among)
            self.assertEqual(rows, [(post.pk, post.created_at) for post in found])
        self.assertEqual(query(since=second.created_at, path="", best=-1.0, among=both), [])

    def test_the_sql_is_made_once_for_each_length_of_a_list(self):
        made = []

        def build(among):
            made.append(len(among))
            return Post.objects.filter(pk__in=among).order_by("pk").values_list("pk")

        query = Prepared(build)
        for post in self.posts:
            self.assertEqual(query(among=[post.pk]), [(post.pk,)])
        pks = [post.pk for post in self.posts]
        self.assertEqual(query(among=pks), [(pk,) for pk in pks])
        self.assertEqual(made, [1, 5])

    def test_it_is_one_query(self):
        query = Prepared(lambda pk: Post.objects.filter(pk=pk).values_list("pk"))
        for _ in range(2):
            with self.assertNumQueries(1):
                query(pk=self.posts[0].pk)

    def test_a_change_reaches_its_rows_alone_and_tells_how_many(self):
        change = PreparedUpdate(
            lambda among, by, at: (
                Post.objects.filter(pk__in=among), {"up": F("up") + by, "edited_at": at},
            )
        )  # fmt: skip
        first, second, third = self.posts[:3]
        moment = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
        self.assertEqual(change(among=[first.pk, second.pk], by=2, at=moment), 2)
        self.assertEqual(change(among=[first.pk], by=3, at=moment), 1)
        self.assertEqual(change(among=[0], by=3, at=moment), 0)
        for post in self.posts:
            post.refresh_from_db()
        self.assertEqual([post.up for post in self.posts], [5, 2, 0, 0, 0])
        self.assertEqual(second.edited_at, moment)
        self.assertIsNone(third.edited_at)

    def test_a_change_that_fails_spoils_its_transaction_as_any_other(self):
        change = PreparedUpdate(lambda pk, parent: (Post.objects.filter(pk=pk), {"up": parent}))
        with self.assertRaises(transaction.TransactionManagementError), transaction.atomic():
            try:
                change(pk=self.posts[0].pk, parent=2**80)
            except (DataError, IntegrityError, OverflowError):
                Post.objects.exists()

    def test_what_goes_are_its_rows_alone_and_it_tells_how_many(self):
        member = make_user()
        keys = [uuid4() for _ in range(3)]
        for key in keys:
            FormKey.objects.create(user=member, key=key, action="x")
        away = PreparedDelete(lambda key: FormKey.objects.filter(key=key))
        self.assertEqual([away(key=keys[1]), away(key=keys[1])], [1, 0])
        left = FormKey.objects.filter(user=member).values_list("key", flat=True)
        self.assertCountEqual(left, [keys[0], keys[2]])
