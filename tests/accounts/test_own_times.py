"""By whose clock a member reads: chosen once, told with every page, and heeded by letters."""

from datetime import UTC, datetime

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.exchange.erasing import erase
from forum.notifications.actions import News, notify_each
from forum.notifications.kinds import NoticeKind, Way
from forum.notifications.models import Letter
from forum.posts.card_words import bare
from forum.posts.models import Post
from tests.factories import make_comment, make_user, sent


class OwnTimesTests(TestCase):
    url = reverse("own-times")

    @classmethod
    def setUpTestData(cls):
        cls.member = make_user("wren")

    def setUp(self):
        self.client.force_login(self.member)

    def choose(self, zone):
        return self.client.post(self.url, sent(time_zone=zone))

    def zone(self):
        return User.objects.get(pk=self.member.pk).time_zone

    def test_it_is_chosen_and_taken_back(self):
        self.assertNotContains(self.client.get(self.url), "data-zone")
        for zone in ("Asia/Tokyo", ""):
            with self.subTest(zone=zone):
                self.assertRedirects(self.choose(zone), self.url)
                self.assertEqual(self.zone(), zone)
                shown = 'data-zone="Asia/Tokyo"' in self.client.get(self.url).content.decode()
                self.assertEqual(shown, bool(zone))

    def test_what_is_no_zone_is_refused_by_its_field(self):
        for zone in ("Europe/Atlantis", "../../etc/passwd", "x" * 400):
            page = self.choose(zone)
            self.assertContains(page, "Choose one of the zones", status_code=400)
        self.assertEqual(self.zone(), "")

    def test_digests_come_with_the_breakfast_there(self):
        self.choose("Asia/Tokyo")
        elsewhere = make_user()
        notify_each(
            news=[
                News(recipient_id=each.pk, sentence="answered you", url="/")
                for each in (self.member, elsewhere)
            ],
            kind=NoticeKind.ANSWERED,
        )
        due = dict(Letter.objects.filter(way=Way.DAILY).values_list("recipient", "due_at"))
        self.assertEqual((due[self.member.pk].hour, due[elsewhere.pk].hour), (22, 7))

    def test_what_is_stored_for_all_readers_stays_by_the_sites_clock(self):
        self.choose("Asia/Tokyo")
        moment = datetime(2026, 3, 9, 12, tzinfo=UTC)
        post = make_comment(author=User.objects.get(pk=self.member.pk), now=moment)
        self.assertIn("9 March 2026, 12:00", bare(Post.objects.get(pk=post.pk)))
        self.assertEqual(timezone.get_current_timezone_name(), "UTC")

    def test_it_goes_with_the_member(self):
        self.choose("Asia/Tokyo")
        erase(member=self.member, keeps_posts=True, asked_by="test")
        self.assertEqual(self.zone(), "")

    def test_a_stranger_is_sent_to_log_in(self):
        self.client.logout()
        self.assertIn(reverse("account_login"), self.client.get(self.url).url)
