"""The sum that a browser does before somebody signs up, where the site asks for it."""

import json
from hashlib import sha256
from unittest.mock import patch

from django.core.signing import TimestampSigner
from django.test import TestCase
from django.urls import reverse
from time_machine import travel

from forum.accounts.models import User
from forum.guard import work
from forum.lib.house import House, keep
from tests.accounts.test_signup import signup_form


def solve(given):
    for number in range(given["most"]):
        if sha256(f"{given['salt']}{number}".encode()).hexdigest() == given["sought"]:
            return {"salt": given["salt"], "number": number, "signed": given["signed"]}
    raise AssertionError("It has no answer.")


class WorkTests(TestCase):
    def given(self):
        with patch.object(work, "MOST", 50):
            return work.challenge()

    def is_done(self, answer):
        return work.is_done(answer if isinstance(answer, str) else json.dumps(answer))

    def test_every_sum_has_an_answer_and_it_counts_once(self):
        answer = solve(self.given())
        assert self.is_done(answer)
        assert not self.is_done(answer)

    def test_nothing_else_is_an_answer(self):
        answer = solve(self.given())
        other = solve(self.given())
        wrong = [
            "", "x", "[]", "null", "{}", json.dumps({"salt": "a"}),
            answer | {"number": answer["number"] + 1},
            answer | {"salt": other["salt"]},
            answer | {"signed": other["signed"]},
            answer | {"signed": TimestampSigner(salt="begun").sign("form")},
            answer | {"number": "x" * 9},
            answer | {"number": float("inf")},
            "[" * 100_000,
        ]  # fmt: skip
        for each in wrong:
            with self.subTest(each):
                assert not self.is_done(each)
        assert self.is_done(answer)

    def test_it_counts_once_whatever_the_hour_in_between(self):
        with travel("2026-05-05T09:59Z", tick=False):
            answer = solve(self.given())
            assert self.is_done(answer)
        with travel("2026-05-05T10:01Z", tick=False):
            assert not self.is_done(answer)

    def test_an_old_sum_is_none(self):
        with travel("2026-05-05T09:00Z", tick=False):
            answer = solve(self.given())
        with travel("2026-05-05T10:01Z", tick=False):
            assert not self.is_done(answer)


class SignUpTests(TestCase):
    def send(self, **fields):
        return self.client.post(reverse("account_signup"), signup_form(**fields))

    def test_nobody_is_asked_for_it_as_long_as_it_is_not_switched_on(self):
        assert "proof-of-work" not in self.client.get(reverse("account_signup")).content.decode()
        assert self.send().status_code == 302

    def test_without_it_nobody_signs_up_and_is_told_why(self):
        keep(House(asks_for_work=True))
        assert "<proof-of-work " in self.client.get(reverse("account_signup")).content.decode()
        page = self.send()
        self.assertContains(page, "It needs JavaScript.", status_code=page.status_code)
        assert not User.objects.exists()

    def test_with_it_they_do(self):
        keep(House(asks_for_work=True))
        with patch.object(work, "MOST", 50):
            answer = json.dumps(solve(work.challenge()))
        assert self.send(work=answer).status_code == 302
        assert User.objects.count() == 1
