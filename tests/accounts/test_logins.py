"""Where a member is logged in: each login can be told from the others, and ended."""

from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.accounts.logins import note_activity
from tests.factories import make_user

PASSPHRASE = "a long pass phrase"
TELEPHONE = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"


class LoginsTests(TestCase):
    url = reverse("usersessions_list")

    @classmethod
    def setUpTestData(cls):
        cls.ruth, cls.olga = make_user("ruth"), make_user("olga")
        for user in (cls.ruth, cls.olga):
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    def log_in(self, username="ruth", agent=TELEPHONE):
        client = Client(HTTP_USER_AGENT=agent)
        client.post(reverse("account_login"), {"login": username, "password": PASSPHRASE})
        return client

    def end(self, client, session):
        return client.post(reverse("accounts:session-end", args=[session.pk]))

    def test_each_is_told_in_words_that_its_owner_knows(self):
        client = self.log_in()
        page = client.get(self.url)
        self.assertContains(page, "Firefox on Android")
        self.assertContains(page, "(here)")
        self.assertContains(page, "127.0.0.1")

    def test_one_that_is_ended_is_out_at_once_and_the_others_stay(self):
        here, there = self.log_in(), self.log_in()
        lost = UserSession.objects.get(session_key=there.session.session_key)
        self.assertRedirects(self.end(here, lost), self.url)
        self.assertRedirects(there.get(self.url), f"{reverse('account_login')}?next={self.url}")
        self.assertEqual(here.get(self.url).status_code, 200)

    def test_the_one_in_hand_can_be_ended_too(self):
        here = self.log_in()
        own = UserSession.objects.get(session_key=here.session.session_key)
        self.assertRedirects(self.end(here, own), "/", fetch_redirect_response=False)
        self.assertEqual(here.get(self.url).status_code, 302)

    def test_nobody_ends_another_members_login(self):
        ruth, olga = self.log_in(), self.log_in("olga")
        theirs = UserSession.objects.get(session_key=olga.session.session_key)
        self.end(ruth, theirs)
        self.assertEqual(olga.get(self.url).status_code, 200)

    def test_looking_does_not_end_it(self):
        here = self.log_in()
        own = UserSession.objects.get(session_key=here.session.session_key)
        answer = here.get(reverse("accounts:session-end", args=[own.pk]))
        self.assertEqual(answer.status_code, 405)

    def test_all_others_at_once(self):
        here, there = self.log_in(), self.log_in()
        here.post(self.url)
        self.assertEqual(there.get(self.url).status_code, 302)
        self.assertContains(here.get(self.url), "Only here.")

    def test_what_is_sent_is_activity_and_what_is_read_is_not(self):
        here = self.log_in()
        long_ago = timezone.now() - timedelta(days=2)
        UserSession.objects.update(last_seen_at=long_ago)
        here.get(self.url)
        self.assertEqual(UserSession.objects.get().last_seen_at, long_ago)
        here.post(reverse("notifications:reading"), {"upto": 1})
        self.assertGreater(UserSession.objects.get().last_seen_at, long_ago + timedelta(days=1))

    def test_what_one_sends_within_a_quarter_of_an_hour_is_noted_once(self):
        here = self.log_in()
        key = here.session.session_key
        moment = datetime(2026, 3, 9, 12, 1, tzinfo=UTC)
        noted = []
        for minutes in (0, 13, 14, 28, 29):
            with CaptureQueriesContext(connection) as told:
                note_activity(key, now=moment + timedelta(minutes=minutes))
            noted.append(len(told))
        self.assertEqual(noted, [1, 0, 1, 0, 1])
