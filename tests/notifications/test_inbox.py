from datetime import date, datetime, timedelta

import time_machine
from django.test import SimpleTestCase, TestCase
from django.urls import reverse
from django.utils import timezone

from forum.notifications.days import heading
from forum.notifications.models import Notice, NoticeKind
from forum.notifications.views import PAGE_SIZE
from tests.factories import make_user
from tests.notifications.test_notify import tell


class InboxTests(TestCase):
    url = reverse("notifications:inbox")

    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth")
        cls.tobias = make_user("tobias", display_name="Tobias <i>Okafor</i>")

    def setUp(self):
        self.client.force_login(self.ruth)

    def test_strangers_are_asked_to_log_in(self):
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_empty_it_says_what_will_come(self):
        page = self.client.get(self.url)
        self.assertContains(page, "Nobody has answered you yet.")
        self.assertContains(page, "<h1>", count=1)
        self.assertNotContains(page, "Mark all as read")

    def test_a_notice_names_who_what_and_where(self):
        tell(
            self.ruth,
            actor=self.tobias,
            sentence="undercuts your <b>rebuttal</b> of claim 6.",
            excerpt="No river comes to the barn door.",
            sign="undercuts",
            url="/posts/7/",
        )
        page = self.client.get(self.url)
        self.assertContains(page, "Tobias &lt;i&gt;Okafor&lt;/i&gt;")
        self.assertContains(page, "your &lt;b&gt;rebuttal&lt;/b&gt; of claim 6.")
        self.assertContains(page, 'href="/posts/7/"')
        self.assertContains(page, '<span class="rel is-undercuts">')
        self.assertContains(page, "(new)")

    def test_other_people_s_are_never_shown(self):
        tell(self.tobias, sentence="was told in confidence.")
        for query in ("", "?kind=answered", "?before=999999"):
            with self.subTest(query=query):
                self.assertNotContains(self.client.get(self.url + query), "in confidence")

    def test_looking_changes_nothing(self):
        tell(self.ruth)
        self.client.get(self.url)
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.unread_notices, 1)
        self.assertIsNone(Notice.objects.get().read_at)

    def test_tabs_hold_one_kind_each(self):
        tell(self.ruth, sentence="answered so.")
        tell(self.ruth, kind=NoticeKind.DECIDED, sentence="was decided so.", sign="scales")
        page = self.client.get(self.url, {"kind": "decided"})
        self.assertContains(page, "was decided so.")
        self.assertNotContains(page, "answered so.")
        empty = self.client.get(self.url, {"kind": "mentioned"})
        self.assertContains(empty, "Nothing of this kind.")

    def test_an_address_that_asks_for_nonsense_is_no_page(self):
        for query in ("?kind=x", "?before=x", "?before=-1", f"?before={10**30}"):
            with self.subTest(query=query):
                self.assertEqual(self.client.get(self.url + query).status_code, 404)

    def test_pages_join_without_gap_or_overlap(self):
        for number in range(PAGE_SIZE + 3):
            tell(self.ruth, sentence=f"sentence {number}.")
        first = self.client.get(self.url)
        second = self.client.get(first.context["next_url"])
        shown = [n.pk for page in (first, second) for d in page.context["days"] for n in d.notices]
        self.assertEqual(shown, sorted(shown, reverse=True))
        self.assertEqual(len(set(shown)), PAGE_SIZE + 3)
        self.assertEqual(second.context["next_url"], "")
        self.assertEqual(second.context["previous_url"], self.url)

    def test_days_are_headed(self):
        with time_machine.travel(datetime.fromisoformat("2026-03-09T12:00:00Z"), tick=False):
            self.client.force_login(self.ruth)
            now = timezone.now()
            for days in (400, 2, 1, 0, 0):
                tell(self.ruth, now=now - timedelta(days=days))
            page = self.client.get(self.url)
        headings = [day.heading for day in page.context["days"]]
        self.assertEqual(
            headings,
            ["Today, 9 March", "Yesterday, 8 March", "7 March", "2 February 2025"],
        )

    def test_query_count_does_not_grow_with_the_inbox(self):
        for size in (1, 29):
            with self.subTest(size=size):
                for _ in range(size):
                    tell(self.ruth, actor=make_user())
                # Session, member, notices with their actors, the newest of them, the settings.
                with self.assertNumQueries(5):
                    self.client.get(self.url)


class ReadingTests(TestCase):
    url = reverse("notifications:reading")

    @classmethod
    def setUpTestData(cls):
        cls.ruth = make_user("ruth")
        cls.notices = [tell(cls.ruth) for _ in range(2)]

    def setUp(self):
        self.client.force_login(self.ruth)

    def test_the_button_reads_what_was_there_when_the_page_was_made(self):
        page = self.client.get(reverse("notifications:inbox"))
        tell(self.ruth)
        answer = self.client.post(self.url, {"upto": page.context["newest_id"]})
        self.assertRedirects(answer, reverse("notifications:inbox"))
        self.ruth.refresh_from_db()
        self.assertEqual(self.ruth.unread_notices, 1)

    def test_it_says_nothing_of_what_others_were_told_since(self):
        tell(make_user("tobias"))
        page = self.client.get(reverse("notifications:inbox"))
        self.assertEqual(page.context["newest_id"], self.notices[-1].pk)

    def test_a_link_cannot_do_it(self):
        self.assertEqual(self.client.get(self.url).status_code, 405)

    def test_nonsense_is_refused(self):
        for upto in ("", "x", "-1", str(10**30)):
            with self.subTest(upto=upto):
                self.assertEqual(self.client.post(self.url, {"upto": upto}).status_code, 400)


class HeadingTests(SimpleTestCase):
    def test_new_year(self):
        self.assertEqual(
            heading(date(2025, 12, 31), date(2026, 1, 1)), "Yesterday, 31 December 2025"
        )
