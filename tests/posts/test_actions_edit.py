from datetime import UTC, datetime, timedelta

from django.test import TestCase

from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused
from forum.posts import actions
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus
from tests.factories import cast_votes, make_claim, make_comment, make_moderator, make_user

WRITTEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = WRITTEN + actions.GRACE
LATER = SOON + timedelta(seconds=1)


class EditTests(TestCase):
    def setUp(self):
        self.post = make_comment(source="The hrose choked.", now=WRITTEN)

    def edit(self, source="The horse choked.", *, now=LATER, by=None):
        self.post = actions.edit(by=by or self.post.author, post=self.post, source=source, now=now)
        self.post.refresh_from_db()
        return [version.source for version in self.post.versions.all()]

    def test_a_slip_is_mended_unseen(self):
        self.assertEqual(self.edit(now=SOON), [])
        self.assertEqual(self.post.text, "The horse choked.")
        self.assertIsNone(self.post.edited_at)
        self.assertIn("The horse choked.", self.post.card_html)

    def test_later_the_words_before_stay_readable(self):
        self.assertEqual(self.edit(), ["The hrose choked."])
        version = self.post.versions.get()
        self.assertEqual((version.number, version.written_at), (1, WRITTEN))
        self.assertEqual((self.post.edit_count, self.post.edited_at), (1, LATER))
        self.assertIn("hrose", version.html)

    def test_what_was_never_let_through_is_read_in_no_history(self):
        actions.set_status(post=self.post, status=PostStatus.HELD)
        self.edit("Milder.")
        actions.set_status(post=self.post, status=PostStatus.VISIBLE)
        self.edit("Mild.", now=LATER + timedelta(hours=1))
        kept = self.post.versions.order_by("number").values_list("is_public", flat=True)
        self.assertEqual(list(kept), [False, True])

    def test_every_version_has_the_time_when_it_was_written(self):
        self.edit("Two.", now=LATER)
        last = LATER + timedelta(days=1)
        self.assertEqual(self.edit("Three.", now=last), ["The hrose choked.", "Two."])
        times = [version.written_at for version in self.post.versions.all()]
        self.assertEqual(times, [WRITTEN, LATER])

    def test_an_answered_post_always_keeps_what_was_answered(self):
        make_comment(parent=self.post)
        self.assertEqual(self.edit(now=WRITTEN), ["The hrose choked."])

    def test_a_post_that_was_voted_on_always_keeps_what_was_voted_on(self):
        for votes in ({"up": 1}, {"down": 1}):
            with self.subTest(votes=votes):
                self.post = make_comment(source="Before.", now=WRITTEN)
                cast_votes(self.post, **votes)
                self.assertEqual(self.edit(now=WRITTEN), ["Before."])

    def test_an_answer_that_a_page_did_not_know_of_counts_too(self):
        stale = Post.objects.get(pk=self.post.pk)
        make_comment(parent=self.post)
        actions.edit(by=stale.author, post=stale, source="New.", now=WRITTEN)
        self.assertEqual(stale.versions.count(), 1)

    def test_the_same_words_make_no_version(self):
        before = Thread.objects.get(pk=self.post.thread_id).version
        self.assertEqual(self.edit("The hrose choked."), [])
        self.assertEqual(Thread.objects.get(pk=self.post.thread_id).version, before)

    def test_the_essay_and_the_thread_tell_their_kept_pages(self):
        essay = self.post.thread.essay
        essay.refresh_from_db()
        before = essay.version, Thread.objects.get(pk=self.post.thread_id).version
        self.edit()
        essay.refresh_from_db()
        self.assertGreater(essay.version, before[0])
        self.assertGreater(Thread.objects.get(pk=self.post.thread_id).version, before[1])

    def test_words_that_cannot_be_rendered_change_nothing(self):
        with self.assertRaises(Unrenderable):
            self.edit(" ")
        self.post.refresh_from_db()
        self.assertEqual(self.post.source, "The hrose choked.")
        self.assertFalse(self.post.versions.exists())

    def test_nobody_else_edits_not_even_a_moderator(self):
        for by in (make_user(), make_moderator()):
            with self.assertRaisesMessage(Refused, "Only its author can edit a post."):
                self.edit(by=by)

    def test_a_post_taken_down_meanwhile_is_not_edited(self):
        stale = Post.objects.get(pk=self.post.pk)
        actions.set_status(post=self.post, status=PostStatus.REMOVED)
        with self.assertRaises(Refused):
            actions.edit(by=stale.author, post=stale, source="New.")


class WithdrawTests(TestCase):
    def setUp(self):
        self.post = make_comment(source="I was wrong.")

    def test_a_withdrawn_post_keeps_its_words_and_its_place(self):
        reply = make_comment(parent=self.post)
        actions.withdraw(by=self.post.author, post=self.post, now=LATER)
        self.post.refresh_from_db()
        self.assertEqual(self.post.status, PostStatus.WITHDRAWN)
        self.assertEqual(self.post.status_since, LATER)
        self.assertEqual(self.post.source, "I was wrong.")
        self.assertEqual(Post.objects.get(pk=reply.pk).parent, self.post)

    def test_it_is_not_withdrawn_twice_nor_by_another(self):
        with self.assertRaisesMessage(Refused, "Only its author"):
            actions.withdraw(by=make_moderator(), post=self.post)
        post = actions.withdraw(by=self.post.author, post=self.post)
        with self.assertRaisesMessage(Refused, "not public any more"):
            actions.withdraw(by=post.author, post=post)

    def test_a_post_taken_down_meanwhile_does_not_come_back_as_withdrawn(self):
        stale = Post.objects.get(pk=self.post.pk)
        actions.set_status(post=self.post, status=PostStatus.REMOVED)
        with self.assertRaises(Refused):
            actions.withdraw(by=stale.author, post=stale)
        self.post.refresh_from_db()
        self.assertEqual(self.post.status, PostStatus.REMOVED)

    def test_a_claim_stays(self):
        opening = make_claim().opening
        with self.assertRaisesMessage(Refused, "A claim stays"):
            actions.withdraw(by=opening.author, post=opening)

    def test_its_card_says_what_became_of_it(self):
        before = self.post.card_html
        post = actions.set_status(post=self.post, status=PostStatus.REMOVED, url="/moderation/")
        self.assertNotEqual(post.card_html, before)
        self.assertNotIn("I was wrong.", post.card_html)
        post = actions.set_status(post=post, status=PostStatus.VISIBLE)
        self.assertIn("I was wrong.", post.card_html)
