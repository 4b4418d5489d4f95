"""Two workers at the same instant."""

from django.core import mail
from django.db import connection
from django.test import TransactionTestCase

from forum.notifications.actions import mark
from forum.notifications.delivery import deliver
from forum.notifications.models import Letter, Notice
from tests.notifications.readers import at_once, make_reader, tell
from tests.together import together


class TwoWorkersTests(TransactionTestCase):
    def test_no_letter_is_sent_twice(self):
        reader = make_reader(ways=at_once())
        for _ in range(8):
            tell(reader)
        together(deliver, deliver)
        self.assertEqual(set(Letter.objects.values_list("state", flat=True)), {"sent"})
        ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
        self.assertEqual((len(ids), len(set(ids))), (8, 8), connection.vendor)

    def test_a_notice_read_twice_at_once_counts_once(self):
        reader = make_reader(ways=at_once())
        tell(reader)
        first = tell(reader)
        together(*[lambda: mark(user=reader, pk=first.pk, is_read=True)] * 2)
        reader.refresh_from_db()
        self.assertEqual(reader.unread_notices, Notice.objects.filter(read_at=None).count())
