"""In which language somebody is told of what was written, whoever has written it."""

from unittest import mock

from django.test import TestCase
from django.utils import translation

from forum.discussion.actions import comment, reply
from forum.notifications.following import set_following
from forum.notifications.happenings import tell_due
from forum.notifications.models import FollowKind, Notice
from tests.factories import make_comment, make_essay, make_user


def named(words):
    return f"{translation.get_language()}: {words}"


class LanguageOfNoticesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()

    def told(self, member):
        return Notice.objects.get(recipient=member).sentence.partition(":")[0]

    def test_whoever_is_answered_is_told_in_their_own_language(self):
        reader = make_user(language="de")
        first = make_comment(essay=self.essay, author=reader)
        with mock.patch("forum.discussion.telling._", named), translation.override("ar"):
            reply(author=make_user(language="ar"), parent=first, source="It is not so.")
        self.assertEqual(self.told(reader), "de")

    def test_each_who_follows_is_told_in_their_own_language(self):
        readers = [make_user(language=language) for language in ("de", "", "ar")]
        for reader in readers:
            set_following(
                member=reader, kind=FollowKind.DISCUSSION, thing=self.essay.pk, follows=True
            )
        with mock.patch("forum.discussion.telling._", named), translation.override("de"):
            comment(author=make_user(), essay=self.essay, source="It is not so.")
        tell_due()
        self.assertEqual([self.told(reader) for reader in readers], ["de", "en-gb", "ar"])

    def test_whoever_is_mentioned_and_settled_no_language_is_told_in_the_site_s(self):
        reader = make_user("wren")
        with mock.patch("forum.posts.mentioning._", named), translation.override("ar"):
            comment(author=make_user(), essay=self.essay, source="Ask @wren about it.")
        self.assertEqual(self.told(reader), "en-gb")
