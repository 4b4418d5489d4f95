"""Each is told of a decision in their own language, whoever decided, and whenever it is told."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone, translation

from forum.lib.house import House, keep
from forum.notifications.happenings import tell_due
from forum.notifications.models import Notice
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_report


class LanguageOfDecisionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.reporter = make_user(language="de"), make_user(language="en-gb")
        cls.post = make_comment(make_essay("The Collar"), author=cls.author)
        cls.case = make_report(cls.post, reporter=cls.reporter).case
        cls.moderator = make_moderator(language="ar")

    def told(self, member):
        return Notice.objects.get(recipient=member, kind="decided").sentence

    def check(self):
        self.assertEqual(
            self.told(self.author),
            "Dein Beitrag in der Diskussion zu „The Collar“ wurde verborgen. Regel 2. Lass die"
            " Person in Ruhe.",
        )
        self.assertEqual(
            self.told(self.reporter),
            "The post in the discussion of The Collar that you reported was hidden. Rule 2. Leave"
            " the person alone.",
        )

    def test_at_once(self):
        with translation.override("ar"):
            decide(self.case, moderator=self.moderator)
        self.check()

    def test_when_it_can_be_taken_back_no_more(self):
        keep(House(undo_minutes=10))
        with translation.override("ar"):
            decide(self.case, moderator=self.moderator)
        self.assertFalse(Notice.objects.filter(kind="decided").exists())
        tell_due(now=timezone.now() + timedelta(minutes=11))
        self.check()
