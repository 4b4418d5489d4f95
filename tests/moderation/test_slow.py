"""A heated thread is slowed down: readers see it and why, members wait, and the log tells it."""

from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.lib.verdict import Refused
from forum.moderation import slowing
from forum.moderation.models import LogEntry
from forum.posts.models import Post, Thread
from forum.posts.pace import set_pace
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.moderation.builders import rule

WHY = "Tempers are hot: take a breath between two posts."


class SlowThreadTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.mags, cls.wren = make_moderator("mags"), make_user("wren")
        cls.essay = make_essay()
        cls.first = make_comment(cls.essay)
        cls.thread = cls.first.thread
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])
        cls.reply = reverse("discussion:reply", args=[cls.first.pk])

    def client_of(self, user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client

    def send(self, way="slow", user=None, **said):
        values = {"minutes": 30, "rule": rule().pk, "reason": WHY}
        url = reverse(f"moderation:{way}", args=[self.thread.pk])
        return self.client_of(user or self.mags).post(url, sent(**values | said))

    def write(self, user=None, source="Too hot."):
        return self.client_of(user or self.wren).post(self.reply, sent(source=source))

    def test_every_reader_sees_it_and_why_at_once(self):
        self.client_of().get(self.url)
        self.assertRedirects(self.send(), self.url)
        for user in (None, self.wren):
            page = self.client_of(user).get(self.url)
            self.assertContains(page, "This thread is slowed down: 30 minutes between two posts")
            self.assertContains(page, WHY)

    def test_whoever_wrote_just_now_is_told_when_they_may_again_and_keeps_their_words(self):
        self.send()
        self.assertEqual(self.write(source="The first.").status_code, 302)
        refused = self.write(source="Do not lose me.")
        self.assertContains(refused, "You can write here again from", status_code=403)
        self.assertContains(refused, WHY, status_code=403)
        self.assertContains(refused, "Do not lose me.", status_code=403)
        self.assertEqual(self.write(make_user()).status_code, 302)
        Post.objects.filter(author=self.wren).update(
            created_at=timezone.now() - timedelta(minutes=31)
        )
        self.assertEqual(self.write().status_code, 302)

    def test_other_threads_of_the_essay_go_on_as_fast_as_before(self):
        self.send()
        self.write()
        claim = make_claim(self.essay)
        make_counterpoint(claim, author=self.wren)
        make_counterpoint(claim, author=self.wren)

    def test_the_debate_of_a_claim_is_slowed_by_itself_and_its_statement_does_not_count(self):
        claim = make_claim(self.essay, author=self.wren)
        slowing.slow_thread(
            moderator=self.mags, thread=claim.thread, minutes=5, rule=rule(), reason=WHY
        )
        claim.thread.refresh_from_db()
        for user in (None, self.wren):
            page = self.client_of(user).get(claim.get_absolute_url())
            self.assertContains(page, "This thread is slowed down: five minutes between two posts")
        make_counterpoint(claim, author=self.wren)
        with self.assertRaisesMessage(Refused, "This thread is slowed down"):
            make_counterpoint(claim, author=self.wren)

    def test_where_the_whole_discussion_is_slow_too_the_longer_wait_is_told(self):
        self.essay.discussion_openness, self.essay.slow_minutes = "slow", 60
        self.essay.openness_reason = "The hour is late."
        self.essay.save()
        self.send(minutes=5)
        self.write()
        self.assertContains(self.write(), "The hour is late.", status_code=403)
        self.send(minutes=600)
        self.assertContains(self.write(), WHY, status_code=403)

    def test_it_is_lifted_again_and_the_log_tells_both(self):
        self.send()
        self.write()
        self.assertRedirects(self.send("unslow"), self.url)
        self.assertNotContains(self.client_of().get(self.url), "slowed down")
        self.assertEqual(self.write().status_code, 302)
        told = list(LogEntry.objects.order_by("number").values_list("kind", "reason"))
        self.assertEqual(told, [("slow", WHY), ("unslow", WHY)])
        page = self.client_of().get(reverse("moderation:log"))
        self.assertContains(page, "Slowed down")
        self.assertContains(page, "Slow no more")

    def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(self):
        for said, reason in (
            ({"minutes": 0}, "One minute at least."),
            ({"minutes": 1441}, "One day at most"),
            ({"reason": "Hot."}, "minutes"),
        ):
            with self.subTest(said=said):
                page = self.send(**said)
                self.assertContains(page, reason, status_code=422)
        self.assertIsNone(Thread.objects.get(pk=self.thread.pk).slow_minutes)

    def test_it_is_refused_to_all_but_moderators_and_where_it_makes_no_sense(self):
        self.assertEqual(self.send(user=self.wren).status_code, 403)
        self.assertEqual(self.send("unslow").status_code, 403)
        self.thread.locked_at = timezone.now()
        self.thread.save()
        self.assertContains(self.send(), "nobody writes in it", status_code=403)

    def test_moderators_are_led_to_it_and_others_are_not(self):
        url = reverse("moderation:slow", args=[self.thread.pk])
        self.assertContains(self.client_of(self.mags).get(self.url), url)
        self.assertNotContains(self.client_of(self.wren).get(self.url), url)
        self.assertContains(self.client_of(self.mags).get(url), "Slow a thread down")
        self.send()
        page = self.client_of(self.mags).get(self.url)
        self.assertContains(page, f'href="{url}"')
        self.assertContains(page, reverse("moderation:unslow", args=[self.thread.pk]))

    def test_it_costs_a_reader_nothing(self):
        for minutes in (None, 30):
            set_pace(thread=self.thread, minutes=minutes, reason=WHY)
            with self.subTest(minutes=minutes), self.assertNumQueries(4):
                self.client_of().get(self.url)
