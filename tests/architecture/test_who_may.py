"""Every view × method × role: who gets through, and who is refused how."""

from collections import deque
from collections.abc import Iterator
from copy import deepcopy

from django.db import transaction
from django.test import Client, TestCase

from tests.architecture.cast import ROLES, make_cast
from tests.architecture.test_doors import our_views
from tests.architecture.who_may import TABLE
from tests.factories import sent

METHODS = ("GET", "POST")
LOGIN = ("/accounts/login/", "/admin/login/")
SIGNS = {403: "x", 404: "0", 405: "-", 429: "t"}
REFUSES_INPUT = (400, 409, 422)
# What a form sends beside its key, where nothing is refused as nonsense before anybody is asked.
FIELDS = {
    "discussion:vote": {"v": "up"},
    "counterpoints:vote": {"v": "up"},
    "counterpoints:stance": {"side": "agree"},
    "moderation:report": {"reason": "attack"},
    "moderation:appeal": {"text": "It was no attack at all."},
    "news:mute": {"how": "mute"},
}


def sign(response) -> str:
    """One letter for an answer; the table says what each stands for."""
    if response.status_code in SIGNS:
        return SIGNS[response.status_code]
    if response.status_code in REFUSES_INPUT:
        return "?"
    assert response.status_code < 400, response.status_code
    return "L" if response.get("Location", "").startswith(LOGIN) else "."


class _Undo(Exception):  # noqa: N818 — nothing went wrong
    pass


class WhoMayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()

    def setUp(self):
        self.cookies = {}
        for role, person in self.cast.people.items():
            client = Client()
            if person is not None:
                client.force_login(person)
            self.cookies[role] = client.cookies

    def answers(self, name: str, method: str) -> Iterator[str]:
        """To each role; whatever was done is undone before the next asks."""
        address, fields = self.cast.address(name), sent(**FIELDS.get(name, {}))
        for role in ROLES:
            client = Client(raise_request_exception=False)
            # Some answers end the session.
            client.cookies = deepcopy(self.cookies[role])
            try:
                with transaction.atomic():
                    said = client.get(address) if method == "GET" else client.post(address, fields)
                    raise _Undo
            except _Undo:
                if said.streaming:
                    # Read to its end, a file is closed.
                    deque(said.streaming_content, maxlen=0)
                yield sign(said)

    def test_every_view_is_in_the_table_and_no_other(self):
        assert {name for name, *_ in our_views()} == TABLE.keys()

    def test_each_answers_each_role_as_the_table_says(self):
        for name, wanted in TABLE.items():
            with self.subTest(name):
                found = " ".join("".join(self.answers(name, method)) for method in METHODS)
                assert found == wanted
