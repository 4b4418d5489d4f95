"""What was taken down is not read in the inboxes that it had reached."""

from django.test import TestCase

from forum.notifications.models import Notice
from forum.posts import actions
from forum.posts.mentioning import MENTIONS_TOLD
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_essay, make_user


class InboxTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.bess = make_user("bess")
        cls.remark = make_comment(make_essay())
        cls.post = make_comment(parent=cls.remark, source="You are a fool, and @bess too.")
        cls.other = make_comment(parent=cls.remark, source="A fair answer.")

    def excerpts(self):
        return set(Notice.objects.values_list("excerpt", flat=True))

    def test_its_words_leave_the_inboxes_and_the_notices_stay(self):
        for status in (PostStatus.HELD, PostStatus.HIDDEN, PostStatus.REMOVED):
            with self.subTest(status=status):
                Notice.objects.filter(url=self.post.get_absolute_url()).update(excerpt="You are")
                actions.set_status(post=self.post, status=status)
                self.assertEqual(self.excerpts(), {"", "A fair answer."})
        self.assertEqual(Notice.objects.count(), 3)

    def test_what_its_author_withdraws_stays_readable_there_as_everywhere(self):
        actions.withdraw(by=self.post.author, post=self.post)
        self.assertNotIn("", self.excerpts())


class MentionTests(TestCase):
    def test_a_post_of_names_tells_a_few_and_fails_for_nobody(self):
        names = [f"n{number}" for number in range(1500)]
        heard = [make_user(name) for name in names[: MENTIONS_TOLD + 3]]
        make_comment(source=" ".join(f"@{name}" for name in names))
        self.assertEqual(Notice.objects.filter(recipient__in=heard).count(), MENTIONS_TOLD)
