"""Whoever is suspended or banned comes in to read, to appeal, to take their data and to leave."""

from datetime import UTC, datetime, timedelta

from django.test import TestCase
from django.urls import get_resolver, reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.accounts.permissions import can_log_in, can_take_part
from forum.accounts.suspension import OPEN_TO_THE_SUSPENDED
from forum.exchange.erasing import erase
from forum.exchange.leaving import departure_of
from forum.guard.permissions import can_write
from forum.lib.verdict import Refused
from forum.notifications.models import Follow
from forum.posts.models import Draft, Post, Vote
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
    sent,
)
from tests.moderation.builders import decide, make_case

NOW = timezone.now()
SUSPENDED = {"suspended_until": datetime(2099, 3, 7, 16, 5, tzinfo=UTC)}
BANNED = {"banned_at": NOW}
NAMES = "-a"


class PermissionTests(TestCase):
    def test_they_log_in_and_take_no_part(self):
        for fields, words in ((SUSPENDED, "until 7 March 2099, 16:05"), (BANNED, "banned")):
            with self.subTest(fields=fields):
                user = make_user(**fields)
                self.assertTrue(can_log_in(user))
                for verdict in (can_take_part(user), can_write(user)):
                    self.assertFalse(verdict)
                    self.assertIn(words, verdict.reason)

    def test_a_closed_account_is_closed_whatever_else_it_is(self):
        self.assertEqual(
            can_take_part(make_user(is_active=False)).reason, "This account is closed."
        )

    def test_a_suspension_that_is_over_is_none(self):
        user = make_user(suspended_until=NOW - timedelta(minutes=1))
        self.assertTrue(can_take_part(user))
        self.assertFalse(user.is_suspended())

    def test_a_ban_has_no_end(self):
        user = make_user(**BANNED)
        self.assertTrue(user.is_suspended(NOW + timedelta(days=36_500)))
        with self.assertRaisesMessage(Refused, "Your account is banned"):
            make_comment(author=user)

    def test_whoever_is_held_writes(self):
        user = make_user(held_until=NOW + timedelta(days=1))
        self.assertTrue(can_write(user))
        self.assertTrue(user.is_held())
        self.assertFalse(user.is_held(NOW + timedelta(days=2)))


class DoorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay()
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim)
        cls.remark = make_comment(cls.essay)
        cls.member = make_user("vic")
        cls.own = make_comment(cls.essay, author=cls.member)
        cls.decision = decide(make_case(cls.own), "hide", sanction="ban")

    def setUp(self):
        self.client.force_login(self.member)

    def writes(self):
        slug, claim, post = self.essay.slug, self.claim.pk, self.remark.pk
        return [
            (reverse("discussion:thread", args=[slug]), {"source": "More."}),
            (reverse("discussion:reply", args=[post]), {"source": "More."}),
            (reverse("counterpoints:answer-claim", args=[claim]),
             {"relation": "rebuts", "source": "No.", "restatement": "So."}),
            (reverse("counterpoints:answer", args=[self.objection.pk]),
             {"relation": "rebuts", "source": "No.", "restatement": "So."}),
            (reverse("discussion:vote", args=[post]), {"v": "up"}),
            (reverse("counterpoints:vote", args=[self.objection.pk]), {"v": "up"}),
            (reverse("posts:edit", args=[self.own.pk]), {"source": "Other."}),
            (reverse("discussion:withdrawal", args=[self.own.pk]), {}),
            (reverse("moderation:report", args=[post]), {"reason": "attack"}),
            (reverse("news:follow-claim", args=[claim]), {"follows": "yes"}),
            (reverse("news:mute", args=[self.remark.author.username]), {"how": "mute"}),
            (reverse("news:settings"), {"answered": "off"}),
            (reverse("own-name"), {"display_name": "Victor"}),
            (reverse("account_email"), {"action_add": "", "email": "new@example.org"}),
        ]  # fmt: skip

    def test_every_write_is_refused_with_its_reason(self):
        before = Post.objects.count()
        for url, fields in self.writes():
            with self.subTest(url=url):
                answer = self.client.post(url, sent(**fields))
                self.assertContains(answer, "This account is banned.", status_code=403)
                self.assertContains(answer, reverse("moderation:own-standing"), status_code=403)
        self.assertEqual(Post.objects.count(), before)
        for rows in (Vote.objects.filter(voter=self.member), Follow.objects.filter(kind="claim"),
                     Draft.objects.all()):  # fmt: skip
            self.assertFalse(
                rows.filter(pk__gt=0).exclude(pk=None).exists() and rows.model != Follow
            )
        self.assertEqual(User.objects.get(pk=self.member.pk).display_name, "")

    def test_they_read_what_was_decided_and_appeal(self):
        page = self.client.get(reverse("moderation:own-standing"))
        self.assertContains(page, "Banned for good")
        self.assertContains(page, "You take no part here any more.")
        self.assertContains(page, self.decision.get_absolute_url())
        url = reverse("moderation:appeal", args=[self.decision.pk])
        answer = self.client.post(url, sent(text="I said nothing of the kind."))
        self.assertRedirects(answer, self.decision.get_absolute_url())
        self.assertEqual(self.decision.appeals.get().appellant, self.member)

    def test_they_take_their_data_along(self):
        password = {"password": "a long pass phrase"}
        self.client.post(reverse("account_reauthenticate"), password)
        answer = self.client.post(reverse("exchange:own-archive"))
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        answer.close()

    def test_they_leave(self):
        self.client.post(reverse("account_reauthenticate"), {"password": "a long pass phrase"})
        answer = self.client.post(
            reverse("departure"), sent(posts="keep", when="now", username="vic")
        )
        self.assertEqual(answer.status_code, 200)
        self.assertIsNotNone(departure_of(self.member))
        self.assertIsNone(erase(member=self.member, keeps_posts=True, asked_by="test").banned_at)

    def test_they_log_out(self):
        self.client.post(reverse("account_logout"))
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_all_that_is_open_to_them_has_an_address(self):
        known = set()
        for name in OPEN_TO_THE_SUSPENDED:
            space, _, bare = name.rpartition(":")
            resolver = get_resolver()
            if space:
                resolver = resolver.namespace_dict[space][1]
            known |= {name} & {name for key in resolver.reverse_dict if key == bare}
        self.assertEqual(known, OPEN_TO_THE_SUSPENDED)

    def test_for_others_the_door_is_open(self):
        self.client.force_login(make_user())
        url, fields = self.writes()[0]
        self.assertEqual(self.client.post(url, sent(**fields)).status_code, 302)
