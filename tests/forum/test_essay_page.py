import re
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from essays.models import Essay
from forum.counterpoints import actions as counterpoints
from forum.counterpoints.models import Claim
from forum.notifications.following import set_following
from forum.notifications.models import FollowKind
from forum.posts import locking
from forum.posts.models import Thread, ThreadKind
from forum.posts.statuses import PostStatus
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
)
from tests.kept import forget_what_is_kept

CLAIMS, POSTS = 30, 500
MOST_FOR_A_VISITOR, MOST_FOR_A_MEMBER = 6, 10


def page_of(essay):
    return reverse("essay", args=[essay.slug])


def note_of(response, claim):
    """The standing that the margin gives the claim; None if it is not there."""
    found = re.search(
        rf'class="note is-(\w+)" id="claim-{claim.number}"', response.content.decode()
    )
    return found and found[1]


class SizeCase:
    """An essay with that many claims and posts costs no more than any other."""

    times = 1

    @classmethod
    def setUpTestData(cls):
        call_command(
            "generate", essays=1, members=40, claims=CLAIMS * cls.times, posts=POSTS * cls.times,
            seed=3, stdout=StringIO(),
        )  # fmt: skip
        cls.essay = Essay.objects.get()
        cls.discussion = Thread.objects.get(kind=ThreadKind.DISCUSSION)

    def queries(self):
        forget_what_is_kept()
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(page_of(self.essay))
        self.assertEqual(response.status_code, 200)
        return [query["sql"].rpartition(" FROM ")[2][:80] for query in queries], response

    def test_the_essay_is_as_large_as_it_says(self):
        self.assertEqual(Claim.objects.count(), CLAIMS * self.times)
        self.assertGreaterEqual(self.discussion.post_count, 200 * self.times)

    def test_queries_for_a_visitor(self):
        queries, response = self.queries()
        self.assertLessEqual(len(queries), MOST_FOR_A_VISITOR, queries)
        self.assertContains(response, 'class="note is-')

    def test_queries_for_a_member(self):
        self.client.force_login(make_user("reader"))
        queries, response = self.queries()
        self.assertLessEqual(len(queries), MOST_FOR_A_MEMBER, queries)
        self.assertContains(response, 'id="votes"')


class LargeEssayTests(SizeCase, TestCase):
    pass


class HugeEssayTests(SizeCase, TestCase):
    times = 10


class ReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The <Collar>")
        cls.claim = make_claim(cls.essay, statement="Nobody knew & nobody <asked>.")
        cls.remark = make_comment(cls.essay, source="A remark on straw.")
        cls.url = page_of(cls.essay)
        cls.readers = {
            "visitor": None, "member": make_user(), "moderator": make_moderator(),
            "editor": make_editor(),
        }  # fmt: skip

    def each(self, url=None):
        """The page as each reader sees it, one after the other."""
        for who, user in self.readers.items():
            self.client.logout()
            if user is not None:
                self.client.force_login(user)
            with self.subTest(who=who):
                yield who, self.client.get(url or self.url)

    def test_the_text_its_claims_and_its_discussion_are_there_for_everybody(self):
        for _, response in self.each():
            self.assertContains(response, "The &lt;Collar&gt;</h1>")
            self.assertContains(response, "Everybody blamed the horse.")
            self.assertEqual(note_of(response, self.claim), "unchallenged")
            self.assertContains(response, "Nobody knew &amp; nobody &lt;asked&gt;.")
            self.assertContains(response, "A remark on straw.")
            self.assertContains(response, f'rel="canonical" href="http://testserver{self.url}"')

    def test_a_visitors_page_holds_no_form_to_post_and_sets_no_cookie(self):
        response = self.client.get(self.url)
        self.assertNotContains(response, 'method="post"')
        self.assertNotContains(response, "csrfmiddlewaretoken")
        self.assertFalse(response.cookies)

    def test_a_member_may_join_in(self):
        self.client.force_login(self.readers["member"])
        response = self.client.get(self.url)
        self.assertContains(response, 'name="source"')
        self.assertContains(response, f'formaction="/posts/{self.remark.pk}/vote/"')

    def test_each_is_told_whether_they_follow_it_themselves(self):
        member, other = self.readers["member"], make_user()
        essay, elsewhere = self.essay.pk, make_essay().pk

        def told(reader):
            self.client.force_login(reader)
            return 'name="follows" value="no"' in self.client.get(self.url).content.decode()

        for kind, thing in ((FollowKind.DISCUSSION, essay), (FollowKind.ESSAY, elsewhere)):
            set_following(member=member, kind=kind, thing=thing, follows=True)
        self.assertFalse(told(member))
        set_following(member=member, kind=FollowKind.ESSAY, thing=essay, follows=True)
        self.assertTrue(told(member))
        self.assertFalse(told(other))
        set_following(member=member, kind=FollowKind.ESSAY, thing=essay, follows=False)
        self.assertFalse(told(member))

    def test_a_closed_discussion_says_why_and_takes_nothing(self):
        locking.lock(thread=self.remark.thread, reason="It has been said.")
        self.client.force_login(self.readers["member"])
        response = self.client.get(self.url)
        self.assertContains(response, "It has been said.")
        self.assertNotContains(response, 'name="source"')

    def test_a_hidden_claim_is_shown_to_nobody_here(self):
        counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        for _, response in self.each():
            self.assertIsNone(note_of(response, self.claim))
            self.assertNotContains(response, "<mark")
            self.assertNotContains(response, "Nobody knew &amp; nobody")

    def test_a_claim_that_is_restored_is_there_again(self):
        post = counterpoints.set_status(post=self.claim.opening, status=PostStatus.HIDDEN)
        self.client.get(self.url)
        counterpoints.set_status(post=post, status=PostStatus.VISIBLE)
        self.assertEqual(note_of(self.client.get(self.url), self.claim), "unchallenged")

    def test_a_hidden_remark_keeps_its_place_and_loses_its_words(self):
        self.client.get(self.url)
        counterpoints.posts.set_status(post=self.remark, status=PostStatus.HIDDEN)
        for who, response in self.each():
            if who != "moderator":
                self.assertNotContains(response, "A remark on straw.")
            self.assertContains(response, f'id="post-{self.remark.pk}"')

    def test_a_get_writes_nothing(self):
        for who, user in self.readers.items():
            self.client.logout()
            if user is not None:
                self.client.force_login(user)
            with self.subTest(who=who), CaptureQueriesContext(connection) as queries:
                self.client.get(self.url)
            for query in queries:
                self.assertTrue(query["sql"].startswith("SELECT"), query["sql"])

    def test_a_draft_is_there_for_editors_only(self):
        drafts = {
            "no date": make_essay(published=False),
            "later": make_essay(published_at=timezone.now() + timedelta(days=1)),
        }
        for name, essay in drafts.items():
            for url in (page_of(essay), reverse("revision", args=[essay.slug, 1])):
                # The editor first, so that nothing kept for them is handed to others.
                self.client.force_login(self.readers["editor"])
                self.client.get(url)
                for who, response in self.each(url):
                    with self.subTest(name=name, url=url, who=who):
                        expected = 200 if who == "editor" else 404
                        self.assertEqual(response.status_code, expected)

    def test_an_essay_that_nobody_has_spoken_of_has_a_page_too(self):
        for _, response in self.each(page_of(make_essay())):
            self.assertEqual(response.status_code, 200)
            self.assertContains(response, "No claim is marked yet")


class AtOnceTests(TestCase):
    """Kept pages and kept fragments never show what is past."""

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.url = page_of(cls.essay)
        cls.member = make_user()

    def notes(self):
        """As a visitor and as a member see it now."""
        member = self.client_class()
        member.force_login(self.member)
        return [note_of(client.get(self.url), self.claim) for client in (self.client, member)]

    def test_a_new_standing_is_shown_at_once(self):
        self.assertEqual(self.notes(), ["unchallenged"] * 2)
        objection = make_counterpoint(self.claim, "rebuts")
        self.assertEqual(self.notes(), ["unanswered"] * 2)
        make_counterpoint(self.claim, "rebuts", target=objection)
        self.assertEqual(self.notes(), ["stands"] * 2)
        counterpoints.set_status(post=objection.post, status=PostStatus.HIDDEN)
        self.assertEqual(self.notes(), ["unchallenged"] * 2)

    def test_votes_that_move_the_standing_are_heard_at_once(self):
        objection = make_counterpoint(self.claim, "rebuts")
        self.assertEqual(self.notes(), ["unanswered"] * 2)
        cast_votes(objection.post, down=8)
        self.claim.refresh_from_db()
        self.assertNotEqual(self.claim.label, "unanswered")
        self.assertEqual(self.notes(), [self.claim.label] * 2)

    def test_a_new_claim_and_a_new_remark_are_there_at_once(self):
        self.notes()
        second = make_claim(self.essay, "The horse choked")
        make_comment(self.essay, source="A late remark.")
        response = self.client.get(self.url)
        self.assertEqual(note_of(response, second), "unchallenged")
        self.assertContains(response, "A late remark.")

    def test_a_reader_who_has_the_page_is_told_so_until_something_changes(self):
        etag = self.client.get(self.url).headers["ETag"]
        with self.assertNumQueries(1):
            response = self.client.get(self.url, headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 304)
        make_comment(self.essay)
        response = self.client.get(self.url, headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 200)
