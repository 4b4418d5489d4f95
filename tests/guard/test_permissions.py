from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from forum.guard.permissions import can_write
from tests.factories import make_moderator, make_newcomer


class WritingTests(TestCase):
    def test_who_may_write_now(self):
        now = timezone.now()
        soon, past = now + timedelta(days=1), now - timedelta(minutes=1)
        cases = [
            (make_newcomer(), True, ""),
            (AnonymousUser(), False, "Log in"),
            (make_newcomer(is_active=False), False, "closed"),
            (make_newcomer(silenced_until=soon), False, "You can read, but not write, until"),
            (make_newcomer(silenced_until=past), True, ""),
            (make_newcomer(suspended_until=soon), False, "suspended until"),
            (make_newcomer(suspended_until=past), True, ""),
            (make_moderator(silenced_until=soon), False, "You can read, but not write, until"),
            (make_newcomer(suspended_until=soon, silenced_until=soon), False, "suspended until"),
        ]
        for user, allowed, words in cases:
            verdict = can_write(user)
            with self.subTest(words=words, allowed=allowed):
                self.assertEqual(bool(verdict), allowed)
                self.assertIn(words, verdict.reason)

    def test_the_reason_names_the_minute_when_it_ends(self):
        until = datetime(2099, 3, 7, 16, 5, tzinfo=UTC)
        for sanction in ("silenced_until", "suspended_until"):
            with self.subTest(sanction=sanction):
                verdict = can_write(make_newcomer(**{sanction: until}))
                self.assertIn("until 7 March 2099, 16:05 UTC.", verdict.reason)
