from datetime import timedelta
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from forum.guard.models import FormKey
from tests.factories import make_user


class TidyTests(TestCase):
    def test_it_forgets_spent_keys_and_keeps_the_others(self):
        member = make_user()
        old = FormKey.objects.create(user=member, key=uuid4(), action="answer:1")
        FormKey.objects.filter(pk=old.pk).update(used_at=timezone.now() - timedelta(days=8))
        fresh = FormKey.objects.create(user=member, key=uuid4(), action="answer:1")
        out = StringIO()
        call_command("tidy", stdout=out)
        self.assertEqual(list(FormKey.objects.all()), [fresh])
        self.assertIn("Forgot 1 form keys", out.getvalue())
