"""What comes with every answer: methods, headers, versions, limits; and what never does."""

from datetime import timedelta
from unittest.mock import patch

import time_machine
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.accounts.models import User
from forum.exchange.tokens import revoke_token
from forum.guard.models import Limit, Tally
from tests.exchange.api.asking import API, ask, make_keeper, make_researcher, make_token, told
from tests.factories import (
    cast_votes,
    make_claim,
    make_comment,
    make_counterpoint,
    make_editor,
    make_essay,
)


def limit_to(most, seconds=60):
    Limit.objects.update_or_create(name="api", defaults={"most": most, "seconds": seconds})


class MethodTests(TestCase):
    def test_whatever_is_no_reading_is_refused_with_a_sentence(self):
        for method in ("post", "put", "patch", "delete"):
            for path in ("essays/", "changes/", "openapi.json", "nonsense"):
                response = getattr(Client(enforce_csrf_checks=True), method)(API + path)
                with self.subTest(method, path=path):
                    self.assertEqual(response.status_code, 405)
                    self.assertEqual(response.headers["Allow"], "GET, HEAD, OPTIONS")
                    self.assertIn("only reads", response.json()["detail"])

    def test_the_head_of_an_answer_can_be_asked_for(self):
        head, whole = Client().head(f"{API}essays/"), ask("essays/")
        self.assertEqual((head.status_code, head.content), (200, b""))
        self.assertEqual(head.headers["ETag"], whole.headers["ETag"])

    def test_pages_elsewhere_may_read_it_without_credentials(self):
        for path in ("essays/", "nonsense", "openapi.json"):
            headers = ask(path, Origin="https://elsewhere.example").headers
            self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
            self.assertNotIn("Access-Control-Allow-Credentials", headers)
            self.assertIn("RateLimit", headers["Access-Control-Expose-Headers"])
        before = Client().options(
            f"{API}essays/", headers={"Access-Control-Request-Headers": "authorization"}
        )
        self.assertEqual((before.status_code, before.content), (204, b""))
        self.assertIn("Authorization", before.headers["Access-Control-Allow-Headers"])
        self.assertNotIn("POST", before.headers["Access-Control-Allow-Methods"])

    def test_no_cookie_is_set_or_read(self):
        draft = make_essay(published=False)
        client = Client()
        client.force_login(make_editor())
        self.assertEqual(client.get(f"{API}essays/{draft.slug}/").status_code, 404)
        known, unknown = client.get(f"{API}essays/"), ask("essays/")
        self.assertEqual(known.content, unknown.content)
        self.assertFalse(known.cookies or unknown.cookies)
        self.assertNotIn("Cookie", known.headers.get("Vary", ""))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{API}essays/")
        self.assertFalse([q for q in queries if "session" in q["sql"]])

    def test_what_fails_here_is_said_as_json_and_written_down(self):
        with (
            patch("forum.exchange.api.items.essay", side_effect=ZeroDivisionError("secret")),
            self.assertLogs("forum.exchange.api.door", "ERROR"),
        ):
            make_essay()
            response = ask("essays/")
        self.assertEqual(response.status_code, 500)
        self.assertNotIn("secret", response.content.decode())
        self.assertEqual(response.headers["Cache-Control"], "no-store")


class VersionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay(slug="the-collar")
        cls.claim = make_claim(cls.essay)
        cls.objection = make_counterpoint(cls.claim)
        cls.remark = make_comment(cls.essay)
        cls.of_debate = (
            "essays/the-collar/claims/", f"claims/{cls.claim.pk}/",
            f"claims/{cls.claim.pk}/counterpoints/", f"claims/{cls.claim.pk}/standings/",
            f"counterpoints/{cls.objection.pk}/", f"threads/{cls.claim.pk}/posts/",
            f"posts/{cls.objection.pk}/", "essays/the-collar/", "essays/", "changes/",
        )  # fmt: skip

    def ask_again(self, path, first):
        return ask(path, If_None_Match=first.headers["ETag"])

    def test_what_has_not_changed_is_not_sent_twice_and_costs_three_statements(self):
        for path in self.of_debate:
            first = ask(path)
            with self.subTest(path), self.assertNumQueries(3):
                again = self.ask_again(path, first)
            self.assertEqual((again.status_code, again.content), (304, b""))
            self.assertEqual(again.headers["ETag"], first.headers["ETag"])
            self.assertIn("RateLimit", again.headers)

    def test_a_vote_changes_all_that_tells_of_it(self):
        first = {path: ask(path) for path in self.of_debate}
        cast_votes(self.objection.post, up=1)
        for path, response in first.items():
            with self.subTest(path):
                self.assertEqual(self.ask_again(path, response).status_code, 200)

    def test_a_new_name_changes_what_its_bearer_wrote(self):
        author = User.objects.get(pk=self.objection.post.author_id)
        for path in (f"claims/{self.claim.pk}/counterpoints/", f"posts/{self.objection.pk}/"):
            first = ask(path)
            author.display_name = f"Somebody Else {path}"
            author.save()
            again = self.ask_again(path, first)
            self.assertEqual(again.status_code, 200)
            self.assertIn("Somebody Else", again.content.decode())

    def test_pages_licences_and_sites_have_versions_of_their_own(self):
        first = ask("essays/")
        self.assertNotEqual(ask("essays/?limit=1").headers["ETag"], first.headers["ETag"])
        with override_settings(CONTENT_LICENCE="CC BY 4.0"):
            self.assertEqual(self.ask_again("essays/", first).status_code, 200)
        with override_settings(HOST="https://other.example"):
            self.assertEqual(self.ask_again("essays/", first).status_code, 200)

    def test_an_essay_whose_hour_has_come_is_in_the_list_that_was_not_sent_twice(self):
        soon = timezone.now() + timedelta(hours=1)
        make_essay(slug="soon", published_at=soon)
        first = ask("essays/")
        with time_machine.travel(soon + timedelta(minutes=1)):
            again = self.ask_again("essays/", first)
        self.assertEqual([each["slug"] for each in again.json()["items"]], ["the-collar", "soon"])


class LimitTests(TestCase):
    def test_a_stranger_is_counted_by_address_and_told_what_is_left(self):
        limit_to(2)
        with time_machine.travel("2026-03-01T12:00:20Z", tick=False):
            first, second, third = (ask("essays/") for _ in range(3))
            self.assertEqual(first.headers["RateLimit-Policy"], '"api";q=2;w=60')
            self.assertEqual(first.headers["RateLimit"], '"api";r=1;t=40')
            self.assertEqual(second.headers["RateLimit"], '"api";r=0;t=40')
            self.assertEqual(third.status_code, 429)
            self.assertEqual(third.headers["Retry-After"], "40")
            self.assertIn("2 requests in a minute", third.json()["detail"])
            other = Client(REMOTE_ADDR="192.0.2.7").get(f"{API}essays/")
            self.assertEqual(other.status_code, 200)
        with time_machine.travel("2026-03-01T12:01:00Z", tick=False):
            self.assertEqual(ask("essays/").status_code, 200)

    def test_a_refusal_counts_too_and_reading_the_page_of_the_api_does_not(self):
        limit_to(1)
        self.assertEqual(ask("").status_code, 200)
        self.assertEqual(ask("nonsense").status_code, 404)
        self.assertEqual(ask("essays/").status_code, 429)
        self.assertEqual(ask("").status_code, 200)

    def test_a_token_has_a_limit_of_its_own(self):
        limit_to(1)
        _, secret = make_token(hourly_limit=2)
        self.assertEqual(ask("essays/").status_code, 200)
        for left in (1, 0):
            response = ask("essays/", token=secret)
            self.assertTrue(response.headers["RateLimit"].startswith(f'"api";r={left};'))
        refused = ask("essays/", token=secret)
        self.assertEqual(refused.status_code, 429)
        self.assertIn("in an hour", refused.json()["detail"])

    def test_nobody_s_address_is_kept(self):
        Client(REMOTE_ADDR="192.0.2.7").get(f"{API}essays/")
        (tally,) = Tally.objects.all()
        self.assertNotIn("192.0.2.7", str(vars(tally)))


class TokenTests(TestCase):
    def refusal(self, said):
        response = ask("essays/", Authorization=said)
        self.assertEqual(response.status_code, 401)
        self.assertEqual(response.headers["WWW-Authenticate"], 'Bearer realm="api"')
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response.json()["detail"]

    def test_a_token_shows_what_a_stranger_sees(self):
        _, secret = make_token()
        draft = make_essay(published=False)
        self.assertEqual(told("essays/", token=secret), told("essays/"))
        self.assertEqual(ask(f"essays/{draft.slug}/", token=secret).status_code, 404)

    def test_a_token_that_is_no_good_is_never_taken_for_a_stranger(self):
        token, secret = make_token()
        self.assertIn("no such token", self.refusal(f"Bearer {secret}x"))
        self.assertIn("no such token", self.refusal("Bearer"))
        for said in ("Basic dTpw", secret, "Token x"):
            self.assertIn("“Bearer”", self.refusal(said))
        revoke_token(by=make_keeper(), token=token)
        self.assertIn("revoked", self.refusal(f"Bearer {secret}"))

    def test_it_is_good_while_its_owner_may_log_in(self):
        for fields in (
            {"is_active": False},
            {"suspended_until": timezone.now() + timedelta(days=1)},
            {"is_demonstration": True},
        ):
            owner = make_researcher()
            _, secret = make_token(owner)
            self.assertEqual(ask("essays/", token=secret).status_code, 200)
            User.objects.filter(pk=owner.pk).update(**fields)
            with self.subTest(fields):
                self.assertIn("cannot use the site", self.refusal(f"Bearer {secret}"))

    def test_whoever_guesses_is_counted(self):
        limit_to(2)
        for _ in range(2):
            self.refusal("Bearer guessed")
        self.assertEqual(ask("essays/", token="guessed").status_code, 429)

    def test_the_day_of_its_last_use_is_kept_and_written_once(self):
        token, secret = make_token()
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            ask("essays/", token=secret)
            token.refresh_from_db()
            self.assertEqual(str(token.last_used_on), "2026-03-01")
            with CaptureQueriesContext(connection) as queries:
                ask("essays/", token=secret)
            self.assertFalse([q for q in queries if q["sql"].startswith("UPDATE")])
