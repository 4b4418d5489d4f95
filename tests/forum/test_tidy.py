from datetime import timedelta
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from essays.models import Draft, Manuscript, OpenEdit, PreviewLink
from forum.guard.models import FormKey
from tests.factories import make_essay, make_user


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

    def test_it_forgets_manuscripts_of_a_month_ago_and_links_that_have_ended(self):
        now = timezone.now()
        old, waiting = (
            Manuscript.objects.create(file_name=name, uploaded_at=now - timedelta(days=days))
            for name, days in (("old.txt", 31), ("new.txt", 29))
        )
        essay, editor = make_essay(), make_user()
        draft = Draft.objects.create(essay=essay, source="A bison.", saved_at=now)
        for token, days in (("ended", -1), ("open", 1)):
            PreviewLink.objects.create(
                draft=draft, token_digest=token, made_at=now, expires_at=now + timedelta(days=days)
            )
        OpenEdit.objects.create(essay=essay, editor=editor, seen_at=now - timedelta(days=2))
        here = OpenEdit.objects.create(essay=essay, editor=make_user("other"), seen_at=now)
        out = StringIO()
        call_command("tidy", stdout=out)
        self.assertIn("Forgot one manuscript of a month ago.", out.getvalue())
        self.assertNotIn(old, Manuscript.objects.all())
        self.assertIn(waiting, Manuscript.objects.all())
        self.assertEqual([link.token_digest for link in PreviewLink.objects.all()], ["open"])
        self.assertEqual(list(OpenEdit.objects.all()), [here])
