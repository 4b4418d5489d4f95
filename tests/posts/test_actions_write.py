from datetime import UTC, datetime

from django.test import TestCase

from forum.discussion.actions import discussion_of
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.notifications.models import Notice
from forum.posts import actions, locking, paths
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_essay, make_user


def deep_branch(depth, **fields):
    post = make_comment(**fields)
    for _ in range(depth - 1):
        post = make_comment(parent=post)
    return post


class PlaceTests(TestCase):
    def test_posts_follow_the_order_of_the_tree(self):
        essay = make_essay()
        first, second = make_comment(essay), make_comment(essay)
        below_second = make_comment(parent=second)
        below_first = make_comment(parent=first)
        deeper = make_comment(parent=below_first)
        later = make_comment(parent=first)
        order = list(Post.objects.filter(thread=first.thread).order_by("path"))
        self.assertEqual(order, [first, below_first, deeper, later, second, below_second])
        self.assertEqual([post.depth for post in order], [1, 2, 3, 2, 1, 2])

    def test_a_branch_counts_its_posts_in_order_of_writing(self):
        top = make_comment()
        child = make_comment(parent=top)
        grandchild = make_comment(parent=child)
        late = make_comment(parent=top)
        make_comment(top.thread.essay)
        branch = Post.objects.filter(branch=top).order_by("place_in_branch")
        self.assertEqual(list(branch), [top, child, grandchild, late])
        self.assertEqual([post.place_in_branch for post in branch], [1, 2, 3, 4])
        top.refresh_from_db()
        self.assertEqual((top.branch_count, top.reply_count), (4, 2))

    def test_a_reply_to_the_deepest_post_stands_beside_it(self):
        deepest = deep_branch(paths.MAX_DEPTH)
        self.assertEqual(deepest.depth, paths.MAX_DEPTH)
        beside = make_comment(parent=deepest)
        again = make_comment(parent=beside)
        for post in (beside, again):
            self.assertEqual((post.depth, post.parent), (paths.MAX_DEPTH, deepest.parent))
        self.assertLess(deepest.path, beside.path)
        self.assertLess(beside.path, again.path)
        deepest.refresh_from_db()
        self.assertEqual(deepest.reply_count, 0)

    def test_a_number_is_never_given_twice(self):
        top = make_comment()
        first, second = make_comment(parent=top), make_comment(parent=top)
        for post in (first, second):
            actions.withdraw(by=post.author, post=post)
        Post.objects.filter(pk=second.pk).delete()
        third = make_comment(parent=top)
        self.assertEqual(third.path, paths.child(top.path, 3))
        self.assertEqual(third.place_in_branch, 4)

    def test_a_top_level_number_is_never_given_twice(self):
        essay = make_essay()
        make_comment(essay)
        gone = make_comment(essay)
        Post.objects.filter(pk=gone.pk).update(branch=None)
        Post.objects.filter(pk=gone.pk).delete()
        self.assertEqual(make_comment(essay).path, paths.step(3))

    def test_an_answer_to_a_statement_is_top_level(self):
        claim = make_claim()
        post = actions.write(
            author=make_user(), thread=claim.thread, parent=claim.opening, source="No."
        )
        self.assertEqual((post.depth, post.path, post.branch), (1, paths.step(1), post))


class WriteTests(TestCase):
    def test_a_post_is_stored_rendered_with_its_card(self):
        post = make_comment(source="**Straw** & Crème")
        post.refresh_from_db()
        self.assertIn("<strong>Straw</strong> &amp; Crème", post.html)
        self.assertEqual((post.text, post.folded), ("Straw & Crème", "straw & creme"))
        self.assertIn(post.html, post.card_html)

    def test_totals_and_the_version_move_with_it(self):
        author, essay = make_user(), make_essay()
        when = datetime(2026, 3, 1, 12, tzinfo=UTC)
        post = make_comment(essay, author=author, now=when)
        essay.refresh_from_db()
        before = essay.version, Thread.objects.get(pk=post.thread_id).version
        make_comment(parent=post, author=author, now=when)
        thread = Thread.objects.get(pk=post.thread_id)
        essay.refresh_from_db()
        author.refresh_from_db()
        self.assertEqual((thread.post_count, thread.top_count), (2, 1))
        self.assertEqual((essay.post_count, author.post_count), (2, 2))
        self.assertEqual(thread.last_post_at, when)
        self.assertGreater(essay.version, before[0])
        self.assertGreater(thread.version, before[1])

    def test_words_that_cannot_be_rendered_leave_nothing_behind(self):
        thread = discussion_of(make_essay())
        for source in ("", " \n ", "&nbsp;", "---", "x" * 10_001):
            with self.subTest(length=len(source)), self.assertRaises(Unrenderable):
                actions.write(author=make_user(), thread=thread, parent=None, source=source)
        thread.refresh_from_db()
        self.assertFalse(thread.posts.exists())
        self.assertEqual((thread.post_count, thread.top_count), (0, 0))

    def test_nothing_is_written_below_a_post_that_was_taken_down(self):
        post = actions.set_status(post=make_comment(), status=PostStatus.REMOVED)
        with self.assertRaisesMessage(Refused, "This post is no longer here."):
            actions.write(author=make_user(), thread=post.thread, parent=post, source="No.")

    def test_nothing_is_written_in_a_closed_thread(self):
        post = make_comment()
        locking.lock(thread=post.thread, reason="It has been said.")
        post = Post.objects.get(pk=post.pk)
        with self.assertRaisesMessage(Refused, "It has been said."):
            make_comment(parent=post)
        locking.unlock(thread=post.thread)
        make_comment(parent=Post.objects.get(pk=post.pk))


class MentionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.writer = make_user("Ruth"), make_user("writer")

    def told(self):
        return list(Notice.objects.filter(recipient=self.ruth).values_list("kind", flat=True))

    def test_whoever_is_named_is_told_once_however_often(self):
        make_comment(author=self.writer, source="@ruth and @Ruth and @RUTH, and @nobody.")
        self.assertEqual(self.told(), ["mentioned"])
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.unread_notices, 1)

    def test_an_edit_tells_only_those_who_were_not_named_before(self):
        tobias = make_user("tobias")
        post = make_comment(author=self.writer, source="See @ruth.")
        post = actions.edit(by=self.writer, post=post, source="See @ruth and @tobias.")
        actions.edit(by=self.writer, post=post, source="See @tobias, and @ruth.")
        self.assertEqual(self.told(), ["mentioned"])
        self.assertEqual(Notice.objects.filter(recipient=tobias).count(), 1)

    def test_whoever_is_answered_hears_of_it_once(self):
        post = make_comment(author=self.ruth)
        make_comment(parent=post, author=self.writer, source="Yes, @ruth.")
        self.assertEqual(self.told(), ["answered"])

    def test_nobody_is_told_that_they_named_themselves(self):
        make_comment(author=self.ruth, source="I, @ruth.")
        self.assertEqual(self.told(), [])
