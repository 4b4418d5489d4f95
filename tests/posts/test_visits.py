"""What is new in a thread since a member was last there."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from essays.models import Essay
from forum.posts import actions as posts
from forum.posts import visits
from forum.posts.models import Post, Visit
from forum.posts.reading import PAGE_SIZE
from forum.posts.statuses import PostStatus
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user

LONG_AGO = timezone.now() - timedelta(days=3)


class VisitCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.old = make_comment(cls.essay, source="An old remark.")
        cls.thread = cls.old.thread
        cls.author, cls.reader = make_user("ottoline"), make_user("ruth")
        cls.url = reverse("discussion:thread", args=["the-collar"])
        cls.visit_url = reverse("posts:visit", args=[cls.thread.pk])

    def setUp(self):
        self.client.force_login(self.reader)

    def was_here(self, at=LONG_AGO, thread=None):
        newest = Post.objects.order_by("-pk")[0].pk
        return visits.visit(member=self.reader, thread=thread or self.thread, newest=newest, now=at)

    def news(self, user=None, now=None):
        return visits.news_of(user or self.reader, self.thread, now=now)


class NewsTests(VisitCase):
    def test_nothing_is_new_to_whoever_comes_for_the_first_time(self):
        make_comment(self.essay)
        self.assertEqual((self.news().since, self.news().count), (None, 0))

    def test_what_others_wrote_since_the_last_visit_is_new(self):
        self.was_here()
        make_comment(self.essay, author=self.reader)
        make_comment(parent=self.old, author=self.author)
        make_comment(make_essay(), author=self.author)
        news = self.news()
        self.assertEqual((news.count, news.at, news.is_more), (1, LONG_AGO, False))
        self.assertEqual(self.news(self.author).count, 0)

    def test_what_was_taken_down_is_no_news(self):
        self.was_here()
        hidden = make_comment(self.essay, author=self.author)
        posts.withdraw(by=self.author, post=make_comment(self.essay, author=self.author))
        posts.set_status(post=hidden, status=PostStatus.HIDDEN)
        self.assertEqual(self.news().count, 1)

    def test_it_stays_new_until_the_visit_is_over(self):
        self.was_here()
        make_comment(self.essay, author=self.author)
        now = timezone.now()
        self.was_here(now)
        self.assertEqual(self.news(now=now + timedelta(minutes=29)).count, 1)
        self.was_here(now + timedelta(minutes=29))
        self.assertEqual(self.news(now=now + timedelta(minutes=58)).count, 1)
        self.assertEqual(self.news(now=now + timedelta(minutes=60)).count, 0)

    def test_more_than_a_hundred_are_not_counted_out(self):
        self.was_here()
        for _ in range(4):
            make_comment(self.essay, author=self.author)
        with unlimited(3):
            news = self.news()
            self.assertEqual((news.count, news.is_more), (3, True))

    def test_every_thread_has_visits_of_its_own(self):
        claim = make_claim(self.essay)
        self.was_here(thread=claim.thread)
        make_comment(self.essay, author=self.author)
        make_counterpoint(claim, author=self.author)
        self.assertEqual(self.news().since, None)
        self.assertEqual(visits.news_of(self.reader, claim.thread).count, 1)


class unlimited:  # noqa: N801 — reads as a word of the test
    """So few are counted for a while."""

    def __init__(self, most):
        self.most = most

    def __enter__(self):
        self.was, visits.MOST_COUNTED = visits.MOST_COUNTED, self.most
        visits._news_query.cache_clear()

    def __exit__(self, *_):
        visits.MOST_COUNTED = self.was
        visits._news_query.cache_clear()


class VisitTests(VisitCase):
    def test_an_older_sign_takes_nothing_back(self):
        now = timezone.now()
        self.was_here(now)
        visits.visit(member=self.reader, thread=self.thread, newest=0, now=now)
        self.assertEqual(Visit.objects.get().seen, self.old.pk)

    def test_nobody_has_seen_what_is_not_written_yet(self):
        visits.visit(member=self.reader, thread=self.thread, newest=10**15)
        self.assertEqual(Visit.objects.get().seen, Post.objects.order_by("-pk")[0].pk)

    def test_whoever_says_that_they_have_seen_it_all_has(self):
        self.was_here()
        new = make_comment(self.essay, author=self.author)
        sent = self.client.post(self.visit_url, {"newest": new.pk, "done": "1"})
        self.assertRedirects(sent, self.url)
        self.assertEqual(self.news().count, 0)
        make_comment(self.essay, author=self.author)
        self.assertEqual(self.news().count, 1)

    def test_a_sign_that_says_nothing_is_refused(self):
        for newest in ("", "x", "-1", "9" * 40):
            with self.subTest(newest=newest):
                sent = self.client.post(self.visit_url, {"newest": newest})
                self.assertEqual(sent.status_code, 400)
        self.assertFalse(Visit.objects.exists())

    def test_asking_for_a_page_is_no_visit(self):
        self.client.get(self.url)
        self.assertEqual(self.client.get(self.visit_url).status_code, 405)
        self.assertFalse(Visit.objects.exists())

    def test_a_stranger_leaves_no_trace(self):
        self.assertEqual(Client().post(self.visit_url, {"newest": "1"}).status_code, 302)
        self.assertFalse(Visit.objects.exists())

    def test_of_an_essay_that_is_not_published_nothing_is_told(self):
        Essay.objects.update(published_at=timezone.now() + timedelta(days=1))
        sent = self.client.post(self.visit_url, {"newest": "1"})
        self.assertEqual(sent.status_code, 404)
        self.assertEqual(self.client.get(self.news_url()).status_code, 404)
        self.thread.essay.refresh_from_db()
        with self.assertRaisesMessage(PermissionDenied, "Its essay is not published."):
            visits.visit(member=self.reader, thread=self.thread, newest=1)

    def news_url(self):
        return reverse("posts:news", args=[self.thread.pk])


class PageTests(VisitCase):
    def test_new_posts_are_marked_and_the_first_can_be_gone_to(self):
        self.was_here()
        make_comment(parent=self.old, author=self.author)
        first = make_comment(self.essay, author=self.author)
        page = self.client.get(self.url)
        self.assertContains(page, "Two posts are new</b> since you were here on")
        self.assertContains(page, f'<li class="post new" id="post-{first.pk}">')
        self.assertContains(page, '<span class="badge fresh">New</span>', count=2)
        self.assertContains(page, f'<a class="more" href="#post-{first.pk}">')
        self.assertNotContains(Client().get(self.url), "fresh")

    def test_a_fold_says_how_much_in_it_is_new(self):
        for _ in range(3):
            make_comment(parent=self.old)
        self.was_here()
        new = make_comment(parent=self.old, author=self.author)
        self.assertContains(self.client.get(self.url), "Two more replies, one of them new")
        visits.visit(member=self.reader, thread=self.thread, newest=new.pk, is_done=True)
        page = self.client.get(self.url)
        self.assertContains(page, "Two more replies</summary>")

    def test_a_claims_page_tells_the_same(self):
        claim = make_claim(self.essay)
        self.was_here(thread=claim.thread)
        new = make_counterpoint(claim, author=self.author)
        page = self.client.get(claim.get_absolute_url())
        self.assertContains(page, "One post is new</b>")
        self.assertContains(page, f'new" id="post-{new.pk}">')
        only = self.client.get(claim.get_absolute_url() + "?only=new")
        self.assertContains(only, f'id="post-{new.pk}"')

    def test_only_the_new_ones_can_be_read_page_by_page(self):
        self.was_here()
        new = [make_comment(self.essay, author=self.author).pk for _ in range(PAGE_SIZE + 1)]
        page = self.client.get(self.url + "?only=new")
        self.assertNotContains(page, f'id="post-{self.old.pk}"')
        self.assertContains(page, '<li class="post new"', count=PAGE_SIZE)
        self.assertContains(page, f"?only=new&amp;after={new[-2]}")
        rest = self.client.get(self.url + f"?only=new&after={new[-2]}")
        self.assertContains(rest, '<li class="post new"', count=1)

    def test_where_nothing_is_new_that_is_said(self):
        self.was_here()
        self.assertContains(self.client.get(self.url + "?only=new"), "Nothing is new since")

    def test_news_cost_nothing_more_however_many_there_are(self):
        self.was_here()
        for size in (1, 30):
            for _ in range(size):
                make_comment(self.essay, author=self.author)
            for query, expected in (("", 7), ("?only=new", 5)):
                with self.subTest(size=size, query=query):
                    with CaptureQueriesContext(connection) as asked:
                        self.client.get(self.url + query)
                    self.assertEqual(len(asked), expected)


class ArrivalTests(VisitCase):
    """What an open page asks from time to time."""

    def ask(self, seen, **headers):
        url = reverse("posts:news", args=[self.thread.pk])
        return Client().get(f"{url}?seen={seen}", headers=headers)

    def test_it_says_how_many_came(self):
        self.assertEqual(self.ask(1).json(), {"words": ""})
        make_comment(self.essay)
        self.assertEqual(self.ask(1).json(), {"words": "One new reply"})
        make_comment(parent=self.old)
        self.assertEqual(self.ask(1).json(), {"words": "Two new replies"})
        self.assertContains(Client().get(self.url), f"/threads/{self.thread.pk}/news/?seen=3")

    def test_as_long_as_nothing_came_the_answer_is_kept(self):
        first = self.ask(1)
        again = self.ask(1, if_none_match=first.headers["ETag"])
        self.assertEqual((again.status_code, again.content), (304, b""))
        make_comment(self.essay)
        self.assertEqual(self.ask(1, if_none_match=first.headers["ETag"]).status_code, 200)

    def test_it_costs_one_query(self):
        with self.assertNumQueries(1):
            self.ask(1)

    def test_nonsense_is_answered_all_the_same(self):
        for seen in ("", "x", "9" * 30, "-4"):
            with self.subTest(seen=seen):
                self.assertEqual(self.ask(seen).status_code, 200)
        self.assertEqual(self.ask(99).json(), {"words": ""})
        self.assertEqual(Client().get("/threads/987654/news/").status_code, 404)
