"""Where a limit is reached: what the page says, and that nothing typed is lost."""

from django.db import connection
from django.test import TestCase, TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum.accounts.models import TRUSTED
from forum.guard.deeds import level_of
from forum.guard.models import Limit, Tally
from forum.lib.environment import ip_network
from forum.notifications.models import Follow
from forum.posts.models import Post, Vote
from tests.factories import (
    make_comment,
    make_editor,
    make_essay,
    make_moderator,
    make_newcomer,
    sent,
)
from tests.ruling import switch
from tests.together import together


def allow(most, *names):
    for name in names:
        Limit.objects.update_or_create(name=name, defaults={"most": most, "seconds": 86_400})


class WritingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.wren = make_newcomer("wren")
        cls.remark = make_comment(cls.essay)
        cls.url = reverse("discussion:thread", args=[cls.essay.slug])

    def setUp(self):
        self.client.force_login(self.wren)
        allow(1, "post-account")

    def write(self, source="The text of a reply."):
        return self.client.post(self.url, sent(source=source))

    def test_the_form_comes_back_with_the_text_and_says_until_when(self):
        self.assertEqual(self.write("The first.").status_code, 302)
        refused = self.write("Nothing of this <b>may</b> be lost.")
        self.assertContains(
            refused, "Nothing of this &lt;b&gt;may&lt;/b&gt; be lost.", status_code=429
        )
        self.assertContains(refused, "You have posted once in a day", status_code=429)
        self.assertContains(refused, "You can post again at", status_code=429)
        self.assertLessEqual(int(refused["Retry-After"]), 86_400)
        self.assertEqual(Post.objects.filter(author=self.wren).count(), 1)

    def test_a_double_click_counts_once(self):
        twice = sent(source="Once.")
        self.client.post(self.url, twice)
        self.assertEqual(self.client.post(self.url, twice).status_code, 302)
        self.assertEqual(self.write().status_code, 429)

    def test_what_was_refused_for_another_reason_is_not_counted(self):
        self.assertEqual(self.write("").status_code, 422)
        self.assertEqual(
            self.client.post(self.url, sent(source="x", preview="yes")).status_code, 200
        )
        self.assertEqual(self.write().status_code, 302)

    def test_reading_and_keeping_a_draft_go_on(self):
        self.write()
        self.assertEqual(self.client.get(self.url).status_code, 200)
        kept = self.client.post(self.url, sent(source="Later.", keep="yes"))
        self.assertEqual(kept.status_code, 302)

    def test_a_button_has_a_page_of_its_own_to_say_so(self):
        allow(1, "vote-account")
        url = reverse("discussion:vote", args=[self.remark.pk])
        self.assertEqual(self.client.post(url, sent(v="up")).status_code, 302)
        refused = self.client.post(url, sent(v="down"))
        self.assertContains(refused, "A vote is worth the reading before it", status_code=429)
        self.assertContains(refused, "<h1", count=1, status_code=429)
        self.assertTrue(Vote.objects.get().is_up)

    def test_reports_and_follows_are_counted_too(self):
        allow(1, "report-account", "follow-account")
        other = make_comment(self.essay)
        for post, status in ((self.remark, 302), (other, 429)):
            url = reverse("moderation:report", args=[post.pk])
            answer = self.client.post(url, sent(reason="attack", text="What I typed."))
            self.assertEqual(answer.status_code, status)
        self.assertContains(answer, "What I typed.", status_code=429)
        for essay, status in ((self.essay, 302), (make_essay(), 429)):
            url = reverse("news:follow-essay", args=[essay.slug])
            self.assertEqual(self.client.post(url, sent(follows="yes")).status_code, status)
        self.assertEqual(Follow.objects.filter(member=self.wren, kind="essay").count(), 1)

    def test_who_mentions_too_many_is_told_so_and_nobody_hears_of_it(self):
        allow(1, "mention-account")
        allow(9, "post-account")
        robin, gimel = make_newcomer("robin"), make_newcomer("gimel")
        switch(self, "too-quick", on=False)
        refused = self.write("Look, @robin and @gimel.")
        self.assertContains(refused, "Whoever is mentioned gets a message", status_code=429)
        self.assertEqual(robin.notices.count() + gimel.notices.count(), 0)
        self.assertEqual(self.write("Look, @robin.").status_code, 302)

    def test_a_reply_costs_one_statement_more_than_it_did(self):
        url = reverse("discussion:reply", args=[self.remark.pk])
        allow(9, "post-account")
        with CaptureQueriesContext(connection) as counted:
            self.client.post(url, sent(source="An answer."))
        told = [each["sql"] for each in counted if "guard_tally" in each["sql"]]
        self.assertEqual(len(told), 1)


class LevelTests(TestCase):
    def test_whoever_keeps_the_site_is_trusted_whatever_their_column_says(self):
        keepers = [make_moderator(), make_editor(), make_newcomer(is_superuser=True)]
        self.assertEqual({level_of(each) for each in keepers}, {TRUSTED})
        self.assertEqual(level_of(make_newcomer(trust_level=1)), 1)


class BurstTests(TransactionTestCase):
    """Through the whole site, as a script would do it that lies about where it comes from."""

    def test_sixteen_threads_post_no_more_than_the_limit_allows(self):
        essay, wren = make_essay(), make_newcomer()
        allow(4, "post-account")
        url = reverse("discussion:thread", args=[essay.slug])

        def burst(place):
            client = self.client_class()
            client.force_login(wren)

            def run():
                answers = []
                for each in range(3):
                    answers.append(client.post(
                        url, sent(source=f"{place} and {each}"),
                        headers={"X-Forwarded-For": f"198.51.100.{place}, 203.0.113.{each}"},
                    ).status_code)  # fmt: skip
                return answers

            return run

        told = sum(together(*[burst(place) for place in range(16)]), [])
        self.assertEqual(told.count(302), 4)
        self.assertEqual(told.count(429), 44)
        self.assertEqual(Post.objects.count(), 4)
        self.assertEqual(Tally.objects.filter(name="post-account").get().count, 4)
        # All of them came from one address, whatever they said.
        self.assertEqual(Tally.objects.filter(name="post-address").count(), 1)

    def test_behind_a_proxy_of_ours_each_address_counts_for_itself(self):
        url = reverse("account_login")
        with override_settings(TRUSTED_PROXIES=[ip_network("127.0.0.1")]):
            for told in ("198.51.100.1, 203.0.113.5", "198.51.100.2, 203.0.113.5", "203.0.113.6"):
                self.client.post(
                    url, {"login": "wren", "password": "x"}, headers={"X-Forwarded-For": told}
                )
        self.assertEqual(
            sorted(Tally.objects.filter(name="sign-in-address").values_list("count", flat=True)),
            [1, 2],
        )
