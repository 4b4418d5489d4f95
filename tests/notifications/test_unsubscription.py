from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from forum.notifications.choosing import settings_of, ways_chosen
from forum.notifications.delivery import deliver
from forum.notifications.tokens import token_for
from tests.notifications.pages import stop_url
from tests.notifications.readers import at_once, make_reader, tell

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class UnsubscriptionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_reader("ruth", ways=at_once())
        cls.tobias = make_reader("tobias", ways=at_once())

    def setUp(self):
        # As mail programs come: without a cookie, and with the check for them in force.
        self.client = Client(enforce_csrf_checks=True)

    def ways(self, *kinds, member=None):
        member = member or self.ruth
        return [ways_chosen([member.pk], kinds)[member.pk][kind].value for kind in kinds]

    def stop(self, what, **said):
        return self.client.post(stop_url(self.ruth, what), said or ONE_CLICK)

    def resume(self, what):
        url = reverse("notifications:resumption", args=[token_for(self.ruth.pk, what)])
        return self.client.post(url)

    def test_one_click_signed_out_by_the_header_of_a_real_letter(self):
        tell(self.ruth)
        deliver()
        header = mail.outbox[0].extra_headers["List-Unsubscribe"]
        address = header.strip("<>").split("/", 3)[3]
        answer = self.client.post(f"/{address}", ONE_CLICK)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.cookies.output(), "")
        self.assertEqual(self.ways("answered", "mentioned"), ["site", "at_once"])
        tell(self.ruth)
        deliver()
        self.assertEqual(len(mail.outbox), 1)

    def test_to_look_stops_nothing(self):
        page = self.client.get(stop_url(self.ruth, "answered"))
        self.assertContains(page, "Stop these letters?")
        self.assertEqual(self.ways("answered"), ["at_once"])
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_nobody_else_s_letters_are_stopped(self):
        self.stop("all")
        self.assertEqual(self.ways("answered", member=self.tobias), ["at_once"])

    def test_twice_is_once_and_it_can_be_taken_back(self):
        for _ in range(2):
            self.assertContains(self.stop("answered"), "Stopped")
        self.assertContains(self.resume("answered"), "Taken back")
        self.assertEqual(self.ways("answered"), ["at_once"])

    def test_a_rhythm_is_stopped_and_comes_back_as_it_was(self):
        kinds = ("answered", "revised", "credited", "claim")
        self.stop("daily")
        self.assertEqual(self.ways(*kinds), ["at_once", "site", "site", "site"])
        self.resume("daily")
        self.assertEqual(self.ways(*kinds), ["at_once", "daily", "daily", "site"])

    def test_all_letters_stop_also_those_of_kinds_to_come(self):
        self.stop("all")
        self.assertEqual(self.ways("answered", "decided"), ["site", "site"])
        self.assertIsNotNone(settings_of(self.ruth).letters_stopped_at)
        self.resume("all")
        self.assertEqual(self.ways("answered", "decided"), ["at_once", "at_once"])

    def test_a_link_that_is_not_ours_or_only_half_of_one_is_no_page(self):
        good = stop_url(self.ruth, "answered")
        forged = good.replace(f"{self.ruth.pk}-answered", f"{self.tobias.pk}-answered")
        for url in (good[:-6] + "/", forged, stop_url(self.ruth, "nonsense"), "/letters/x/"):
            for method in (self.client.get, self.client.post):
                with self.subTest(url=url, method=method.__name__):
                    self.assertEqual(method(url).status_code, 404)
        self.assertEqual(self.ways("answered", member=self.tobias), ["at_once"])

    def test_a_member_who_left_has_no_letters_to_stop(self):
        self.ruth.is_active = False
        self.ruth.save()
        self.assertEqual(self.client.get(stop_url(self.ruth, "all")).status_code, 404)

    def test_to_resume_needs_more_than_a_look(self):
        url = reverse("notifications:resumption", args=[token_for(self.ruth.pk, "all")])
        self.assertEqual(self.client.get(url).status_code, 405)
