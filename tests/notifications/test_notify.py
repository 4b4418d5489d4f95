from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from forum.accounts.models import User
from forum.notifications.actions import News, mark, mark_read, notify, notify_each
from forum.notifications.models import Notice, NoticeKind
from tests.factories import make_user


def tell(recipient, **fields):
    fields = {
        "kind": NoticeKind.ANSWERED,
        "sentence": "rebuts your claim.",
        "url": "/posts/1/",
    } | fields
    return notify(recipient=recipient, **fields)


class NotifyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias = make_user("ruth"), make_user("tobias")

    def unread(self, user):
        user.refresh_from_db()
        return user.unread_notices

    def test_the_number_in_the_masthead_goes_up_with_it(self):
        tell(self.ruth)
        tell(self.ruth, actor=self.tobias)
        self.assertEqual((self.unread(self.ruth), self.unread(self.tobias)), (2, 0))

    def test_nobody_is_told_of_their_own_acts(self):
        self.assertIsNone(tell(self.ruth, actor=self.ruth))
        self.assertEqual(self.unread(self.ruth), 0)

    def test_long_words_are_cut_to_their_columns(self):
        notice = tell(self.ruth, sentence="x" * 400, excerpt="word\n\n" * 400)
        self.assertEqual((len(notice.sentence), notice.sentence[-1]), (300, "…"))
        self.assertEqual(len(notice.excerpt), 300)
        self.assertNotIn("\n", notice.excerpt)

    def test_a_notice_leads_nowhere_else(self):
        for url in ("https://elsewhere.example/", "javascript:1", ""):
            with self.subTest(url=url), self.assertRaises(ValueError):
                tell(self.ruth, url=url)
        self.assertFalse(Notice.objects.exists())


class NotifyEachTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias = make_user("ruth"), make_user("tobias")

    def tell_each(self, *recipients, actor=None, **fields):
        fields = {"sentence": "edited what you answered.", "url": "/posts/1/"} | fields
        news = [News(recipient_id=user.pk, **fields) for user in recipients]
        notify_each(news=news, kind=NoticeKind.REVISED, actor=actor)

    def unread(self):
        return list(User.objects.order_by("pk").values_list("unread_notices", flat=True))

    def test_everybody_has_their_notices_counted(self):
        self.tell_each(self.ruth, self.tobias, self.ruth)
        self.assertEqual(self.unread(), [2, 1])
        self.assertEqual(Notice.objects.filter(kind="revised").count(), 3)

    def test_nobody_is_told_of_their_own_acts(self):
        self.tell_each(self.ruth, self.tobias, actor=self.ruth)
        self.assertEqual(self.unread(), [0, 1])

    def test_nobody_to_tell_is_nothing_to_do(self):
        self.tell_each()
        self.assertFalse(Notice.objects.exists())

    def test_words_are_cut_and_addresses_judged_as_for_one(self):
        self.tell_each(self.ruth, sentence="x" * 400)
        self.assertEqual(len(Notice.objects.get().sentence), 300)
        with self.assertRaises(ValueError):
            self.tell_each(self.ruth, url="https://elsewhere.example/")

    def test_statements_do_not_grow_with_the_members(self):
        many = [make_user() for _ in range(30)]
        # The first digest of all orders the worker for the morning, whoever it is for.
        self.tell_each(self.ruth)
        counts = []
        for members in (many[:2], many):
            with CaptureQueriesContext(connection) as queries:
                self.tell_each(*members)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


class MarkReadTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.tobias = make_user("ruth"), make_user("tobias")
        cls.notices = [tell(cls.ruth) for _ in range(3)]
        tell(cls.tobias)

    def test_up_to_the_newest_that_was_shown_and_only_once(self):
        for expected in (2, 0):
            with self.subTest(expected=expected):
                read = mark_read(user=self.ruth, upto_id=self.notices[1].pk)
                self.assertEqual(read, expected)
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.unread_notices, 1)

    def test_other_people_keep_theirs(self):
        mark_read(user=self.ruth, upto_id=10**9)
        mark(user=self.ruth, pk=Notice.objects.get(recipient=self.tobias).pk, is_read=True)
        self.tobias.refresh_from_db()
        self.assertEqual(self.tobias.unread_notices, 1)
        self.assertTrue(Notice.objects.get(recipient=self.tobias).read_at is None)
