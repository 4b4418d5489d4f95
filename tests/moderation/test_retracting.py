"""What waits for a moderator can be taken back: nobody else has read it, and nobody will."""

from django.test import Client, TestCase
from django.urls import reverse

from forum.counterpoints.models import Claim
from forum.discussion import actions as discussion
from forum.lib.verdict import Refused
from forum.moderation import log
from forum.moderation.models import Case
from forum.moderation.retracting import retract
from forum.posts import actions as posts
from forum.posts.models import Post, Thread
from tests.factories import (
    make_claim,
    make_comment,
    make_essay,
    make_moderator,
    make_newcomer,
    make_user,
    sent,
)
from tests.ruling import watch

SAID = "I sell horse collars, cheaply."


class RetractingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.wren, cls.mags = make_newcomer("wren", trust_level=2), make_moderator("mags")
        cls.essay = make_essay()
        cls.parent = make_comment(cls.essay)
        cls.thread_url = reverse("discussion:thread", args=[cls.essay.slug])

    def setUp(self):
        watch(self, "collar*")
        self.post = discussion.reply(author=self.wren, parent=self.parent, source=SAID)
        self.url = reverse("moderation:retraction", args=[self.post.pk])
        self.client.force_login(self.wren)

    def read(self, user, url=""):
        client = Client()
        client.force_login(user)
        return client.get(url or self.thread_url)

    def test_its_author_is_led_there_from_where_it_waits(self):
        self.assertContains(self.client.get(self.thread_url), self.url)
        page = self.client.get(self.url)
        self.assertContains(page, SAID)
        self.assertContains(page, "its words are gone for good")
        self.assertNotContains(self.read(self.mags), self.url)

    def test_taken_back_no_word_and_no_place_is_left_and_the_queue_has_no_case(self):
        press = sent()
        addresses = {self.client.post(self.url, press).url for _ in range(2)}
        self.assertEqual(addresses, {self.essay.get_absolute_url()})
        self.post.refresh_from_db()
        self.assertEqual((self.post.status, self.post.source, self.post.text), ("erased", "", ""))
        for reader in (make_user(), self.mags):
            self.assertNotContains(self.read(reader), SAID)
        self.assertNotContains(self.read(make_user()), f'id="post-{self.post.pk}"')
        case = Case.objects.get()
        for tab in ("open", "held", "decided"):
            queue = self.read(self.mags, reverse("moderation:queue") + f"?tab={tab}")
            self.assertNotContains(queue, case.get_absolute_url())
        page = self.read(self.mags, case.get_absolute_url())
        self.assertContains(page, "closed: its author has taken the post back")
        self.assertContains(page, "there is nothing to decide")
        self.assertIsNone(log.first_broken())
        self.assertEqual(Thread.objects.get(pk=self.post.thread_id).post_count, 1)

    def test_only_its_author_and_only_while_it_waits(self):
        with self.assertRaisesMessage(Refused, "Only its author can take a post back."):
            retract(author=make_user(), post=self.post)
        posts.set_status(post=self.post, status="visible")
        with self.assertRaisesMessage(Refused, "Only a post that waits for a moderator"):
            retract(author=self.wren, post=self.post)
        self.assertEqual(self.client.get(self.url).status_code, 403)
        self.assertEqual(self.client.post(self.url, sent()).status_code, 403)
        self.assertEqual(Post.objects.get(pk=self.post.pk).source, SAID)

    def test_what_else_of_theirs_waits_there_goes_on_waiting(self):
        other = discussion.reply(author=self.wren, parent=self.parent, source=f"Also: {SAID}")
        retract(author=self.wren, post=self.post)
        other.refresh_from_db()
        self.assertEqual((other.status, other.source), ("held", f"Also: {SAID}"))
        self.assertEqual(Case.objects.open().get().post, other)

    def test_a_case_that_a_moderator_holds_is_closed_as_well(self):
        Case.objects.update(claimed_by=self.mags, claimed_at=self.post.created_at)
        retract(author=self.wren, post=self.post)
        self.assertTrue(Case.objects.get().is_closed)

    def test_with_a_claim_goes_what_was_posted_with_it(self):
        claim = make_claim(self.essay, author=self.wren, statement="Collars sell well.")
        self.assertTrue(claim.opening.is_held)
        retract(author=self.wren, post=claim.opening)
        found = Post.objects.filter(thread=claim.pk)
        self.assertEqual(set(found.values_list("status", flat=True)), {"erased"})
        self.assertNotIn("Collars sell", "".join(found.values_list("source", flat=True)))
        self.assertEqual(Claim.objects.get(pk=claim.pk).essay.claim_count, 0)

    def test_what_another_has_there_stays(self):
        """Whatever brought it there: nobody takes back what is not their own."""
        claim = make_claim(self.essay, author=self.wren, statement="Collars sell well.")
        theirs = Post.objects.create(
            thread_id=claim.pk, author=make_user(), source=SAID, status="held", path="009",
            created_at=claim.opening.created_at,
        )  # fmt: skip
        retract(author=self.wren, post=claim.opening)
        theirs.refresh_from_db()
        self.assertEqual((theirs.status, theirs.source), ("held", SAID))
