"""People who act in the same instant lose nothing."""

from uuid import uuid4

from django.test import TransactionTestCase

from forum.discussion import actions as discussion
from forum.guard.actions import run_once
from forum.posts import actions, votes
from forum.posts.models import Post, Thread, Vote
from tests.factories import make_comment, make_essay, make_user
from tests.together import together

PEOPLE = 6
EACH = 4


def times(deed, user):
    """The deed some times in a row, as forms do it."""

    def deeds():
        for _ in range(EACH):
            run_once(user=user, key=uuid4(), action="deed", work=lambda: deed(user))

    return deeds


class AtOnceTests(TransactionTestCase):
    def setUp(self):
        self.people = [make_user() for _ in range(PEOPLE)]

    def all(self, deed):
        together(*[times(deed, user) for user in self.people])

    def assert_whole(self, posts, number):
        self.assertEqual(len(posts), number)
        self.assertEqual(len({post.path for post in posts}), number)

    def test_replies_to_one_post_are_all_kept(self):
        top = make_comment()
        self.all(lambda user: make_comment(parent=top, author=user).get_absolute_url())
        replies = list(Post.objects.filter(parent=top))
        self.assert_whole(replies, PEOPLE * EACH)
        top.refresh_from_db()
        self.assertEqual((top.reply_count, top.branch_count), (PEOPLE * EACH, PEOPLE * EACH + 1))
        places = sorted(post.place_in_branch for post in replies)
        self.assertEqual(places, list(range(2, PEOPLE * EACH + 2)))
        thread, essay = Thread.objects.get(pk=top.thread_id), top.thread.essay
        essay.refresh_from_db()
        self.assertEqual((thread.post_count, essay.post_count), (PEOPLE * EACH + 1,) * 2)

    def test_the_first_remarks_on_an_essay_open_one_discussion(self):
        essay = make_essay()

        def remark(user):
            post = discussion.comment(author=user, essay=essay, source="First!")
            return post.get_absolute_url()

        self.all(remark)
        thread = Thread.objects.get(essay=essay)
        self.assert_whole(list(thread.posts.all()), PEOPLE * EACH)
        self.assertEqual((thread.post_count, thread.top_count), (PEOPLE * EACH,) * 2)

    def test_people_who_answer_one_another_are_all_kept_and_told(self):
        essay = make_essay()
        tops = {user: make_comment(essay, author=user) for user in self.people}

        def answer(user):
            for other in self.people:
                make_comment(parent=tops[other], author=user, source="Yes, @" + other.username)
            return "/"

        self.all(answer)
        for user in self.people:
            user.refresh_from_db()
            self.assertEqual(user.unread_notices, EACH * (PEOPLE - 1))
            tops[user].refresh_from_db()
            self.assertEqual(tops[user].reply_count, EACH * PEOPLE)

    def test_votes_and_an_edit_in_the_same_instant_are_all_kept(self):
        post = make_comment()
        stale = Post.objects.select_related("thread__essay", "author").get(pk=post.pk)

        def vote(user):
            votes.vote(voter=user, post=stale, is_up=True)
            return "/"

        def edit():
            actions.edit(by=stale.author, post=stale, source="Better.")

        together(edit, *[times(vote, user) for user in self.people])
        post.refresh_from_db()
        self.assertEqual((post.up, post.source), (PEOPLE, "Better."))
        self.assertEqual(Vote.objects.filter(post=post).count(), PEOPLE)
