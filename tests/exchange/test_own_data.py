"""A member gets everything that the site has about them, and nobody else does."""

import json
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum.exchange.models import DataRequest
from forum.exchange.own_data import archive_of
from forum.exchange.ties import TIES
from forum.posts import actions as posts
from forum.posts import votes
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user
from tests.world.words import HOSTILE, RIGHT_TO_LEFT

PASSPHRASE = "a long pass phrase"


def opened(content):
    with ZipFile(BytesIO(content)) as archive:
        page = archive.read("index.html").decode()
        return json.loads(archive.read("data.json")), page


class OwnDataTests(TestCase):
    url = reverse("exchange:own-archive")

    @classmethod
    def setUpTestData(cls):
        cls.wren = make_user("wren", display_name="Wren Oddfellow")
        EmailAddress.objects.create(
            user=cls.wren, email=cls.wren.email, verified=True, primary=True
        )
        cls.essay = make_essay(slug="the-collar")
        cls.other = make_comment(cls.essay, source="Somebody else's words.")
        cls.remark = make_comment(cls.essay, author=cls.wren, source="Before.")
        make_comment(cls.essay, parent=cls.remark, source="In answer.")
        posts.edit(by=cls.wren, post=cls.remark, source=f"After. {HOSTILE} {RIGHT_TO_LEFT}")
        votes.vote(voter=cls.wren, post=cls.other, is_up=True)
        claim = make_claim(cls.essay, author=cls.wren)
        make_counterpoint(claim, author=cls.wren, restatement="You say so.")

    def log_in(self):
        client = Client()
        client.post(reverse("account_login"), {"login": "wren", "password": PASSPHRASE})
        client.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})
        return client

    def download(self, client):
        return b"".join(client.post(self.url).streaming_content)

    def test_the_passphrase_is_asked_for_and_then_the_archive_comes(self):
        client = Client()
        client.force_login(self.wren)
        asked = client.post(self.url)
        self.assertIn(reverse("account_reauthenticate"), asked.url)
        answer = client.post(
            reverse("account_reauthenticate"), {"password": PASSPHRASE, "next": self.url}
        )
        data, _page = opened(b"".join(answer.streaming_content))
        self.assertEqual(data["member"], "wren")

    def test_it_has_a_section_for_each_table(self):
        data, page = opened(self.download(self.log_in()))
        for tie in TIES:
            if tie.section:
                self.assertIn(tie.section, data)
                self.assertIn(tie.section.capitalize(), page)
        self.assertEqual(data["addresses"][0]["email"], "wren@example.org")
        self.assertEqual(data["earlier versions of posts"][0]["source"], "Before.")
        self.assertEqual(data["votes"][0]["is_up"], True)
        self.assertEqual(data["counterpoints"][0]["restatement"], "You say so.")
        self.assertEqual(len(data["posts"]), 3)
        self.assertEqual(data["posts"][0]["url"], self.remark.get_absolute_url())

    def test_words_come_back_as_they_were_and_are_no_markup(self):
        data, page = opened(self.download(self.log_in()))
        self.assertEqual(data["posts"][0]["source"], f"After. {HOSTILE} {RIGHT_TO_LEFT}")
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;alert", page)

    def test_nothing_of_others_and_no_secret_is_in_it(self):
        Authenticator.objects.create(user=self.wren, type="webauthn", data={"secret": "s3cr3t"})
        with archive_of(self.wren, asked_by="the member") as archive:
            data, page = opened(archive.read())
        whole = json.dumps(data) + page
        for word in ("Somebody else", "s3cr3t", "argon", "md5$", "session_key"):
            self.assertNotIn(word, whole)

    def test_strangers_get_nothing(self):
        answer = Client().post(self.url)
        self.assertIn(reverse("account_login"), answer.url)

    def test_looking_hands_nothing_out(self):
        self.assertEqual(self.log_in().get(self.url).status_code, 405)

    def test_nobody_keeps_a_copy(self):
        answer = self.log_in().post(self.url)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        b"".join(answer.streaming_content)  # which closes it

    def test_it_costs_no_more_statements_for_much_than_for_little(self):
        def cost():
            with CaptureQueriesContext(connection) as run:
                archive_of(self.wren, asked_by="the member").close()
            return len(run)

        before = cost()
        for _ in range(20):
            make_comment(self.essay, author=self.wren)
        self.assertEqual(cost(), before)

    def test_somebody_who_did_nothing_gets_an_archive_that_says_so(self):
        with archive_of(make_user(), asked_by="the operator") as archive:
            data, page = opened(archive.read())
        self.assertEqual(data["posts"], [])
        self.assertIn("<p>None.</p>", page)


class CommandTests(TestCase):
    def test_the_operator_writes_it_to_a_file_and_leaves_a_record(self):
        make_user("wren")
        with TemporaryDirectory() as folder:
            file = Path(folder, "wren.zip")
            call_command("export_member", "Wren", "-o", str(file))
            self.assertEqual(opened(file.read_bytes())[0]["member"], "wren")
            with self.assertRaisesMessage(CommandError, "cannot be written"):
                call_command("export_member", "wren", "-o", folder)
        self.assertEqual(DataRequest.objects.filter(asked_by="the operator").count(), 2)

    def test_nobody_of_that_name(self):
        with self.assertRaisesMessage(CommandError, "no member 'nobody'"):
            call_command("export_member", "nobody", "-o", "x")
