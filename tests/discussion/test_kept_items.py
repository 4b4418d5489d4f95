"""What was made of a post for one reader is taken for the next only if it would say the same."""

from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.discussion import views
from forum.notifications.muting import silence
from forum.posts import visits
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user
from tests.kept import KeptItems, item, read


class KeptItemsTests(KeptItems, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.tobias, cls.member = make_user("tobias"), make_user("member")
        cls.top = make_comment(cls.essay, author=cls.tobias, source="The top.")
        cls.answer = make_comment(parent=cls.top, author=cls.tobias, source="An answer.")
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def item(self, member=None, query="", **headers):
        """Of the first answer."""
        return item(read(self.url + query, member, **headers), self.answer)

    def test_in_each_language(self):
        # A post of which only the site's own words are left.
        self.answer.status = PostStatus.REMOVED
        self.answer.save()
        self.assert_each_reads_their_own(
            self.item,
            lambda: self.item(**{"accept-language": "de"}),
        )

    def test_by_each_clock(self):
        here = make_user("here")
        away = make_user("away", time_zone="Asia/Tokyo")
        self.assert_each_reads_their_own(lambda: self.item(here), lambda: self.item(away))

    def test_what_is_new_to_one_is_not_to_another(self):
        now = timezone.now()
        visits.visit(
            member=self.member, thread=self.top.thread, newest=self.top.pk,
            now=now - timedelta(days=3),
        )  # fmt: skip
        other = make_user("other")
        self.assert_each_reads_their_own(lambda: self.item(self.member), lambda: self.item(other))

    def test_whom_one_mutes_another_reads(self):
        silence(member=self.member, other=self.tobias, how="mute")
        other = make_user("other")
        self.assert_each_reads_their_own(lambda: self.item(self.member), lambda: self.item(other))

    def test_what_is_explained_to_one_is_kept_for_nobody(self):
        self.answer.status = PostStatus.HIDDEN
        self.answer.save()
        for words in ("It was rude.", "It was rude, and beside the point."):
            with patch.object(views, "explained", return_value={self.answer.pk: words}):
                self.assertIn(words, self.item(self.tobias))

    def test_beneath_what_it_answers_and_elsewhere(self):
        visits.visit(
            member=self.member, thread=self.top.thread, newest=self.top.pk,
            now=timezone.now() - timedelta(days=3),
        )  # fmt: skip
        self.assert_each_reads_their_own(
            lambda: self.item(self.member),
            lambda: self.item(self.member, "?only=new"),
        )
