"""How often somebody may do something is counted exactly, whoever asks at the same moment."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase, TransactionTestCase
from django.urls import reverse

from forum.guard.limits import MOST_COLUMNS, forget_old_tallies, take, take_of
from forum.guard.models import Limit, Tally
from forum.guard.usual import USUAL, usual
from tests.factories import make_editor, make_newcomer
from tests.together import together

# The beginning of a span of any of the lengths below.
NOON = 1_767_225_600


def spend(times, name="letters", subject="wren", now=NOON):
    return [take_of(name, subject, most=3, seconds=60, now=now) for _ in range(times)]


class LimitTests(TestCase):
    def test_so_many_are_allowed_in_a_span_and_no_more(self):
        taken = spend(5)
        self.assertEqual([each.left for each in taken], [2, 1, 0, 0, 0])
        self.assertEqual([each.is_spent for each in taken], [False] * 3 + [True] * 2)

    def test_whoever_is_past_it_writes_nothing(self):
        spend(5)
        self.assertEqual(Tally.objects.get().count, 3)

    def test_it_begins_anew_with_each_span_and_says_when(self):
        spend(3, now=NOON + 59.9)
        self.assertEqual(spend(1, now=NOON + 59.9)[0].ends_in, 1)
        self.assertFalse(spend(1, now=NOON + 60)[0].is_spent)

    def test_subjects_and_names_are_counted_apart(self):
        spend(3)
        self.assertFalse(spend(1, subject="gimel")[0].is_spent)
        self.assertFalse(spend(1, name="posts")[0].is_spent)

    def test_the_table_says_how_much_and_the_program_where_it_says_nothing(self):
        Limit.objects.update_or_create(name="api", defaults={"most": 7, "seconds": 30})
        taken = take("api", "wren", now=NOON)
        self.assertEqual((taken.most, taken.seconds, taken.left), (7, 30, 6))
        with self.assertNumQueries(2):
            take("api", "wren", now=NOON)
        spent = [take("api", "wren", now=NOON).is_spent for _ in range(6)]
        self.assertEqual(spent, [False] * 5 + [True])
        Limit.objects.all().delete()
        self.assertEqual(take("api", "gimel", now=NOON).most, usual("api").most)

    def test_the_migrated_limits_are_those_of_the_program(self):
        told = Limit.objects.values_list("name", *MOST_COLUMNS, "seconds")
        self.assertEqual(
            set(told), {(each.name, each.most, *each.more, each.seconds) for each in USUAL}
        )

    def test_counts_of_spans_that_have_ended_are_forgotten(self):
        spend(1)
        spend(1, now=NOON + 60)
        self.assertEqual(forget_old_tallies(now=NOON + 61), 1)
        self.assertEqual(Tally.objects.get().since, NOON + 60)

    def test_a_limit_allows_something_and_never_everything(self):
        limit = Limit.objects.get(name="api")
        for most, seconds in ((0, 60), (1_000_001, 60), (1, 0), (1, 86_401)):
            limit.most, limit.seconds = most, seconds
            with self.subTest(most=most, seconds=seconds), self.assertRaises(ValidationError):
                limit.full_clean()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Limit.objects.create(name="none", most=0, seconds=1)


class LimitAdminTests(TestCase):
    def test_keepers_change_how_much_and_nothing_else(self):
        self.client.force_login(make_newcomer(is_superuser=True, is_staff=True))
        limit = Limit.objects.get(name="api")
        page = reverse("admin:guard_limit_change", args=[limit.pk])
        self.client.post(page, {"most": 9, "seconds": 60, "name": "other"})
        limit.refresh_from_db()
        self.assertEqual((limit.name, limit.most), ("api", 9))
        self.assertNotContains(self.client.get(page), "most_trusted")
        own = reverse("admin:guard_limit_change", args=[Limit.objects.get(name="post-account").pk])
        self.client.post(own, {"most": 3, "most_trusted": 99, "seconds": 60})
        changed = Limit.objects.get(name="post-account")
        self.assertEqual((changed.most, changed.most_member, changed.most_trusted), (3, None, 99))
        refused = self.client.post(page, {"most": 0, "seconds": 60})
        self.assertIn("most", refused.context["adminform"].form.errors)
        self.assertEqual(self.client.get(reverse("admin:guard_limit_add")).status_code, 403)
        gone = reverse("admin:guard_limit_delete", args=[limit.pk])
        self.assertEqual(self.client.post(gone, {"post": "yes"}).status_code, 403)

    def test_editors_do_not(self):
        self.client.force_login(make_editor())
        limit = Limit.objects.get(name="api")
        page = reverse("admin:guard_limit_change", args=[limit.pk])
        self.assertEqual(self.client.post(page, {"most": 9, "seconds": 60}).status_code, 403)


class TogetherTests(TransactionTestCase):
    def test_of_many_at_once_exactly_so_many_are_allowed(self):
        def deed():
            return [take_of("api", "wren", most=20, seconds=60, now=NOON) for _ in range(5)]

        taken = [each for part in together(*[deed] * 8) for each in part]
        self.assertEqual(sum(not each.is_spent for each in taken), 20)
        self.assertEqual(sorted(each.left for each in taken if not each.is_spent), list(range(20)))

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
    def test_one_who_waits_for_nothing_else_is_not_held_up(self):
        with transaction.atomic():
            spend(1)
            (other,) = together(lambda: spend(1, subject="gimel")[0])
        self.assertFalse(other.is_spent)
