from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from forum.discussion import actions
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import locking
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user


class CommentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essayist, cls.member = make_user(), make_user()
        cls.essay = make_essay("Straw", author=cls.essayist)

    def comment(self, author=None, essay=None, source="A remark."):
        return actions.comment(
            author=author or self.member, essay=essay or self.essay, source=source
        )

    def test_the_first_remark_opens_the_discussion_and_the_second_finds_it(self):
        first, second = self.comment(), self.comment()
        self.assertEqual(first.thread, second.thread)
        self.assertEqual(first.thread.kind, ThreadKind.DISCUSSION)
        self.assertEqual((first.depth, second.depth), (1, 1))

    def test_every_essay_has_a_discussion_of_its_own(self):
        self.assertNotEqual(self.comment().thread, self.comment(essay=make_essay()).thread)

    def test_the_author_of_the_essay_is_shown_as_such(self):
        self.assertTrue(self.comment(self.essayist).as_author)
        self.assertFalse(self.comment().as_author)
        self.assertFalse(self.comment(self.essayist, essay=make_essay()).as_author)

    def test_the_essay_counts_it_and_tells_its_kept_pages(self):
        before = self.essay.version
        self.comment()
        self.essay.refresh_from_db()
        self.assertEqual(self.essay.post_count, 1)
        self.assertGreater(self.essay.version, before)

    def test_what_is_refused_leaves_nothing_behind(self):
        silenced = make_user(silenced_until=timezone.now() + timedelta(days=1))
        draft = make_essay(published=False)
        cases = [
            (silenced, self.essay, "You can read, but not write"),
            (make_user(is_active=False), self.essay, "This account is closed."),
            (self.member, draft, "This essay is not published yet."),
        ]
        for author, essay, reason in cases:
            with self.subTest(reason=reason), self.assertRaisesMessage(Refused, reason):
                self.comment(author, essay)
        with self.assertRaises(Unrenderable):
            self.comment(source=" ")
        self.assertFalse(Thread.objects.exists())
        self.assertFalse(Post.objects.exists())

    def test_a_closed_discussion_takes_no_remark(self):
        locking.lock(thread=self.comment().thread, reason="Enough.")
        with self.assertRaisesMessage(Refused, "This thread is closed: Enough."):
            self.comment()


class ReplyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.parent = make_comment(make_essay("Straw"))
        cls.member = make_user()

    def reply(self, author=None, parent=None, source="A reply."):
        return actions.reply(
            author=author or self.member, parent=parent or self.parent, source=source
        )

    def test_it_stands_below_what_it_answers(self):
        reply = self.reply()
        self.assertEqual((reply.parent, reply.thread), (self.parent, self.parent.thread))
        self.assertEqual(reply.depth, 2)

    def test_whoever_is_answered_is_told_once(self):
        reply = self.reply(source="Yes, **quite**.")
        notice = Notice.objects.get()
        self.assertEqual((notice.recipient, notice.actor), (self.parent.author, self.member))
        self.assertEqual(notice.sentence, "answered you in the open discussion of Straw")
        self.assertEqual((notice.excerpt, notice.url), ("Yes, quite.", reply.get_absolute_url()))

    def test_nobody_is_told_that_they_answered_themselves(self):
        self.reply(author=self.parent.author)
        self.assertFalse(Notice.objects.exists())

    def test_nothing_answers_a_post_that_is_gone(self):
        for status in set(PostStatus.values) - {PostStatus.VISIBLE}:
            gone = posts.set_status(post=make_comment(), status=status)
            with self.subTest(status=status), self.assertRaises(Refused):
                self.reply(parent=gone)

    def test_a_counterpoint_is_answered_by_counterpoints_only(self):
        claim = make_claim()
        for post in (claim.opening, make_counterpoint(claim).post):
            with self.assertRaisesMessage(Refused, "counterpoint"):
                self.reply(parent=post)
        self.assertEqual(claim.thread.posts.count(), 2)
