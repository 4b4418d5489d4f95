"""New objects stored by a statement that is made once."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.test import TestCase

from forum.guard.models import FormKey
from forum.lib.prepared_insert import PreparedInsert
from forum.notifications.models import Letter
from forum.posts.models import Draft, Post
from tests.factories import make_comment, make_user

AT = datetime(2026, 3, 9, 12, 30, 15, 123456, tzinfo=UTC)


class PreparedInsertTests(TestCase):
    def test_it_stores_what_saving_would(self):
        first = make_comment(author=make_user(), source="Words *of* mine.", now=AT)
        store = PreparedInsert(Post)
        for moved_away, best, path in (([1, 2], 0.25, "z"), (None, 0.0, "zz")):
            new = Post.objects.get(pk=first.pk)
            new.pk, new.path, new.moved_away, new.best = None, path, moved_away, best
            new.as_author, new.edited_at = True, AT
            store(new)
            self.assertNotEqual(new.pk, first.pk)
            self.assertFalse(new._state.adding)
            stored = Post.objects.get(pk=new.pk)
            self.assertEqual(model_to_dict(stored), model_to_dict(new))
            self.assertEqual((stored.moved_away, stored.edited_at), (moved_away, AT))

    def test_keys_objects_and_moments_of_now_are_stored(self):
        member = make_user()
        key = FormKey(user=member, key=uuid4(), action="reply:1")
        PreparedInsert(FormKey)(key)
        stored = FormKey.objects.get(pk=key.pk)
        self.assertEqual((stored.key, stored.used_at), (key.key, key.used_at))
        draft = Draft(
            author=member, place="reply:1", fields={"source": ["<b>ö"]}, form_key=key.key,
            begun_at=AT, kept_at=AT,
        )  # fmt: skip
        PreparedInsert(Draft)(draft)
        self.assertEqual(Draft.objects.get(pk=draft.pk).fields, {"source": ["<b>ö"]})

    def test_it_is_one_query_for_one_and_for_several(self):
        member = make_user()
        store = PreparedInsert(FormKey)
        for number in (0, 1, 3):
            new = [FormKey(user=member, key=uuid4(), action="vote:1") for _ in range(number)]
            with self.assertNumQueries(min(number, 1)):
                store.together(new)
            self.assertEqual(
                {each.pk for each in new},
                set(
                    FormKey.objects.filter(key__in=[each.key for each in new]).values_list(
                        "pk", flat=True
                    )
                ),
            )

    def test_what_the_database_refuses_is_raised_and_undoes_the_rest(self):
        store = PreparedInsert(FormKey)
        member, key = make_user(), uuid4()
        store(FormKey(user=member, key=key, action="reply:1"))
        with self.assertRaises(IntegrityError), transaction.atomic():
            store(FormKey(user=member, key=key, action="reply:1"))
        self.assertEqual(FormKey.objects.filter(key=key).count(), 1)
        with transaction.atomic():
            with self.assertRaises(IntegrityError):
                store(FormKey(user=member, key=key, action="reply:1"))
            self.assertTrue(transaction.get_rollback())
            transaction.set_rollback(True)

    def test_where_one_is_shared_the_object_takes_its_key(self):
        member = make_user()
        store = PreparedInsert(Letter, shared=["gathers"])

        def letters(number):
            return [
                Letter(
                    recipient=member, way="daily", gathers=f"daily:{place}", created_at=AT,
                    due_at=AT,
                )
                for place in range(number)
            ]  # fmt: skip

        (first,), (again,), several = letters(1), letters(1), letters(3)
        store(first)
        store.together([again])
        store.together(several)
        self.assertEqual(again.pk, first.pk)
        self.assertEqual(Letter.objects.count(), 3)

    def test_what_is_there_is_not_stored_once_more_and_nothing_is_undone(self):
        store = PreparedInsert(FormKey, once=True)
        member, key = make_user(), uuid4()
        first, again, other = (
            FormKey(user=member, key=key, action=f"vote:{number}") for number in (1, 1, 2)
        )
        with transaction.atomic():
            self.assertEqual([store(each) for each in (first, again, other)], [True, False, True])
        self.assertIsNone(again.pk)
        stored = FormKey.objects.filter(key=key).values_list("pk", flat=True)
        self.assertCountEqual(stored, [first.pk, other.pk])
