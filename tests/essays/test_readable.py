from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from essays.models import Essay
from essays.querysets import is_readable_by
from tests.factories import make_editor, make_essay, make_user


class ReadableTests(TestCase):
    def test_the_rule_for_an_essay_in_hand_is_that_of_the_lists(self):
        tomorrow = timezone.now() + timedelta(days=1)
        essays = [make_essay(), make_essay(published=False), make_essay(published_at=tomorrow)]
        for user in (AnonymousUser(), make_user(), make_editor()):
            for essay in essays:
                listed = Essay.objects.visible_to(user).filter(pk=essay.pk).exists()
                self.assertEqual(is_readable_by(user, essay), listed)
