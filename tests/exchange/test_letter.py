"""A keeper answers in the browser somebody who asked by letter for their data, or to be erased."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.departures import leave_when_due
from forum.exchange import erasing
from forum.exchange.models import DataRequest, Departure
from forum.exchange.permissions import can_answer_letters
from forum.guard.models import FormKey
from forum.letter_form import LetterForm
from forum.posts.models import Post
from tests.exchange.erasure import places_of
from tests.factories import make_comment, make_editor, make_moderator, make_user, sent

URL = reverse("letter")
LIST = reverse("admin:exchange_datarequest_changelist")
DAY = datetime(2026, 2, 3, tzinfo=UTC)
WORDS = "zqwords"


class LetterTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)
        cls.wren = make_user("qzwren", display_name="Qzperson Wren")
        cls.posts = [make_comment(author=cls.wren, source=f"Here {WORDS}.") for _ in range(2)]

    def setUp(self):
        self.client.force_login(self.keeper)

    def told(self, **changes):
        return sent(username="qzwren", came_on="2026-02-03", what="keep") | changes

    def send(self, **changes):
        return self.client.post(URL, self.told(**changes))

    def assert_nothing_was_done(self):
        self.assertFalse(DataRequest.objects.exists())
        self.assertFalse(User.objects.exclude(erased_at=None).exists())


class DataTests(LetterTestCase):
    def test_the_data_come_as_a_zip_at_once(self):
        answer = self.send(what="export", username="@QZWREN ")
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("no-store", answer.headers["Cache-Control"])
        with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
            data = json.loads(archive.read("data.json"))
        self.assertEqual((data["member"], len(data["posts"])), ("qzwren", 2))

    def test_the_record_says_when_the_letter_came_and_who_answered_without_a_name(self):
        b"".join(self.send(what="export").streaming_content)
        record = DataRequest.objects.get()
        self.assertEqual((record.kind, record.member), ("export", self.wren))
        self.assertEqual((record.asked_at, record.asked_by), (DAY, f"keeper {self.keeper.pk}"))
        self.assertGreater(record.at, timezone.now() - timedelta(minutes=1))
        self.assertContains(self.client.get(LIST), f"keeper {self.keeper.pk}")

    def test_whoever_cannot_log_in_any_more_or_has_a_role_gets_them_too(self):
        User.objects.filter(pk=self.wren.pk).update(is_active=False)
        make_editor("edda")
        for username in ("qzwren", "edda"):
            answer = self.send(what="export", username=username)
            self.assertEqual(answer.headers["Content-Type"], "application/zip")
            b"".join(answer.streaming_content)


class ErasureTests(LetterTestCase):
    def gone(self):
        return User.objects.get(pk=self.wren.pk)

    def test_it_is_asked_once_more_with_what_will_happen(self):
        for what, words in (
            ("keep", "All of it stays, under “A former member”."),
            ("remove", "The text of it goes"),
        ):
            page = self.send(what=what)
            self.assertContains(page, "They wrote 2 posts.")
            self.assertContains(page, "Qzperson Wren")
            self.assertContains(page, words)
        self.assert_nothing_was_done()

    def test_the_second_question_sends_what_was_told_before(self):
        page = self.send(what="remove")
        for name, value in (("username", "qzwren"), ("came_on", "2026-02-03"), ("what", "remove")):
            self.assertContains(page, f'type="hidden" name="{name}" value="{value}"')

    def test_whoever_goes_back_finds_what_they_typed(self):
        page = self.send(what="remove", back="Back")
        self.assertContains(page, 'value="qzwren"')
        self.assertContains(page, 'value="2026-02-03"')
        self.assertContains(
            page, 'value="remove" class="radiolist" required id="id_what_2" checked'
        )
        self.assert_nothing_was_done()

    def test_posts_are_kept_under_a_neutral_name(self):
        answer = self.send(sure="Erase")
        self.assertRedirects(answer, LIST)
        gone = self.gone()
        self.assertTrue(gone.username.startswith("former-member-"))
        self.assertEqual(set(Post.objects.filter(author=gone)), set(self.posts))
        self.assertIn(WORDS, Post.objects.filter(author=gone).first().source)
        record = DataRequest.objects.get()
        self.assertEqual((record.kind, record.keeps_posts), ("erasure", True))
        self.assertEqual((record.asked_at, record.asked_by), (DAY, f"keeper {self.keeper.pk}"))
        self.assertFalse(Departure.objects.exists())

    def test_texts_are_removed(self):
        self.client.get(self.posts[0].get_absolute_url())
        self.send(what="remove", sure="Erase")
        self.assertEqual(places_of(WORDS), [])
        self.assertIs(DataRequest.objects.get().keeps_posts, False)

    def test_the_name_is_nowhere_afterwards_and_the_keeper_reads_what_is_left(self):
        self.send()
        page = self.client.post(URL, self.told(sure="Erase"), follow=True)
        self.assertContains(page, f"Erased. What is left is {self.gone().username}.")
        for word in ("qzwren", "qzperson"):
            self.assertEqual(places_of(word), [])

    def test_sent_twice_it_is_done_once_and_leads_where_it_led(self):
        told = self.told(sure="Erase")
        for _ in range(2):
            self.assertRedirects(self.client.post(URL, told), LIST)
        self.assertEqual(DataRequest.objects.count(), 1)

    def test_where_it_is_interrupted_the_worker_goes_on(self):
        whole, erasing.posts_of = erasing.posts_of, None
        try:
            with self.assertRaises(TypeError):
                self.send(what="remove", sure="Erase")
        finally:
            erasing.posts_of = whole
        self.assertIsNotNone(self.gone().erased_at)
        leave_when_due.call()
        self.assertEqual(places_of(WORDS), [])
        self.assertEqual(DataRequest.objects.get().asked_by, f"keeper {self.keeper.pk}")


class RefusalTests(LetterTestCase):
    def test_only_keepers_of_the_site_answer(self):
        for person in (
            make_user(), make_moderator(is_staff=True), make_editor(),
            make_user(is_superuser=True, is_staff=True, is_active=False),
        ):  # fmt: skip
            self.client.force_login(person)
            for what in ("export", "keep"):
                self.assertNotEqual(self.send(what=what, sure="Erase").status_code, 200)
            self.assertNotEqual(self.client.get(URL).status_code, 200)
        self.assert_nothing_was_done()

    def test_a_keeper_whose_account_is_closed_is_none(self):
        self.assertTrue(can_answer_letters(self.keeper))
        self.keeper.is_active = False
        self.assertFalse(can_answer_letters(self.keeper))

    def test_staff_are_told_whose_it_is(self):
        self.client.force_login(make_editor())
        page = self.client.get(URL)
        self.assertContains(page, "Only the keepers of the site answer letters", status_code=403)

    def test_looking_changes_nothing(self):
        answer = self.client.get(URL, self.told(sure="Erase"))
        self.assertEqual(answer.status_code, 200)
        self.assert_nothing_was_done()

    def refused(self, words, **changes):
        page = self.send(sure="Erase", **changes)
        self.assertContains(page, words, status_code=422)
        self.assertContains(page, 'value="remove" class="radiolist" required', status_code=422)
        self.assert_nothing_was_done()
        return page

    def test_a_name_that_nobody_has(self):
        for name, words in (
            ("qzwrenn", "Nobody here has this user name."),
            ("qzwr", "Nobody here has this user name."),
            ("", "Say whose letter it is."),
        ):
            page = self.refused(words, username=name, what="remove")
            self.assertIn("username", page.context["form"].errors)
            self.assertContains(page, 'value="2026-02-03"', status_code=422)

    def test_a_day_that_is_none_or_is_to_come(self):
        for day, words in (
            ("3 Feb", "Write a day such as 2026-03-31."),
            ("", "Write a day such as 2026-03-31."),
            ("0001-01-01", "Write a day such as 2026-03-31."),
            ("2999-01-01", "This day is yet to come."),
        ):
            page = self.refused(words, came_on=day, what="export")
            self.assertIn("came_on", page.context["form"].errors)
            self.assertContains(page, 'value="qzwren"', status_code=422)

    def test_nothing_that_they_ask_for(self):
        self.refused("Choose what they ask for.", what="")
        self.refused("Select a valid choice", what="everything")

    def test_a_form_without_its_key(self):
        self.refused("had lost its key", form_key="", what="remove")

    def test_those_who_keep_the_site_first_hand_on_what_they_keep(self):
        make_editor("edda")
        make_moderator("mags")
        for name, words in (
            ("edda", "You are an editor or a moderator"),
            ("mags", "You are an editor or a moderator"),
            ("keeper", "You are a keeper of the site"),
        ):
            page = self.refused(words, username=name, what="remove")
            self.assertIn("username", page.context["form"].errors)
            self.assertContains(page, "cannot be erased now, and would be told", status_code=422)
            # It is not asked once more what will not be done.
            self.assertEqual(self.send(username=name).status_code, 422)

    def test_whoever_is_erased_already(self):
        gone = erasing.erase(member=self.wren, keeps_posts=True, asked_by="the member")
        page = self.send(username=gone.username, sure="Erase")
        self.assertContains(page, "has been erased already", status_code=422)
        self.assertEqual(DataRequest.objects.count(), 1)

    def test_whoever_was_given_a_role_in_the_same_moment_stays_and_the_key_is_free(self):
        checks = LetterForm._refuse_to_erase
        LetterForm._refuse_to_erase = lambda *_: None
        try:
            make_editor("edda")
            self.refused("You are an editor or a moderator", username="edda", what="remove")
        finally:
            LetterForm._refuse_to_erase = checks
        self.assertFalse(FormKey.objects.exists())


class WaysToItTests(LetterTestCase):
    def test_the_list_of_requests_leads_to_it(self):
        page = self.client.get(LIST)
        self.assertContains(page, f'href="{URL}"')
        self.assertContains(page, "Answer a request that came by letter")

    def test_the_page_of_an_account_leads_to_it_by_number(self):
        page = self.client.get(reverse("admin:accounts_user_change", args=[self.wren.pk]))
        self.assertContains(page, f'href="{URL}?member={self.wren.pk}"')
        form = self.client.get(URL, {"member": self.wren.pk})
        self.assertContains(form, 'value="qzwren"')

    def test_a_number_that_is_none_begins_an_empty_form(self):
        for told in ("0", "-1", "wren", "²", "9" * 30):
            self.assertEqual(self.client.get(URL, {"member": told}).status_code, 200)
