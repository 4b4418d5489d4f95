"""Against a real mail server: what it takes, refuses, puts off, and leaves without an answer."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from forum.notifications.delivery import deliver
from forum.notifications.models import Letter, LetterState, Notice
from forum.notifications.sending import HOLD, WAITS, hold, try_again
from tests.factories import make_user
from tests.notifications.readers import at_once, make_reader, outbox, tell
from tests.notifications.smtp_server import mail_server


class SendingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_reader("ruth", ways=at_once())
        cls.tobias = make_reader("tobias", ways=at_once())

    def setUp(self):
        talk = mail_server()
        self.server = talk.__enter__()
        self.addCleanup(talk.__exit__, None, None, None)
        self.now = timezone.now()

    def deliver(self, after=timedelta(0)):
        return deliver(now=timezone.now() + after)

    def test_a_letter_arrives_once_however_often_the_worker_runs(self):
        tell(self.ruth)
        for sent in (1, 0):
            with self.subTest(sent=sent):
                self.assertEqual(self.deliver().sent, sent)
        ((to, letter),) = self.server.taken
        self.assertEqual(to, ["<ruth@example.org>"])
        self.assertEqual(letter["to"], "ruth@example.org")
        self.assertEqual(letter["from"], "counterpoint@debate.example")
        self.assertEqual(outbox(), [("sent", 1, "")])

    def test_many_go_over_one_line(self):
        for _ in range(5):
            tell(self.ruth)
        self.assertEqual(self.deliver().sent, 5)
        self.assertEqual((len(self.server.letters), self.server.connections), (5, 1))

    def test_what_a_run_has_no_room_for_is_left_to_the_next(self):
        for _ in range(3):
            tell(self.ruth)
        self.assertEqual([deliver(most=2).sent, deliver(most=2).sent], [2, 1])

    def test_a_server_that_closes_for_now_is_asked_again_later_and_later(self):
        tell(self.ruth)
        tell(self.tobias)
        self.server.instead = {"MAIL": ["421 closing for now"]}
        with self.assertLogs("forum.notifications.sending", "WARNING"):
            self.assertEqual(self.deliver().failed, 1)
        # The other letter did not try: nobody would have answered.
        self.assertEqual(outbox(), [("waiting", 1, "421 closing for now"), ("waiting", 0, "")])
        first = Letter.objects.order_by("pk").first()
        self.assertGreaterEqual(first.due_at, self.now + WAITS[0])
        self.assertEqual(self.deliver().sent, 1)
        self.assertEqual(self.deliver(WAITS[0] * 2).sent, 1)
        self.assertEqual(len(self.server.letters), 2)

    def test_the_waits_grow_and_end(self):
        tell(self.ruth)
        self.server.instead = {"RCPT": ["451 not now"] * 20}
        later = timedelta(0)
        for tries in range(1, len(WAITS) + 2):
            with self.subTest(tries=tries):
                with self.assertLogs("forum.notifications.sending", "WARNING"):
                    self.deliver(later)
                letter = Letter.objects.get()
                self.assertEqual(letter.tries, tries)
                later += timedelta(days=2)
        self.assertEqual(outbox(), [("failed", len(WAITS) + 1, "451 not now")])
        self.assertEqual(list(WAITS), sorted(WAITS))
        self.assertEqual(self.deliver(timedelta(days=99)).failed, 0)

    def test_a_reader_whom_the_server_does_not_know_is_given_up_at_once_and_the_others_served(self):
        tell(self.ruth)
        tell(self.tobias)
        self.server.instead = {"RCPT": ["550 no <ruth@example.org> here"]}
        with self.assertLogs("forum.notifications.sending", "WARNING") as logs:
            done = self.deliver()
        self.assertEqual((done.sent, done.failed), (1, 1))
        self.assertEqual(outbox()[0], ("failed", 1, "550 no <(an address)> here"))
        self.assertNotIn("ruth@", "".join(logs.output))

    def test_words_that_the_server_will_not_have_are_given_up_at_once(self):
        tell(self.ruth)
        self.server.instead = {"END": ["554 I will not carry this"]}
        with self.assertLogs("forum.notifications.sending", "WARNING"):
            self.deliver()
        self.assertEqual(outbox(), [("failed", 1, "554 I will not carry this")])

    def test_a_server_that_says_nothing_holds_nobody_for_long(self):
        for command in ("CONNECT", "DATA", "END"):
            with self.subTest(command=command):
                Letter.objects.all().delete()
                tell(self.ruth)
                self.server.instead = {command: ["hang"]}
                started = timezone.now()
                with self.assertLogs("forum.notifications.sending", "WARNING"):
                    self.assertEqual(self.deliver().failed, 1)
                self.assertLess(timezone.now() - started, timedelta(seconds=10))
                self.assertEqual(Letter.objects.get().state, LetterState.WAITING)

    def test_no_server_at_all_is_waited_for(self):
        tell(self.ruth)
        with self.settings(EMAIL_PORT=1), self.assertLogs("forum.notifications.sending", "WARNING"):
            self.assertEqual(self.deliver().failed, 1)
        self.assertEqual(self.deliver(WAITS[0] * 2).sent, 1)

    def test_every_try_bears_the_same_message_id(self):
        tell(self.ruth)
        self.server.instead = {"END": ["451 taken, and then lost"]}
        ids = []
        with self.assertLogs("forum.notifications.sending", "WARNING"):
            self.deliver()
        self.deliver(WAITS[0] * 2)
        Letter.objects.update(state=LetterState.WAITING, ended_at=None)
        self.deliver(WAITS[0] * 3)
        ids = {letter["message-id"] for letter in self.server.letters}
        self.assertEqual((len(self.server.letters), len(ids)), (2, 1))

    def test_a_letter_that_somebody_holds_is_nobody_elses_until_they_must_be_dead(self):
        tell(self.ruth)
        letter = Letter.objects.get()
        self.assertIsNotNone(hold(letter.pk, now=timezone.now()))
        self.assertIsNone(hold(letter.pk, now=timezone.now()))
        self.assertEqual(self.deliver().sent, 0)
        self.assertEqual(self.deliver(HOLD + timedelta(minutes=1)).sent, 1)

    def test_what_was_given_up_can_be_tried_again(self):
        tell(self.ruth)
        self.server.instead = {"RCPT": ["550 unknown"]}
        with self.assertLogs("forum.notifications.sending", "WARNING"):
            self.deliver()
        self.assertEqual(try_again(Letter.objects.all()), 1)
        self.assertEqual(self.deliver().sent, 1)
        self.assertEqual(try_again(Letter.objects.all()), 0)


class NotSentTests(TestCase):
    """What becomes of a letter whose reader cannot be written to, or need not."""

    def dropped(self):
        deliver()
        ((state, _tries, reason),) = outbox()
        self.assertEqual(state, "dropped")
        return reason

    def test_whoever_has_not_confirmed_an_address_gets_no_letter(self):
        self.assertIn("confirmed", self.told(make_user()))

    def told(self, user):
        tell(user, kind="decided")
        return self.dropped()

    def test_nor_does_a_member_who_left(self):
        user = make_reader()
        tell(user, kind="decided")
        user.is_active = False
        user.save()
        self.assertIn("closed", self.dropped())

    def test_what_is_older_than_three_days_is_no_news(self):
        tell(make_reader(), kind="decided", now=timezone.now() - timedelta(days=4))
        self.assertEqual(outbox(), [])
        self.assertEqual(Notice.objects.count(), 1)
