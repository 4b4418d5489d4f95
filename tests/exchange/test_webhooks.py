import hmac
import json
from datetime import timedelta
from unittest.mock import patch

from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum.counterpoints.models import Claim
from forum.exchange import hooks
from forum.exchange.hook_models import Delivery, Webhook
from forum.exchange.hook_orders import deliver_hooks_when_due, go_on
from forum.exchange.hook_sending import (
    WAITS,
    deliver_hooks,
    forget_old_deliveries,
    send_again,
    signature,
)
from forum.exchange.hooks import add_webhook, change_webhook, gather
from forum.house.models import Change
from forum.lib.outbound import Unsendable
from forum.lib.verdict import Refused
from forum.moderation import locking
from forum.moderation.models import Rule
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
from tests.revising import revise

ALL = ["post", "standing", "revision", "decision"]
URL = "https://hooks.example/told"


class Receiver:
    """In place of another program: it notes what it is told, and answers as it is asked to."""

    def __init__(self, *answers):
        self.heard, self.answers = [], list(answers)

    def __call__(self, url, body, headers):
        self.heard.append((url, json.loads(body), headers, body))
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, Exception):
            raise answer
        return answer


class HookTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.hook = cls.make_hook()

    @classmethod
    def make_hook(cls, happenings=ALL, **fields):
        # Changes bear the database's own clock, to the microsecond.
        before = timezone.now() - timedelta(milliseconds=1)
        return add_webhook(
            by=cls.keeper, name="Mirror", url=URL, happenings=happenings, now=before, **fields
        )

    def told(self):
        """What has been gathered since, as pairs of what happened and to what."""
        gather()
        rows = Delivery.objects.filter(webhook=self.hook).order_by("pk")
        return [(row.happening, json.loads(row.body)) for row in rows]


class GatheringTests(HookTestCase):
    def setUp(self):
        gather()
        Delivery.objects.all().delete()

    def test_a_post_is_told_by_its_number_and_not_by_its_words(self):
        post = make_comment(self.essay, source="Whispered words.")
        ((happening, body),) = self.told()
        self.assertEqual((happening, body["id"], body["act"]), ("post", post.pk, "made"))
        self.assertNotIn("Whispered", json.dumps(body))

    def test_a_claim_its_standing_and_its_answers_are_told(self):
        claim = make_claim(self.essay)
        answer = make_counterpoint(claim)
        cast_votes(answer.post, up=3)
        kinds = [happening for happening, _ in self.told()]
        self.assertEqual(kinds.count("post"), 2)
        self.assertIn("standing", kinds)
        body = next(body for happening, body in self.told() if happening == "standing")
        self.assertEqual(body["id"], Claim.objects.get().pk)

    def test_a_revision_is_told_once_it_is_published(self):
        draft = make_essay("Unfinished", published=False)
        self.assertEqual(self.told(), [])
        revision = revise(self.essay, "Nobody knew why.", "Few knew why.", by=make_editor())
        self.assertEqual(
            [(happening, body["id"]) for happening, body in self.told()],
            [("revision", revision.pk)],
        )
        self.assertIsNotNone(draft.pk)

    def test_a_decision_is_told_as_the_public_log_tells_it(self):
        moderator, post = make_moderator("mags"), make_comment(self.essay)
        locking.lock_thread(
            moderator=moderator, thread=post.thread, rule=Rule.objects.first(),
            reason="It goes round in circles.",
        )  # fmt: skip
        body = next(body for happening, body in self.told() if happening == "decision")
        self.assertEqual(body["entry"]["kind"], "lock")
        self.assertEqual(body["entry"]["reason"], "It goes round in circles.")

    def test_nothing_is_told_twice_however_often_it_is_gathered(self):
        make_comment(self.essay)
        self.assertEqual(len(self.told()), 1)
        self.assertEqual(len(self.told()), 1)
        one = Delivery.objects.get()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Delivery.objects.create(
                webhook=self.hook, source=one.source, happening="post", body="{}",
                made_at=timezone.now(), due_at=timezone.now(),
            )  # fmt: skip

    def test_it_is_told_what_it_asked_for_and_nothing_else(self):
        change_webhook(by=self.keeper, webhook=self.hook, happenings=["revision"])
        make_comment(self.essay)
        self.assertEqual(self.told(), [])

    def test_what_happened_while_it_was_off_is_never_told(self):
        change_webhook(by=self.keeper, webhook=self.hook, is_active=False)
        make_comment(self.essay)
        self.assertEqual(self.told(), [])
        change_webhook(by=self.keeper, webhook=self.hook, is_active=True)
        make_comment(self.essay, source="Afterwards.")
        self.assertEqual(len(self.told()), 1)

    def test_what_was_taken_back_did_not_happen(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            make_comment(self.essay)
            raise ZeroDivisionError
        self.assertEqual(self.told(), [])

    def test_more_than_a_page_is_told_in_order(self):
        posts = [make_comment(self.essay).pk for _ in range(5)]
        with patch.object(hooks, "PAGE", 2):
            self.assertEqual([body["id"] for _, body in self.told()], posts)


class SendingTests(HookTestCase):
    def setUp(self):
        make_comment(self.essay)
        gather()
        Delivery.objects.exclude(pk=Delivery.objects.latest("pk").pk).delete()

    def one(self):
        return Delivery.objects.get()

    def test_it_is_signed_so_that_the_receiver_knows_the_sender_and_the_moment(self):
        receiver = Receiver()
        self.assertEqual(deliver_hooks(send=receiver), 1)
        ((url, _, headers, raw),) = receiver.heard
        self.assertEqual(url, URL)
        moment, told = headers["Counterpoint-Signature"].removeprefix("t=").split(",v1=")
        message = f"{moment}.".encode() + raw
        expected = hmac.new(self.hook.secret.encode(), message, "sha256").hexdigest()
        self.assertEqual(told, expected)
        self.assertNotEqual(signature("other", int(moment), raw).split("v1=")[1], told)
        self.assertNotEqual(signature(self.hook.secret, 1, raw).split("v1=")[1], told)
        self.assertEqual((self.one().state, self.one().reason), ("sent", "Answered 204."))

    def test_what_was_sent_is_not_sent_again(self):
        receiver = Receiver()
        deliver_hooks(send=receiver)
        deliver_hooks(send=receiver, now=timezone.now() + timedelta(days=9))
        self.assertEqual(len(receiver.heard), 1)

    def test_what_failed_is_tried_again_after_growing_waits_and_given_up_in_the_end(self):
        now, answers = timezone.now(), [500, 404, 302, Unsendable("It did not answer in time.")]
        receiver = Receiver(*answers, *[503] * 10)
        waits = []
        for _ in range(len(WAITS)):
            deliver_hooks(send=receiver, now=now)
            waits.append(self.one().due_at - now)
            deliver_hooks(send=receiver, now=self.one().due_at - timedelta(seconds=1))
            now = self.one().due_at
        self.assertEqual(waits, list(WAITS))
        self.assertEqual(waits, sorted(waits))
        deliver_hooks(send=receiver, now=now)
        self.assertEqual((self.one().state, self.one().reason), ("failed", "Answered 503."))
        self.assertEqual(len(receiver.heard), len(WAITS) + 1)

    def test_each_failure_is_said_in_words(self):
        for answer, words in (
            (500, "Answered 500."), (302, "Answered 302. We follow nobody elsewhere."),
            (Unsendable("The host has no address."), "The host has no address."),
        ):  # fmt: skip
            Delivery.objects.update(due_at=timezone.now(), tries=0)
            deliver_hooks(send=Receiver(answer))
            self.assertEqual(self.one().reason, words)

    def test_by_itself_it_reaches_no_private_address(self):
        Webhook.objects.update(url="https://127.0.0.1:1/")
        self.assertEqual(deliver_hooks(), 0)
        self.assertIn("not on the public net", self.one().reason)

    def test_what_another_worker_holds_is_left_to_it(self):
        Delivery.objects.update(held_until=timezone.now() + timedelta(minutes=1))
        self.assertEqual(deliver_hooks(send=Receiver()), 0)
        Delivery.objects.update(held_until=timezone.now() - timedelta(minutes=1))
        self.assertEqual(deliver_hooks(send=Receiver()), 1)

    def test_one_that_fails_does_not_hold_up_the_next(self):
        make_comment(self.essay, source="Another.")
        receiver = Receiver(500, 204)
        self.assertEqual(deliver_hooks(send=receiver), 1)
        self.assertEqual(len(receiver.heard), 2)

    def test_old_ones_are_forgotten_and_waiting_ones_are_not(self):
        month = timezone.now() + timedelta(days=31)
        self.assertEqual(forget_old_deliveries(now=month), 0)
        deliver_hooks(send=Receiver())
        self.assertEqual(forget_old_deliveries(now=month), 1)

    def test_it_is_sent_again_where_a_keeper_asks_for_it(self):
        deliver_hooks(send=Receiver())
        self.assertEqual(send_again(Delivery.objects.all()), 1)
        receiver = Receiver()
        deliver_hooks(send=receiver)
        self.assertEqual(len(receiver.heard), 1)


class OrderTests(HookTestCase):
    def waiting(self):
        return DBTaskResult.objects.filter(
            status=TaskResultStatus.READY, task_path=deliver_hooks_when_due.module_path
        ).count()

    def test_one_order_waits_for_the_worker_however_many_give_it(self):
        self.make_hook()
        go_on()
        self.assertEqual(self.waiting(), 1)

    def test_without_webhooks_nobody_is_ordered(self):
        DBTaskResult.objects.all().delete()
        Webhook.objects.update(is_active=False)
        go_on()
        self.assertEqual(self.waiting(), 0)


class RefusalTests(HookTestCase):
    def test_only_keepers_register_and_change_them(self):
        for person in (make_user(), make_moderator(), make_editor()):
            with self.subTest(person=person.username):
                self.assertRaises(
                    Refused, add_webhook, by=person, name="Mine", url=URL, happenings=ALL
                )
                self.assertRaises(
                    Refused, change_webhook, by=person, webhook=self.hook, is_active=False
                )
        self.assertEqual(Webhook.objects.filter(is_active=True).count(), 1)


class AdminTests(HookTestCase):
    def setUp(self):
        self.client.force_login(self.keeper)

    def add(self, **changes):
        told = {"name": "Archive", "url": URL, "happenings": ["post"]} | changes
        return self.client.post(reverse("admin:exchange_webhook_add"), told)

    def test_it_is_registered_and_its_secret_shown_to_keepers(self):
        self.assertEqual(self.add().status_code, 302)
        hook = Webhook.objects.get(name="Archive")
        self.assertEqual((hook.happenings, hook.created_by), (["post"], self.keeper))
        page = self.client.get(reverse("admin:exchange_webhook_change", args=[hook.pk]))
        self.assertContains(page, hook.secret)
        self.assertTrue(Change.objects.filter(subject=f"webhook {hook.pk}", part="url").exists())

    def test_an_address_that_will_never_do_is_refused_by_its_field(self):
        for url, words in (
            ("http://hooks.example/", "must begin with https://"),
            ("https://169.254.169.254/latest/", "not on the public net"),
        ):
            page = self.add(url=url)
            self.assertContains(page, words)
            self.assertContains(page, url)
        self.assertContains(self.add(happenings=[]), "Choose at least one thing")
        self.assertFalse(Webhook.objects.filter(name="Archive").exists())

    def test_it_is_switched_off_there(self):
        url = reverse("admin:exchange_webhook_change", args=[self.hook.pk])
        self.client.post(url, {"name": "Mirror", "url": URL, "happenings": ["post"]})
        self.hook.refresh_from_db()
        self.assertFalse(self.hook.is_active)

    def test_deliveries_are_listed_with_what_became_of_them_and_sent_again(self):
        make_comment(self.essay)
        deliver_hooks(send=Receiver(500, 500, 500))
        url = reverse("admin:exchange_delivery_changelist")
        self.assertContains(self.client.get(url), "Answered 500.")
        Delivery.objects.update(state="failed")
        chosen = list(Delivery.objects.values_list("pk", flat=True))
        self.client.post(url, {"action": "again", "_selected_action": chosen})
        self.assertFalse(Delivery.objects.filter(state="failed").exists())

    def test_the_list_takes_as_many_statements_for_many_as_for_one(self):
        url = reverse("admin:exchange_delivery_changelist")
        now, counts = timezone.now(), []
        for size in (1, 30):
            Delivery.objects.bulk_create(
                Delivery(
                    webhook=self.hook, source=f"test-{size}-{number}", happening="post",
                    body="{}", made_at=now, due_at=now,
                )
                for number in range(size)
            )  # fmt: skip
            self.client.get(url)
            with CaptureQueriesContext(connection) as found:
                self.client.get(url)
            counts.append(len(found))
        self.assertEqual(counts[0], counts[1])
