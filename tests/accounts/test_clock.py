"""Times are told by the clock of whoever reads; what is kept for many is told by nobody's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client, SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.clock import zone_of
from forum.accounts.models import User
from forum.accounts.permissions import can_take_part
from forum.lib.moments import clock_words, day_words, minute_words
from forum.moderation.fairness import figures
from forum.moderation.models import Sanction, SanctionKind
from forum.moderation.sanction_words import sanction_words
from forum.notifications.actions import Matter, notify
from forum.posts.fragments import render_card
from tests.factories import make_claim, make_comment, make_counterpoint, make_essay, make_user, sent

LATE = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
TOKYO, LIMA = "Asia/Tokyo", "America/Lima"


class WordsTests(SimpleTestCase):
    def test_nobody_s_clock_is_named_and_one_s_own_is_not(self):
        self.assertEqual(minute_words(LATE), "3 March 2026, 23:30 UTC")
        self.assertEqual(clock_words(LATE), "23:30 UTC")
        with timezone.override(TOKYO):
            self.assertEqual(minute_words(LATE), "4 March 2026, 08:30")
            self.assertEqual(clock_words(LATE), "08:30")
            self.assertEqual(day_words(LATE), "4 March 2026")

    def test_what_is_sent_names_the_clock_of_whoever_gets_it(self):
        tokyo = ZoneInfo(TOKYO)
        self.assertEqual(minute_words(LATE, tokyo), "4 March 2026, 08:30 JST")
        with timezone.override(LIMA):
            self.assertEqual(minute_words(LATE, tokyo), "4 March 2026, 08:30 JST")

    def test_a_zone_that_is_not_known_here_is_the_site_s(self):
        self.assertEqual(zone_of(User(time_zone="Mars/Olympus")), timezone.get_default_timezone())
        self.assertEqual(zone_of(User(time_zone="")), timezone.get_default_timezone())

    def test_sanctions_are_told_by_the_clock_of_the_member(self):
        member = User(time_zone=TOKYO)
        sanction = Sanction(kind=SanctionKind.SILENCE, until=LATE, member=member)
        with timezone.override(LIMA):
            said = sanction_words(sanction)
        self.assertEqual(said, "You can read, but not write, until 4 March 2026, 08:30 JST.")

    def test_who_is_kept_out_at_the_door_is_told_until_when_by_their_clock(self):
        member = User(time_zone=TOKYO, suspended_until=LATE)
        verdict = can_take_part(member, now=datetime(2026, 3, 1, tzinfo=UTC))
        self.assertIn("until 4 March 2026, 08:30 JST", verdict.reason)


class ReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar")
        cls.members = {zone: make_user(time_zone=zone) for zone in ("", TOKYO, LIMA)}

    def page(self, zone, url):
        client = Client()
        if zone is not None:
            client.force_login(self.members[zone])
        return client.get(url).content.decode()

    def test_the_inbox_is_read_by_one_s_own_clock(self):
        for member in self.members.values():
            matter = Matter(
                sentence="It was decided.", url=self.essay.get_absolute_url(), sign="scales"
            )
            notify(recipient=member, kind="decided", matter=matter, now=LATE)
        inbox = reverse("notifications:inbox")
        for zone, clock in (("", "23:30"), (TOKYO, "08:30"), (LIMA, "18:30"), ("", "23:30")):
            with self.subTest(zone=zone):
                self.assertIn(f">{clock}</time>", self.page(zone, inbox))

    def test_a_sentence_of_a_page_that_is_kept_for_many_is_everybody_s_own(self):
        make_comment(self.essay)
        self.essay.retired_at, self.essay.retired_reason = LATE, "It was enough."
        self.essay.save()
        url = reverse("discussion:thread", args=[self.essay.slug])
        for zone in (TOKYO, None, LIMA, "", TOKYO):
            day = "4 March" if zone == TOKYO else "3 March"
            with self.subTest(zone=zone):
                self.assertIn(f"Retired on {day} 2026", self.page(zone, url))

    def test_a_post_is_kept_alike_whoever_wrote_it(self):
        post = make_comment(self.essay)
        post.created_at = LATE
        with timezone.override(TOKYO):
            card = render_card(post)
        self.assertIn('<time datetime="2026-03-03T23:30+0000">', card)
        self.assertIn("2026-03-03-23:30", card)

    def test_a_post_is_read_by_one_s_own_clock_and_by_visitors_by_the_site_s(self):
        with time_machine.travel(LATE, tick=False):
            remark = make_comment(self.essay)
            claim = make_claim(self.essay)
            make_counterpoint(claim)
        pages = (
            reverse("discussion:thread", args=[self.essay.slug]), claim.get_absolute_url(),
            self.essay.get_absolute_url(), reverse("discussion:reply", args=[remark.pk]),
        )  # fmt: skip
        said = {TOKYO: "4 March 2026, 08:30", LIMA: "3 March 2026, 18:30"}
        for zone in (TOKYO, None, LIMA, "", TOKYO):
            words = said.get(zone, "3 March 2026, 23:30")
            for url in pages:
                with self.subTest(zone=zone, url=url):
                    card = f'<time datetime="2026-03-03T23:30+0000">{words}</time>'
                    self.assertIn(card, self.page(zone, url))

    @time_machine.travel(datetime(2026, 3, 31, 22, tzinfo=UTC), tick=False)
    def test_the_months_of_the_figures_are_the_site_s(self):
        with timezone.override(TOKYO):
            self.assertEqual(figures().months[-1].month, 3)

    def test_no_clock_outlasts_its_reader(self):
        self.page(TOKYO, reverse("notifications:inbox"))
        self.assertEqual(timezone.get_current_timezone(), timezone.get_default_timezone())

    @time_machine.travel(datetime(2026, 3, 3, 23, 30, tzinfo=UTC), tick=False)
    def test_a_draft_is_kept_at_an_hour_of_one_s_own(self):
        client = Client()
        client.force_login(self.members[TOKYO])
        url = reverse("discussion:thread", args=[self.essay.slug])
        answer = client.post(
            url, sent(source="So it was.", keep="1"), headers={"accept": "application/json"}
        )
        self.assertEqual(answer.json()["said"], "Draft kept at 08:30")
