from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase
from django.utils import timezone

from forum.posts import locking, permissions
from forum.posts.models import Post
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_essay, make_moderator, make_user

VISIBLE, HELD, HIDDEN, REMOVED, WITHDRAWN, *_ = PostStatus.values


class PermissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        soon = timezone.now() + timedelta(days=1)
        cls.post = make_comment()
        cls.people = {
            "author": cls.post.author,
            "member": make_user(),
            "moderator": make_moderator(),
            "silenced": make_user(silenced_until=soon),
            "suspended": make_user(suspended_until=soon),
            "visitor": AnonymousUser(),
        }

    def allowed(self, permission, post=None):
        return {who for who, user in self.people.items() if permission(user, post or self.post)}

    def with_status(self, status):
        post = Post.objects.get(pk=self.post.pk)
        post.status = status
        return post

    def assert_allowed(self, permission, table):
        for status, people in table.items():
            with self.subTest(status=status):
                self.assertEqual(self.allowed(permission, self.with_status(status)), people)

    def test_who_replies(self):
        writers = {"author", "member", "moderator"}
        self.assert_allowed(
            permissions.can_reply,
            {VISIBLE: writers, HELD: set(), HIDDEN: set(), REMOVED: set(), WITHDRAWN: set()},
        )

    def test_who_edits_and_who_withdraws(self):
        table = {VISIBLE: {"author"}, HIDDEN: set(), REMOVED: set(), WITHDRAWN: set()}
        self.assert_allowed(permissions.can_edit, table | {HELD: {"author"}})
        self.assert_allowed(permissions.can_withdraw, table | {HELD: set()})

    def test_a_post_that_is_held_back_is_not_withdrawn_into_sight(self):
        held = self.with_status(HELD)
        self.assertEqual(permissions.can_withdraw(held.author, held).reason,
                         "This post is not public any more.")  # fmt: skip

    def test_who_votes(self):
        others = {"member", "moderator"}
        self.assert_allowed(
            permissions.can_vote,
            {VISIBLE: others, HELD: set(), HIDDEN: set(), REMOVED: set(), WITHDRAWN: set()},
        )

    def test_a_visitor_is_told_to_log_in_whatever_the_post_is(self):
        opening = make_claim().opening
        for post in (self.post, opening, self.with_status(HIDDEN)):
            verdict = permissions.can_vote(self.people["visitor"], post)
            self.assertEqual(verdict.reason, "Log in to vote.")

    def test_who_reads_what_it_said_before(self):
        everybody, few = set(self.people), {"author", "moderator"}
        self.assert_allowed(
            permissions.can_read,
            {VISIBLE: everybody, WITHDRAWN: everybody, HELD: few, HIDDEN: few, REMOVED: few},
        )

    def test_nothing_is_written_voted_or_edited_in_a_closed_thread(self):
        locking.lock(thread=self.post.thread, reason="Enough.")
        post = Post.objects.get(pk=self.post.pk)
        for permission in (permissions.can_reply, permissions.can_vote, permissions.can_edit):
            with self.subTest(permission=permission.__name__):
                self.assertEqual(self.allowed(permission, post), set())
        self.assertEqual(self.allowed(permissions.can_withdraw, post), {"author"})

    def test_nothing_is_written_under_a_draft(self):
        thread = self.post.thread
        thread.essay = make_essay(published=False)
        self.assertEqual(permissions.can_post(self.people["member"], thread).reason,
                         "This essay is not published yet.")  # fmt: skip
        post = Post.objects.get(pk=self.post.pk)
        post.thread = thread
        self.assertEqual(self.allowed(permissions.can_vote, post), set())

    def test_an_author_who_is_silenced_neither_edits_nor_withdraws(self):
        author = self.post.author
        author.silenced_until = timezone.now() + timedelta(days=1)
        for permission in (permissions.can_edit, permissions.can_withdraw):
            self.assertIn("You can read, but not write", permission(author, self.post).reason)

    def test_a_statement_is_neither_voted_on_nor_withdrawn(self):
        opening = make_claim(author=self.people["author"]).opening
        self.assertEqual(self.allowed(permissions.can_vote, opening), set())
        self.assertEqual(self.allowed(permissions.can_withdraw, opening), set())

    def test_every_refusal_says_why(self):
        for name in ("can_reply", "can_edit", "can_withdraw", "can_vote", "can_read"):
            for status in PostStatus.values:
                for user in self.people.values():
                    verdict = getattr(permissions, name)(user, self.with_status(status))
                    self.assertEqual(bool(verdict.reason), not verdict)
