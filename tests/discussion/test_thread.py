"""What a reader sees of an essay's open discussion."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.posts import actions as posts
from forum.posts import locking, votes
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus
from tests.factories import cast_votes, make_comment, make_essay, make_moderator, make_user


def fill(essay, author, *, tops=1, replies=0):
    for _ in range(tops):
        top = make_comment(essay, author=author)
        for number in range(replies):
            make_comment(parent=top, author=author, source=f"Reply {number}.")
    return top


class ThreadPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Horse Collar")
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])
        cls.author, cls.reader = make_user("ottoline"), make_user("ruth")

    def as_member(self, user=None) -> Client:
        client = Client()
        client.force_login(user or self.reader)
        return client

    def setUp(self):
        # Logging in writes; it is not what the page costs.
        self.member = self.as_member()

    def test_query_count_does_not_grow_with_the_thread(self):
        for tops, replies in ((1, 1), (30, 6)):
            with self.subTest(tops=tops):
                fill(self.essay, self.author, tops=tops, replies=replies)
                with self.assertNumQueries(4):
                    Client().get(self.url)
                with self.assertNumQueries(7):
                    self.member.get(self.url)

    def test_a_branch_alone_takes_few_queries_too(self):
        top = fill(self.essay, self.author, replies=30)
        with self.assertNumQueries(3):
            Client().get(f"{self.url}?branch={top.pk}")

    def test_no_page_writes(self):
        top = fill(self.essay, self.author, tops=3, replies=3)
        names = ("discussion:reply", "posts:post", "posts:history")
        paths = [self.url, f"{self.url}?branch={top.pk}", f"{self.url}?order=newest"]
        paths += [reverse("discussion:index")] + [reverse(name, args=[top.pk]) for name in names]
        for client in (Client(), self.member):
            for path in paths:
                with self.subTest(path=path), self.assert_no_writes():
                    client.get(path)

    @contextmanager
    def assert_no_writes(self):
        with CaptureQueriesContext(connection) as queries:
            yield
        words = {query["sql"].split()[0].upper() for query in queries.captured_queries}
        self.assertLessEqual(words, {"SELECT"})

    def test_an_empty_discussion_says_so_and_is_not_stored(self):
        response = self.client.get(self.url)
        self.assertContains(response, "Nobody has said anything yet.")
        self.assertFalse(Thread.objects.exists())

    def test_a_visitor_gets_no_form_and_no_token_but_a_way_in(self):
        make_comment(self.essay, author=self.author)
        response = self.client.get(self.url)
        self.assertNotContains(response, 'method="post"')
        self.assertNotContains(response, "csrf")
        self.assertContains(response, "Log in to join")
        self.assertNotIn("csrftoken", response.cookies)

    def test_a_member_gets_a_form_and_buttons_to_vote(self):
        post = make_comment(self.essay, author=self.author)
        response = self.member.get(self.url)
        self.assertContains(response, "Add to the discussion")
        self.assertContains(response, f'formaction="/posts/{post.pk}/vote/"', count=2)
        self.assertContains(response, '<form id="votes"', count=1)

    def test_a_pressed_button_takes_the_vote_back(self):
        post = make_comment(self.essay, author=self.author)
        votes.vote(voter=self.reader, post=post, is_up=True)
        response = self.member.get(self.url)
        self.assertContains(response, 'value="none" aria-pressed="true"', count=1)

    def test_an_own_post_is_edited_and_not_voted_on(self):
        post = make_comment(self.essay, author=self.reader)
        response = self.member.get(self.url)
        self.assertNotContains(response, "formaction")
        self.assertContains(response, f'href="/posts/{post.pk}/edit/"')
        self.assertContains(response, f'href="/posts/{post.pk}/withdrawal/"')
        self.assertNotContains(response, f'href="/posts/{post.pk}/report/"')

    def test_who_may_not_write_is_told_why(self):
        post = make_comment(self.essay, author=self.author)
        until = timezone.now() + timedelta(days=2)
        silenced = make_user(silenced_until=until)
        response = self.as_member(silenced).get(self.url)
        self.assertContains(response, "You can read, but not write, until")
        self.assertNotContains(response, "<textarea")
        self.assertNotContains(response, f"/posts/{post.pk}/vote/")

    def test_a_locked_thread_says_so_and_takes_nothing(self):
        post = make_comment(self.essay, author=self.author)
        locking.lock(thread=post.thread, reason="It goes on elsewhere.")
        for client in (Client(), self.member):
            response = client.get(self.url)
            self.assertContains(response, "Locked: it can be read, not answered")
            self.assertContains(response, "It goes on elsewhere.")
            self.assertNotContains(response, "<textarea")
            self.assertNotContains(response, f"/posts/{post.pk}/reply/")

    def test_a_hidden_post_leaves_a_placeholder_with_its_replies_in_place(self):
        rude = make_comment(self.essay, author=self.author, source="You fool.")
        answer = make_comment(parent=rude, author=self.reader, source="A calm answer.")
        posts.set_status(post=rude, status=PostStatus.HIDDEN, url="/moderation/log/#d1")
        page = self.client.get(self.url).content.decode()
        self.assertNotIn("You fool.", page)
        self.assertIn("This post was hidden by a moderator.", page)
        self.assertIn("/moderation/log/#d1", page)
        own = page[page.index(f'id="post-{rude.pk}"') :]
        self.assertIn(f'id="post-{answer.pk}"', own[: own.index("</li>")])
        self.assertNotIn(f"/posts/{rude.pk}/reply/", page)

    def test_its_author_and_moderators_are_led_to_what_a_hidden_post_said(self):
        rude = make_comment(self.essay, author=self.author, source="You fool.")
        posts.set_status(post=rude, status=PostStatus.HIDDEN)
        link = f'href="/posts/{rude.pk}/history/"'
        for user, may_read in ((self.author, 1), (make_moderator(), 1), (self.reader, 0)):
            self.assertContains(self.as_member(user).get(self.url), link, count=may_read)

    def test_a_withdrawn_post_stays_readable_and_is_not_answered(self):
        post = make_comment(self.essay, author=self.author, source="I was wrong here.")
        posts.withdraw(by=self.author, post=post)
        response = self.member.get(self.url)
        self.assertContains(response, "I was wrong here.")
        self.assertContains(response, "Withdrawn by its author")
        self.assertNotContains(response, f"/posts/{post.pk}/reply/")

    def test_the_replies_beyond_the_first_are_folded(self):
        fill(self.essay, self.author, replies=4)
        response = self.client.get(self.url)
        self.assertContains(response, '<details class="fold" id="below-', count=1)
        self.assertContains(response, "Two more replies")

    def test_one_reply_more_is_not_worth_a_fold(self):
        fill(self.essay, self.author, replies=3)
        self.assertNotContains(self.client.get(self.url), '<details class="fold" id="below-')

    def test_a_long_branch_leads_to_a_page_of_its_own(self):
        top = fill(self.essay, self.author, replies=30)
        response = self.client.get(self.url)
        self.assertContains(response, "26 more replies in this branch")
        self.assertContains(response, f'href="?branch={top.pk}"')
        branch = self.client.get(self.url, {"branch": top.pk})
        self.assertContains(branch, '<li class="post"', count=25)
        self.assertContains(branch, f"?branch={top.pk}&amp;after=")

    def test_a_branch_deeper_than_the_page_is_nested_still_shows_all(self):
        post = make_comment(self.essay, author=self.author)
        top = post
        for _ in range(19):
            post = make_comment(parent=post, author=self.author)
        self.assertEqual(post.depth, 16)
        page = self.client.get(self.url, {"branch": top.pk}).content.decode()
        self.assertEqual(page.count('<li class="post"'), 20)
        self.assertEqual(page.count('<ol class="thread">'), 9)
        self.assertEqual(page.count("<ol"), page.count("</ol>"))
        # The deepest of all stand level with others, and say what they answer.
        self.assertEqual(page.count("In answer to"), 11)

    def test_unknown_branches_are_not_found(self):
        other = make_comment(author=self.author)
        reply = make_comment(parent=make_comment(self.essay), author=self.author)
        for branch in (other.pk, reply.pk, 10**30, "x", "-1"):
            with self.subTest(branch=branch):
                response = self.client.get(self.url, {"branch": branch})
                self.assertEqual(response.status_code, 404)

    def test_the_most_contested_come_first_where_they_are_asked_for(self):
        made = [make_comment(self.essay) for _ in range(3)]
        for post, (up, down) in zip(made, ((3, 0), (2, 2), (4, 1)), strict=True):
            cast_votes(post, up=up, down=down)
        page = self.client.get(f"{self.url}?order=contested").content.decode()
        self.assertIn('aria-current="page">Most contested</a>', page)
        places = [page.index(f'id="post-{made[number].pk}"') for number in (1, 2, 0)]
        self.assertEqual(places, sorted(places))

    def test_what_no_link_says_means_the_first_page(self):
        top = make_comment(self.essay, author=self.author)
        rubbish = ("nan~1", "1e999~2", "x", "~", "0.1", "\x00", "é", "9" * 400)
        orders = ("best", "newest", "worst", "")
        queries = [{"after": raw, "order": order} for order in orders for raw in rubbish]
        queries += [{"branch": top.pk, "after": raw} for raw in ("\x00", "zzzzzz", "0")]
        for query in queries:
            with self.subTest(query=query):
                self.assertContains(self.client.get(self.url, query), f'id="post-{top.pk}"')

    def test_a_draft_has_no_discussion_for_strangers(self):
        draft = make_essay(published=False)
        response = self.client.get(reverse("discussion:thread", args=[draft.slug]))
        self.assertEqual(response.status_code, 404)

    def test_hostile_words_stay_words(self):
        hostile = make_user("mallory", display_name='<b onclick="x">\u202eevil\u202c')
        make_comment(
            self.essay,
            author=hostile,
            source="<script>alert(1)</script> [x](javascript:alert(1)) <!--acts--> <!--state-->",
        )
        page = self.client.get(self.url).content.decode()
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("<b onclick", page)
        self.assertNotIn('href="javascript:', page)
        self.assertIn("<bdi>&lt;b onclick=", page)
        # The words of the post hold no slot that a page would fill.
        self.assertEqual(page.count('class="act"'), 1)

    def test_every_post_says_its_number_once(self):
        fill(self.essay, self.author, tops=4, replies=4)
        page = self.client.get(self.url).content.decode()
        for pk in Post.objects.values_list("pk", flat=True):
            self.assertEqual(page.count(f'id="post-{pk}"'), 1)
