"""Claims and counterpoints that a rule holds back move nothing until they are let through."""

from django.test import Client, TestCase

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints.models import Claim, Counterpoint
from forum.moderation.models import Case
from forum.notifications.models import Notice
from forum.posts.models import Holding, Post
from tests.factories import make_claim, make_counterpoint, make_essay, make_user
from tests.moderation.builders import decide
from tests.ruling import watch

SAID = "I sell horse collars."


class HeldDebateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.wren, cls.robin = make_user("wren"), make_user("robin")
        cls.claim = make_claim(cls.essay, author=cls.robin)

    def setUp(self):
        watch(self, "collar*")

    def state(self):
        claim = Claim.objects.get(pk=self.claim.pk)
        essay = Essay.objects.get(pk=self.essay.pk)
        wren = User.objects.get(pk=self.wren.pk)
        return (
            claim.label, claim.strength, claim.rebuts, essay.counterpoint_count, essay.claim_count,
            essay.open_count, wren.counterpoint_count, wren.post_count,
        )  # fmt: skip

    def seen(self, url, user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client.get(url, follow=True).content.decode()

    def test_a_held_counterpoint_moves_no_standing_and_no_total(self):
        before = self.state()
        held = make_counterpoint(self.claim, author=self.wren, source=SAID)
        self.assertEqual((held.post.status, held.is_counted), ("held", False))
        self.assertEqual(self.state(), before)
        self.assertEqual(Notice.objects.count(), 0)
        url = self.claim.get_absolute_url()
        self.assertNotIn("collars", self.seen(url, self.robin))
        self.assertNotIn("collars", self.seen(url))
        self.assertIn("Waiting for a moderator", self.seen(url, self.wren))

    def test_let_through_it_does_all_that_it_would_have_done(self):
        held = make_counterpoint(self.claim, author=self.wren, source=SAID)
        decide(Case.objects.get(), "restore")
        label, _, rebuts, counterpoints, _, open_, own, written = self.state()
        self.assertEqual((label, rebuts, counterpoints, open_), ("unanswered", 1, 1, 1))
        self.assertEqual((own, written), (1, 1))
        self.assertTrue(Counterpoint.objects.get(pk=held.pk).is_counted)
        notice = Notice.objects.get(recipient=self.robin, kind="answered")
        self.assertIn("rebuts the claim that you marked", notice.sentence)

    def test_it_stands_as_if_nothing_had_held_it(self):
        make_counterpoint(self.claim, author=self.wren, source=SAID)
        decide(Case.objects.get(), "restore")
        other = make_claim(self.essay, author=self.robin)
        free = make_counterpoint(other, author=make_user(), source="It is not so.")
        held = Counterpoint.objects.get(claim=self.claim)
        free.refresh_from_db()
        for name in ("strength", "effect", "is_open", "is_counted"):
            self.assertEqual(getattr(held, name), getattr(free, name), name)

    def test_a_claim_waits_together_with_the_counterpoint_that_came_with_it(self):
        before = self.state()
        claim = make_claim(
            self.essay, "Everybody blamed the horse.", author=self.wren, statement="They did.",
            relation="rebuts", source=SAID,
        )  # fmt: skip
        self.assertEqual(self.state(), before)
        self.assertEqual(Case.objects.get().post_id, claim.opening_id)
        self.assertEqual(Holding.objects.count(), 2)
        for user in (None, self.robin):
            self.assertNotIn("They did.", self.seen(self.essay.get_absolute_url(), user))
            self.assertNotIn("They did.", self.seen(claim.get_absolute_url(), user))
        own = self.seen(claim.get_absolute_url(), self.wren)
        self.assertIn("Waiting for a moderator", own)
        self.assertIn("Collars are sold elsewhere.", own)

    def test_and_both_are_let_through_at_once(self):
        claim = make_claim(
            self.essay, "Everybody blamed the horse.", author=self.wren,
            statement="I sell collars.", relation="rebuts", source="They blamed the harness.",
        )  # fmt: skip
        before = self.state()
        decide(Case.objects.get(), "restore")
        after = self.state()
        self.assertEqual(after[3:], (before[3] + 1, before[4] + 1, before[5] + 1, 1, 2))
        claim.refresh_from_db()
        self.assertEqual(claim.label, "unanswered")
        self.assertFalse(Holding.objects.exists())
        self.assertIn("They blamed the harness.", self.seen(claim.get_absolute_url(), self.robin))

    def test_but_nothing_with_them_that_somebody_else_wrote(self):
        claim = make_claim(
            self.essay, "Everybody blamed the horse.", author=self.wren,
            statement="I sell collars.",
        )  # fmt: skip
        held = make_counterpoint(self.claim, author=self.robin, source=SAID)
        Post.objects.filter(pk=held.pk).update(thread=claim.pk)
        decide(Case.objects.get(post=claim.opening_id), "restore")
        self.assertEqual(Post.objects.get(pk=held.pk).status, "held")

    def test_a_claim_that_is_not_let_through_leaves_nothing(self):
        before = self.state()
        claim = make_claim(
            self.essay, "Everybody blamed the horse.", author=self.wren, statement=SAID,
            relation="rebuts", source="It is not so.",
        )  # fmt: skip
        decide(Case.objects.get(), "remove")
        self.assertEqual(self.state(), before)
        self.assertNotIn("It is not so.", self.seen(claim.get_absolute_url(), self.robin))
