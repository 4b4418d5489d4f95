from django.test import TestCase
from django.urls import reverse

from forum.moderation import queue
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_moderator,
    make_user,
    sent,
)
from tests.moderation.builders import decide, make_case, make_report

URL = reverse("moderation:queue")


class WhoTests(TestCase):
    """Every page and every button of the moderators, and who is let through."""

    @classmethod
    def setUpTestData(cls):
        cls.case = make_case()
        cls.moderator = make_moderator()
        post, thread = cls.case.post_id, cls.case.post.thread_id
        cls.pages = [
            URL,
            reverse("moderation:case", args=[cls.case.pk]),
            reverse("moderation:lock", args=[thread]),
            reverse("moderation:unlock", args=[thread]),
        ]
        cls.buttons = [
            reverse(f"moderation:{name}", args=[cls.case.pk])
            for name in ("claiming", "release", "decision")
        ] + [
            reverse("moderation:opening", args=[post]),
            reverse("moderation:lock", args=[thread]),
            reverse("moderation:unlock", args=[thread]),
        ]

    def test_strangers_are_asked_to_log_in(self):
        for url in self.pages:
            with self.subTest(url=url):
                self.assertRedirects(
                    self.client.get(url), f"{reverse('account_login')}?next={url}",
                    fetch_redirect_response=False,
                )  # fmt: skip
        for url in self.buttons:
            with self.subTest(url=url):
                self.assertIn(reverse("account_login"), self.client.post(url, sent()).url)

    def test_members_are_refused_with_the_reason(self):
        self.client.force_login(make_user())
        for url in self.pages:
            with self.subTest(url=url):
                self.assertContains(
                    self.client.get(url), "Only moderators may do this.", status_code=403
                )
        for url in self.buttons:
            with self.subTest(url=url):
                self.assertContains(
                    self.client.post(url, sent()), "Only moderators", status_code=403
                )

    def test_a_change_is_never_a_get(self):
        self.client.force_login(self.moderator)
        for url in self.buttons[:4]:
            with self.subTest(url=url):
                self.assertEqual(self.client.get(url).status_code, 405)
        self.assertEqual(self.client.post(URL).status_code, 405)

    def test_moderators_see_the_queue_and_the_case(self):
        self.client.force_login(self.moderator)
        for url in self.pages[:3]:
            self.assertEqual(self.client.get(url).status_code, 200)


class QueueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("mod")
        cls.essay = make_essay("The Horse Collar")

    def setUp(self):
        self.client.force_login(self.moderator)

    def cases(self, query=""):
        return list(self.client.get(URL + query).context["cases"])

    def test_gravest_first_then_oldest_and_the_order_is_in_the_address(self):
        mild, grave, worst = (make_case(reason=r) for r in ("other", "attack", "hatred"))
        second_mild = make_case(reason="no-argument")
        self.assertEqual(self.cases(), [worst, grave, mild, second_mild])
        self.assertEqual(self.cases("?order=oldest"), [mild, grave, worst, second_mild])
        self.assertEqual(self.cases("?order=nonsense"), self.cases())

    def test_narrowed_to_a_reason(self):
        case = make_case(reason="advertising")
        make_case(reason="other")
        self.assertEqual(self.cases("?reason=advertising"), [case])
        self.assertEqual(len(self.cases("?reason=nonsense")), 2)

    def test_a_case_about_their_own_post_is_in_no_list_and_no_count(self):
        moderator = make_moderator()
        make_report(make_comment(author=moderator))
        self.client.force_login(moderator)
        before = {tab["label"]: tab["number"] for tab in self.client.get(URL).context["tabs"]}
        make_report(make_comment(author=moderator))
        page = self.client.get(URL)
        self.assertEqual({tab["label"]: tab["number"] for tab in page.context["tabs"]}, before)
        make_report(make_comment())
        after = {tab["label"]: tab["number"] for tab in self.client.get(URL).context["tabs"]}
        self.assertEqual(int(after["Open"]), int(before["Open"]) + 1)

    def test_its_tabs_and_their_counts(self):
        held, _ = make_case(held_by=self.moderator), make_case()
        decided = decide(outcome="keep").case
        page = self.client.get(URL)
        self.assertEqual(
            [tab["number"] for tab in page.context["tabs"]],
            ["2", "1", "2", "0", "0", "0", "0", "0", "1"],
        )
        self.assertEqual(self.cases("?tab=yours"), [held])
        self.assertEqual(self.cases("?tab=decided"), [decided])

    def test_cases_about_oneself_are_left_to_others(self):
        case = make_case(make_comment(author=self.moderator))
        self.assertEqual(self.cases(), [])
        page = self.client.get(case.get_absolute_url())
        self.assertContains(page, "judged by another moderator", status_code=403)

    def test_a_row_says_what_why_and_who_holds_it(self):
        claim = make_claim(self.essay)
        post = make_counterpoint(claim, source="It is <b>false</b>.").post
        make_report(post, reason="attack")
        make_report(post, reason="attack")
        make_report(post, reason="no-argument")
        page = self.client.get(URL)
        self.assertContains(page, "Personal attack 2")
        self.assertContains(page, "No argument, or off the point 1")
        self.assertContains(page, "The Horse Collar, claim 1")
        self.assertContains(page, "Take<span")
        self.assertNotContains(page, "<b>false")
        page = self.client.post(
            reverse("moderation:claiming", args=[post.cases.get().pk]), sent(), follow=True
        )
        self.assertContains(page, "held by you")
        self.assertNotContains(self.client.get(URL), "Take<span")

    def test_page_by_page_nothing_is_lost_in_any_order(self):
        made = {make_case(reason=r) for r in ["hatred", "attack", "other"] * 20}
        for query in ("", "?order=oldest"):
            with self.subTest(query=query):
                url, seen = URL + query, []
                while url:
                    page = self.client.get(url)
                    seen += page.context["cases"]
                    url = page.context["next_url"]
                self.assertEqual((len(seen), set(seen)), (60, made))

    def test_decided_cases_page_by_page_the_last_decided_first(self):
        made = [decide(outcome="keep", moderator=self.moderator).case for _ in range(30)]
        url, seen = URL + "?tab=decided", []
        while url:
            page = self.client.get(url)
            seen += page.context["cases"]
            url = page.context["next_url"]
        self.assertEqual(seen, made[::-1])

    def test_a_key_of_nonsense_is_left_out(self):
        case = make_case()
        for key in ("x", "1", "1-2-3", "-", "9" * 40 + "-1", "٣-١", "--"):
            with self.subTest(key=key):
                self.assertEqual(self.cases(f"?after={key}"), [case])

    def test_query_count_does_not_grow_with_the_queue(self):
        make_case(held_by=self.moderator)
        for tab in ("open", "yours"):
            self.client.get(URL)
            with self.assertNumQueries(19):
                self.client.get(f"{URL}?tab={tab}")
        for _ in range(queue.PAGE_LENGTH + 1):
            make_case(reports=2, held_by=self.moderator)
        for tab in ("open", "yours"):
            with self.assertNumQueries(19):
                self.assertEqual(len(self.cases(f"?tab={tab}")), queue.PAGE_LENGTH)

    def test_query_count_does_not_grow_with_the_decided(self):
        for size in (1, 20):
            for _ in range(size):
                decide(outcome="hide", moderator=self.moderator, sanction="warn")
            with self.subTest(size=size), self.assertNumQueries(19):
                self.client.get(f"{URL}?tab=decided")

    def test_one_heading_and_every_state_of_the_list(self):
        for query in ("", "?tab=yours", "?tab=decided"):
            page = self.client.get(URL + query)
            self.assertContains(page, "<h1", count=1)
            self.assertContains(page, "No case waits here.")
