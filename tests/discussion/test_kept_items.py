"""What was made of a post for one reader is taken for the next only if it would say the same."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.discussion import views
from forum.notifications.muting import silence
from forum.posts import visits
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user
from tests.kept import forget_what_is_kept

KEYS = re.compile(r'(name="(?:csrfmiddlewaretoken|form_key|begun)" value=")[^"]*')


class KeptItemsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.tobias, cls.member = make_user("tobias"), make_user("member")
        cls.top = make_comment(cls.essay, author=cls.tobias, source="The top.")
        cls.answer = make_comment(parent=cls.top, author=cls.tobias, source="An answer.")
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def read(self, member=None, query="", **headers):
        client = Client(headers=headers)
        if member:
            client.force_login(User.objects.get(pk=member.pk))
        return KEYS.sub(r"\1", client.get(self.url + query).content.decode())

    def assert_each_reads_their_own(self, *readers):
        """Each of these, called, gives a page: alike whoever read before, and no two alike."""
        first = []
        for read in readers:
            forget_what_is_kept()
            first.append(read())
        self.assertEqual(len(set(first)), len(readers))
        for _ in range(2):
            for read, page in zip(readers, first, strict=True):
                self.assertEqual(read(), page)

    def item(self, page):
        """Of the first answer, up to where its own answers would begin."""
        start = page.index(f'id="post-{self.answer.pk}"')
        return page[start : page.index("</article>", start)]

    def test_in_each_language(self):
        # A post of which only the site's own words are left.
        self.answer.status = PostStatus.REMOVED
        self.answer.save()
        self.assert_each_reads_their_own(
            lambda: self.item(self.read()),
            lambda: self.item(self.read(**{"accept-language": "de"})),
        )

    def test_by_each_clock(self):
        here = make_user("here")
        away = make_user("away", time_zone="Asia/Tokyo")
        self.assert_each_reads_their_own(
            lambda: self.item(self.read(here)), lambda: self.item(self.read(away))
        )

    def test_what_is_new_to_one_is_not_to_another(self):
        now = timezone.now()
        visits.visit(
            member=self.member, thread=self.top.thread, newest=self.top.pk,
            now=now - timedelta(days=3),
        )  # fmt: skip
        other = make_user("other")
        self.assert_each_reads_their_own(
            lambda: self.item(self.read(self.member)), lambda: self.item(self.read(other))
        )

    def test_whom_one_mutes_another_reads(self):
        silence(member=self.member, other=self.tobias, how="mute")
        other = make_user("other")
        self.assert_each_reads_their_own(
            lambda: self.item(self.read(self.member)), lambda: self.item(self.read(other))
        )

    def test_what_is_explained_to_one_is_kept_for_nobody(self):
        self.answer.status = PostStatus.HIDDEN
        self.answer.save()
        for words in ("It was rude.", "It was rude, and beside the point."):
            with patch.object(views, "explained", return_value={self.answer.pk: words}):
                self.assertIn(words, self.item(self.read(self.tobias)))

    def test_beneath_what_it_answers_and_elsewhere(self):
        visits.visit(
            member=self.member, thread=self.top.thread, newest=self.top.pk,
            now=timezone.now() - timedelta(days=3),
        )  # fmt: skip
        self.assert_each_reads_their_own(
            lambda: self.item(self.read(self.member)),
            lambda: self.item(self.read(self.member, "?only=new")),
        )
