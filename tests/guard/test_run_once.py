import threading
from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError, OperationalError, connection
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.discussion import actions as discussion
from forum.guard import actions
from forum.guard.actions import done_before, forget_old_keys, run_once
from forum.guard.models import FormKey
from forum.lib.verdict import Refused
from forum.posts.models import Post
from tests.factories import make_comment, make_essay, make_newcomer
from tests.together import together


class Work:
    """Counts how often it was done, and leads to another address each time."""

    def __init__(self, error=None, fails=0):
        self.done = 0
        self.error = error
        self.fails = fails

    def __call__(self):
        self.done += 1
        if self.done <= self.fails:
            raise self.error
        return f"/done/{self.done}/"


class DeadlockError(Exception):
    sqlstate = "40P01"


def database_error(cause):
    error = OperationalError("the database gave up")
    error.__cause__ = cause
    return error


class SameKeyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_newcomer()

    def run_(self, key, work, *, action="reply:1", user=None):
        return run_once(user=user or self.member, key=key, action=action, work=work)

    def test_the_same_key_runs_once_and_gives_the_first_result(self):
        key, work = uuid4(), Work()
        self.assertEqual(self.run_(key, work), "/done/1/")
        self.assertEqual(self.run_(key, work), "/done/1/")
        self.assertEqual(work.done, 1)

    def test_the_second_time_costs_no_more_than_to_look(self):
        key, work = uuid4(), Work()
        self.run_(key, work)
        with CaptureQueriesContext(connection) as told:
            self.run_(key, work)
        said = [one["sql"] for one in told.captured_queries if "SAVEPOINT" not in one["sql"]]
        self.assertEqual(len(said), 2, said)

    def test_another_key_runs_again(self):
        work = Work()
        self.run_(uuid4(), work)
        self.assertEqual(self.run_(uuid4(), work), "/done/2/")

    def test_one_page_may_send_a_key_to_several_actions(self):
        key, work = uuid4(), Work()
        self.run_(key, work, action="vote:1")
        self.assertEqual(self.run_(key, work, action="vote:2"), "/done/2/")

    def test_the_keys_of_two_members_do_not_meet(self):
        key, work = uuid4(), Work()
        other = make_newcomer()
        self.run_(key, work)
        self.assertEqual(done_before(user=other, key=key, action="reply:1"), "")
        for _ in range(2):
            self.assertEqual(self.run_(key, work, user=other), "/done/2/")
        self.assertEqual(done_before(user=other, key=key, action="reply:1"), "/done/2/")

    def test_refused_work_frees_the_key(self):
        key, work = uuid4(), Work(Refused("Not now."), fails=1)
        with self.assertRaises(Refused):
            self.run_(key, work)
        self.assertFalse(FormKey.objects.exists())
        self.assertEqual(self.run_(key, work), "/done/2/")

    def test_refused_work_leaves_nothing_behind(self):
        essay = make_essay()

        def work():
            discussion.comment(author=self.member, essay=essay, source="Half done.")
            raise Refused("And then not.")

        with self.assertRaises(Refused):
            self.run_(uuid4(), work)
        self.assertFalse(Post.objects.exists())

    def test_a_clash_within_the_work_is_not_taken_for_a_second_sending(self):
        work = Work(IntegrityError("another rule of the database"), fails=9)
        with self.assertRaises(IntegrityError):
            self.run_(uuid4(), work)

    def test_keys_are_forgotten_after_a_week_and_not_before(self):
        self.run_(uuid4(), Work())
        now = timezone.now()
        self.assertEqual(forget_old_keys(now=now + timedelta(days=6)), 0)
        self.assertEqual(forget_old_keys(now=now + timedelta(days=8)), 1)


class DeadlockTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_newcomer()

    def run_(self, work):
        return run_once(user=self.member, key=uuid4(), action="reply:1", work=work)

    def test_work_that_lost_a_deadlock_is_done_again(self):
        work = Work(database_error(DeadlockError()), fails=2)
        self.assertEqual(self.run_(work), "/done/3/")
        self.assertEqual(FormKey.objects.get().result_url, "/done/3/")

    def test_it_is_not_tried_for_ever(self):
        work = Work(database_error(DeadlockError()), fails=9)
        with self.assertRaises(OperationalError):
            self.run_(work)
        self.assertEqual(work.done, actions.DEADLOCK_TRIES)

    def test_another_fault_of_the_database_is_not_tried_again(self):
        work = Work(database_error(None), fails=9)
        with self.assertRaises(OperationalError):
            self.run_(work)
        self.assertEqual(work.done, 1)


class AtOnceTests(TransactionTestCase):
    def test_a_double_click_posts_once_and_both_are_led_to_the_post(self):
        member, parent, key = make_newcomer(), make_comment(), uuid4()
        meanwhile = threading.Event()

        def work():
            meanwhile.wait(0.2)
            return discussion.reply(author=member, parent=parent, source="Yes.").get_absolute_url()

        def click():
            return run_once(user=member, key=key, action="reply:1", work=work)

        first, second = together(click, click)
        self.assertEqual(first, second)
        self.assertEqual(first, Post.objects.get(parent=parent).get_absolute_url())

    def test_the_second_click_posts_if_the_first_was_refused_meanwhile(self):
        member, parent, key = make_newcomer(), make_comment(), uuid4()
        turns = iter([Refused("Not yet."), None])
        lock = threading.Lock()

        def work():
            with lock:
                refusal = next(turns)
            if refusal is not None:
                raise refusal
            return discussion.reply(author=member, parent=parent, source="Yes.").get_absolute_url()

        def click():
            try:
                return run_once(user=member, key=key, action="reply:1", work=work)
            except Refused as refusal:
                return str(refusal)

        told = set(together(click, click))
        url = Post.objects.get(parent=parent).get_absolute_url()
        self.assertEqual(told, {"Not yet.", url})
