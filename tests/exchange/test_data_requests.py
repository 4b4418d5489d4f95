from datetime import UTC, datetime, timedelta

from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.exchange.leaving import ask_to_leave, erase_due
from forum.exchange.models import DataRequest
from tests.factories import make_user

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class DataRequestTests(TestCase):
    """Who asked for what, when they did, and when it was answered."""

    def test_an_erasure_says_when_it_was_asked_for_and_when_it_was_done(self):
        ask_to_leave(member=make_user("wren"), keeps_posts=True, at_once=False, now=NOW)
        done = NOW + timedelta(days=7)
        erase_due(now=done)
        record = DataRequest.objects.get(kind="erasure")
        self.assertEqual((record.asked_at, record.at), (NOW, done))
        self.assertEqual(record.asked_by, "the member")

    def test_of_a_letter_the_operator_tells_the_day(self):
        make_user("wren")
        call_command(
            "erase_member", "wren", "--keep-posts", "--asked-on", "2026-02-03", verbosity=0
        )
        record = DataRequest.objects.get()
        self.assertEqual(record.asked_at, datetime(2026, 2, 3, tzinfo=UTC))
        self.assertGreater(record.at, timezone.now() - timedelta(minutes=1))
        self.assertEqual(record.asked_by, "the operator")

    def test_a_day_that_is_none_or_is_to_come_is_refused(self):
        make_user("wren")
        for told, words in (("3 Feb", "is no day such as"), ("2999-01-01", "is yet to come")):
            with self.subTest(told=told), self.assertRaisesMessage(CommandError, words):
                call_command("erase_member", "wren", "--keep-posts", f"--asked-on={told}")
        self.assertFalse(DataRequest.objects.exists())

    def test_keepers_see_what_was_asked_what_waits_and_change_nothing_of_it(self):
        ask_to_leave(member=make_user("wren"), keeps_posts=True, at_once=False, now=NOW)
        self.client.force_login(make_user("keeper", is_superuser=True, is_staff=True))
        waiting = reverse("admin:exchange_departure_changelist")
        self.assertContains(self.client.get(waiting), "wren")
        erase_due(now=NOW + timedelta(days=7))
        record = DataRequest.objects.get()
        self.assertContains(
            self.client.get(reverse("admin:exchange_datarequest_changelist")), "Erasure"
        )
        for name in ("change", "delete"):
            url = reverse(f"admin:exchange_datarequest_{name}", args=[record.pk])
            self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)
