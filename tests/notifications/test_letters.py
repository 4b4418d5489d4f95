"""What letters say, as a mail program reads them: each is parsed, and its links are followed."""

import re
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import time_machine
from django.core import mail
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import translation

from forum.notifications.delivery import deliver
from forum.notifications.letters import LINES, LINES_OF_A_PLACE
from forum.notifications.models import Letter, Notice
from forum.notifications.times import digest_due
from forum.posts import actions as posts
from forum.posts.statuses import PostStatus
from tests.factories import make_comment, make_user
from tests.notifications.readers import at_once, make_reader, outbox, tell

SITE = "https://debate.example"
RIGHT_TO_LEFT = "שלום עולם"
HOSTILE = "Oats\r\nBcc: all@example.org\u202e<script>alert(1)</script>"


@override_settings(SITE_ADDRESS=SITE)
class LetterTests(TestCase):
    def sent(self):
        deliver()
        ((message,), mail.outbox) = (mail.outbox, [])
        return message.message()

    def at_once(self, **said):
        tell(make_reader(ways=at_once()), **said)
        return self.sent()

    def subject(self, letter):
        return str(make_header(decode_header(letter["subject"])))

    def parts(self, letter):
        plain, html = letter.get_payload()
        self.assertEqual(
            [part.get_content_type() for part in (plain, html)], ["text/plain", "text/html"]
        )
        return [part.get_payload(decode=True).decode() for part in (plain, html)]

    def test_it_says_who_what_and_where_in_both_of_its_forms(self):
        actor = make_user(display_name="Tobias Okafor")
        letter = self.at_once(actor=actor, excerpt="No river comes to the barn door.")
        self.assertEqual(letter["subject"], "Tobias Okafor rebuts your claim.")
        for text in self.parts(letter):
            for words in ("Tobias Okafor", "rebuts your claim.", "No river", SITE + "/how-stand"):
                self.assertIn(words, text)

    def test_every_link_leads_to_a_page_signed_out_or_to_the_sign_in(self):
        letter = self.at_once()
        links = set()
        for text in self.parts(letter):
            links |= set(re.findall(rf"{SITE}(/[^\s\"<>]*)", text))
        self.assertGreater(len(links), 4)
        for link in links:
            with self.subTest(link=link):
                self.assertIn(self.client.get(link, follow=True).status_code, {200})

    def test_nothing_in_it_is_fetched_and_nobody_is_watched(self):
        _, html = self.parts(self.at_once())
        self.assertNotRegex(html, r"(?i)<img|<link|<script|@import|url\(|src=")

    def test_it_is_in_its_reader_s_language_and_else_in_the_site_s(self):
        spoken = {"": '<html lang="en-GB" dir="ltr">', "ar": '<html lang="ar" dir="rtl">'}
        for language, said in spoken.items():
            reader = make_reader(f"reads{language}", ways=at_once(), language=language)
            tell(reader)
            with self.subTest(language=language), translation.override("de"):
                _, html = self.parts(self.sent())
                self.assertIn(said, html)

    def test_its_headers_are_those_of_a_letter_that_can_be_stopped(self):
        letter = self.at_once(about="thread:7")
        self.assertRegex(letter["list-unsubscribe"], rf"^<{SITE}/letters/[\w.:-]+/>$")
        self.assertEqual(letter["list-unsubscribe-post"], "List-Unsubscribe=One-Click")
        self.assertEqual(letter["list-id"], "Counterpoint <notices.debate.example>")
        self.assertEqual(letter["auto-submitted"], "auto-generated")
        self.assertIsNone(letter["precedence"])
        self.assertEqual(letter["references"], letter["in-reply-to"])
        self.assertRegex(letter["message-id"], r"^<letter-\d+\.[0-9a-f]{16}@debate\.example>$")

    def test_letters_about_one_thing_stand_together_and_others_apart(self):
        reader, other = make_reader(ways=at_once()), make_reader(ways=at_once())
        threads = []
        for who, about in ((reader, "a:1"), (reader, "a:1"), (reader, "a:2"), (other, "a:1")):
            tell(who, about=about)
            threads.append(self.sent()["references"])
        self.assertEqual(threads[0], threads[1])
        self.assertEqual(len(set(threads)), 3)

    def test_a_hostile_title_breaks_no_header_and_becomes_no_markup(self):
        actor = make_user(display_name=HOSTILE[:60])
        letter = self.at_once(actor=actor, sentence=f"rebuts {HOSTILE}", excerpt=HOSTILE)
        self.assertIsNone(letter["bcc"])
        # Folded lines go on with white space: none of them begins a header of its own.
        self.assertNotRegex(letter["subject"], r"\n\S")
        self.assertNotIn("\u202e", self.subject(letter))
        plain, html = self.parts(letter)
        self.assertNotIn("<script>", html)
        self.assertNotIn("\nBcc:", plain)

    def test_a_long_subject_is_cut(self):
        letter = self.at_once(sentence="long " * 100)
        self.assertEqual(len(self.subject(letter)), 120)

    def test_names_from_right_to_left_keep_to_themselves(self):
        plain, html = self.parts(self.at_once(actor=make_user(display_name=RIGHT_TO_LEFT)))
        self.assertIn(f"\u2068{RIGHT_TO_LEFT}\u2069 rebuts", plain)
        self.assertIn(f"<bdi>{RIGHT_TO_LEFT}</bdi>", html)

    def test_what_was_taken_down_before_it_was_sent_is_not_sent(self):
        post = make_comment()
        for status in (PostStatus.HIDDEN, PostStatus.WITHDRAWN):
            with self.subTest(status=status):
                tell(make_reader(ways=at_once()), url=post.get_absolute_url())
                posts.set_status(post=post, status=status)
                deliver()
                self.assertEqual((mail.outbox, outbox()[-1][0]), ([], "dropped"))


@override_settings(SITE_ADDRESS=SITE)
class DigestTests(TestCase):
    """By default news gathers for one letter a day, at seven."""

    def setUp(self):
        travel = time_machine.travel(datetime(2026, 3, 9, 15, tzinfo=UTC), tick=False)
        self.clock = travel.start()
        self.addCleanup(travel.stop)
        self.ruth = make_reader("ruth")

    def next_morning(self):
        self.clock.shift(timedelta(days=1))
        deliver()
        letters, mail.outbox = mail.outbox, []
        return letters

    def test_it_comes_next_morning_and_gathers_by_essay(self):
        for number, place in enumerate(("Oats", "Bread", "Oats", "")):
            tell(self.ruth, sentence=f"says number {number}.", place=place)
        deliver()
        self.assertEqual(mail.outbox, [])
        (letter,) = self.next_morning()
        self.assertEqual(letter.subject, "Today on Counterpoint: 4 notices")
        where = [
            letter.body.index(words)
            for words in (
                "Bread",
                "number 1",
                "Oats",
                "number 0",
                "number 2",
                "Elsewhere",
                "number 3",
            )
        ]
        self.assertEqual(where, sorted(where))

    def test_each_reader_is_told_of_their_own_and_at_their_own_address(self):
        for name, reader in (("Ruth", self.ruth), ("Wren", make_reader("wren"))):
            tell(reader, sentence=f"is for {name}.")
        told = {letter.to[0]: re.findall(r"is for (\w+)", letter.body)
                for letter in self.next_morning()}  # fmt: skip
        self.assertEqual(told, {"ruth@example.org": ["Ruth"], "wren@example.org": ["Wren"]})

    def test_it_says_nothing_when_there_is_nothing(self):
        self.assertEqual(self.next_morning(), [])
        tell(self.ruth)
        self.assertEqual(len(self.next_morning()), 1)
        self.assertEqual(self.next_morning(), [])

    def test_what_was_read_on_the_site_is_left_out(self):
        tell(self.ruth, sentence="was read.")
        tell(self.ruth, sentence="is new.")
        Notice.objects.filter(sentence="was read.").update(read_at=datetime.now(UTC))
        (letter,) = self.next_morning()
        self.assertNotIn("was read.", letter.body)
        tell(self.ruth)
        Notice.objects.update(read_at=datetime.now(UTC))
        self.assertEqual(self.next_morning(), [])

    def test_it_is_capped_and_says_how_many_more(self):
        for place in range(6):
            for _ in range(LINES_OF_A_PLACE + 2):
                tell(self.ruth, place=f"Essay {place}")
        (letter,) = self.next_morning()
        self.assertEqual(letter.body.count("rebuts your claim."), LINES)
        self.assertIn("And 2 more:", letter.body)
        self.assertIn(f"And {LINES_OF_A_PLACE + 2} more elsewhere", letter.body)

    def test_what_comes_while_it_is_sent_goes_out_with_the_next(self):
        tell(self.ruth, sentence="came first.")
        self.assertEqual(len(self.next_morning()), 1)
        tell(self.ruth, sentence="came later.")
        self.assertEqual(Letter.objects.filter(state="waiting").count(), 1)
        (letter,) = self.next_morning() or self.next_morning()
        self.assertNotIn("came first.", letter.body)

    def test_one_letter_waits_however_much_gathers(self):
        for _ in range(5):
            tell(self.ruth)
        self.assertEqual(Letter.objects.count(), 1)

    def test_its_stop_link_stops_the_rhythm(self):
        tell(self.ruth)
        (letter,) = self.next_morning()
        self.assertIn("-daily.", letter.extra_headers["List-Unsubscribe"])
        self.assertNotIn("References", letter.extra_headers)


class DigestTimeTests(SimpleTestCase):
    def test_seven_in_the_morning_on_the_reader_s_wall_whatever_the_clock_does(self):
        berlin = ZoneInfo("Europe/Berlin")
        # Summer time begins in the night of 29 March 2026.
        evening = datetime(2026, 3, 28, 20, tzinfo=UTC)
        self.assertEqual(digest_due("daily", evening, berlin), datetime(2026, 3, 29, 5, tzinfo=UTC))
        at_seven = datetime(2026, 3, 9, 6, tzinfo=UTC)
        self.assertEqual(
            digest_due("daily", at_seven, berlin), datetime(2026, 3, 10, 6, tzinfo=UTC)
        )

    def test_the_weekly_one_on_mondays(self):
        tuesday = datetime(2026, 3, 10, 12, tzinfo=UTC)
        due = digest_due("weekly", tuesday, ZoneInfo("UTC"))
        self.assertEqual(due, datetime(2026, 3, 16, 7, tzinfo=UTC))
