"""Queries of objects whose SQL is made once."""

from django.db.models import F, Value
from django.test import TestCase

from forum.lib.prepared_objects import PreparedObjects
from forum.posts.models import Post
from tests.factories import make_comment, make_essay, make_user


def with_company(pks):
    return (
        Post.objects.filter(pk__in=pks)
        .select_related("author", "parent__author", "thread__essay")
        .only(
            "path", "author__username", "parent__path", "parent__author__username",
            "thread__kind", "thread__essay__slug",
        )
        .annotate(above=F("parent__depth"), twice=F("depth") * Value(2))
        .order_by("path")
    )  # fmt: skip


class PreparedObjectsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        essay, author = make_essay(), make_user()
        cls.top = make_comment(essay, author=author)
        cls.reply = make_comment(essay, author=make_user(), parent=cls.top)
        cls.query = PreparedObjects(with_company)

    def test_they_are_the_objects_that_the_query_gives(self):
        pks = [self.top.pk, self.reply.pk]
        for found, usual in zip(self.query(pks=pks), with_company(pks), strict=True):
            self.assertEqual(found, usual)
            self.assertEqual(found.get_deferred_fields(), usual.get_deferred_fields())
            self.assertEqual((found.above, found.twice), (usual.above, usual.twice))
            with self.assertNumQueries(0):
                self.assertEqual(found.author.username, usual.author.username)
                self.assertEqual(found.thread.essay.slug, usual.thread.essay.slug)
                self.assertEqual(found.parent, usual.parent)

    def test_what_a_row_has_not_got_is_none(self):
        top = self.query.first(pks=[self.top.pk])
        with self.assertNumQueries(0):
            self.assertIsNone(top.parent)
        self.assertIsNone(self.query.first(pks=[0]))

    def test_it_is_one_query_with_a_deferred_column_left_to_be_asked_for(self):
        with self.assertNumQueries(1):
            found = self.query.first(pks=[self.reply.pk])
        with self.assertNumQueries(1):
            self.assertEqual(found.source, self.reply.source)
