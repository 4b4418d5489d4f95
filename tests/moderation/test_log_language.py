"""Whoever decides may read in any language: what is hashed, and kept for others, is in one."""

from datetime import UTC, datetime
from unittest import mock

from django.test import TestCase
from django.utils import translation
from django.utils.translation import trans_real

from forum.moderation import log, words
from forum.moderation.appeals import appeal
from forum.moderation.models import FrozenText, LogEntry
from forum.notifications.models import Notice
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_case

GERMAN = {
    "Post %(post)s in the discussion of %(essay)s": "Beitrag %(post)s zu „%(essay)s“",
    "Your post in the discussion of %(essay)s": "Dein Beitrag zu „%(essay)s“",
    "Its author asks another moderator to look at decision %(number)s again.": "Einspruch.",
    "Hidden": "Verborgen",
    "%(followed)s of %(decided)s report followed": "%(followed)s von %(decided)s Meldung",
}
SPRING, LATER = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)


def speaking_german():
    """With these words in the catalogue, whatever else is in it."""
    known = trans_real.translation("de")._catalog._catalogs[0]
    return mock.patch.dict(known, GERMAN), translation.override("de")


class LogLanguageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.author, cls.moderator = make_user("tobias"), make_moderator("mags")
        cls.post = make_comment(make_essay("The Collar"), author=cls.author)
        known, german = speaking_german()
        with known, german:
            decide(make_case(make_comment(author=cls.author)), moderator=cls.moderator, now=SPRING)
            cls.decision = decide(
                make_case(cls.post), moderator=cls.moderator, sanction="warn", now=LATER
            )
            cls.there = words.subject_of(cls.post)
            appeal(
                appellant=cls.author, decision=cls.decision, text="It was no quarrel.", now=LATER
            )

    def test_a_page_names_a_post_in_the_language_of_its_reader(self):
        self.assertEqual(self.there, f"Beitrag {self.post.pk} zu „The Collar“")

    def test_the_log_names_it_in_its_own(self):
        entry = LogEntry.objects.get(decision=self.decision)
        self.assertEqual(entry.kind, "hide")
        self.assertEqual(entry.subject, f"Post {self.post.pk} in the discussion of The Collar")

    def test_the_log_tells_of_an_appeal_in_its_own_language(self):
        told = LogEntry.objects.get(kind="appeal").reason
        self.assertIn("asks another moderator to look at decision", told)

    def test_what_was_judged_is_frozen_in_the_language_of_the_log(self):
        (earlier,) = FrozenText.objects.get(decision=self.decision).context["record"]
        self.assertEqual((earlier["outcome"], earlier["on"]), ("Hidden", "3 March 2026"))

    def test_the_chain_holds_in_whatever_language_it_is_verified(self):
        self.assertIsNone(log.first_broken())
        known, german = speaking_german()
        with known, german:
            self.assertIsNone(log.first_broken())

    def test_members_are_told_in_the_language_of_the_site(self):
        told = Notice.objects.filter(recipient=self.author).values_list("sentence", flat=True)
        self.assertIn("Your post in the discussion of The Collar was hidden.", " ".join(told))
        self.assertIn("This is a warning", self.decision.sanction.message)
