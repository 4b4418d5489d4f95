from django.test import TestCase
from django.urls import reverse

from forum.moderation.models import Report, ReportReason
from forum.posts import actions as posts
from tests.factories import make_comment, make_moderator, make_user, sent
from tests.moderation.builders import make_report


class ReportPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post = make_comment(source="You *plainly* never touched a horse.")
        cls.member = make_user()
        cls.url = reverse("moderation:report", args=[cls.post.pk])

    def setUp(self):
        self.client.force_login(self.member)

    def send(self, **fields):
        return self.client.post(self.url, sent(**{"reason": "attack", **fields}))

    def test_strangers_are_asked_to_log_in(self):
        self.client.logout()
        for response in (self.client.get(self.url), self.send()):
            self.assertIn(reverse("account_login"), response.url)
        self.assertFalse(Report.objects.exists())

    def test_it_shows_the_post_and_the_reasons(self):
        page = self.client.get(self.url)
        self.assertContains(page, "You <em>plainly</em> never touched a horse.")
        self.assertContains(page, 'type="radio"', count=8)
        self.assertContains(page, "<h1>", count=1)

    def test_a_report_is_kept_with_its_reason_and_words(self):
        response = self.send(text="The first sentence is about her.")
        self.assertEqual(response.url, self.post.get_absolute_url())
        report = Report.objects.get()
        self.assertEqual(
            (report.reporter, report.post, report.reason, report.text),
            (self.member, self.post, "attack", "The first sentence is about her."),
        )

    def test_the_same_form_sent_twice_reports_once_and_says_thanks_again(self):
        press = sent(reason="attack")
        addresses = {self.client.post(self.url, press).url for _ in range(2)}
        self.assertEqual(addresses, {self.post.get_absolute_url()})
        self.assertEqual(Report.objects.count(), 1)

    def test_what_is_wrong_is_said_and_the_words_are_kept(self):
        for words, fields in (
            ("Choose what is wrong", {"reason": ""}),
            ("Select a valid choice", {"reason": "nonsense"}),
            ("the list has no word for it", {"reason": "other", "text": ""}),
            ("at most 1000 characters", {"text": "kept words " * 100}),
            ("had lost its key", {"form_key": "nonsense"}),
        ):
            with self.subTest(fields=fields):
                page = self.send(**{"text": "My kept words.", **fields})
                self.assertContains(page, words, status_code=422)
                kept = fields.get("text", "My kept words.").strip()
                self.assertContains(page, kept, status_code=422)
        self.assertFalse(Report.objects.exists())

    def test_who_may_not_is_refused_and_reads_why(self):
        make_report(self.post, reporter=self.member)
        self.assertContains(self.client.get(self.url), "You have reported this post.")
        self.assertContains(self.send(), "You have reported this post.", status_code=403)
        self.client.force_login(self.post.author)
        page = self.client.get(self.url)
        self.assertContains(page, "This post is your own")
        self.assertNotContains(page, 'type="radio"')
        self.assertEqual(self.send().status_code, 403)
        self.assertEqual(Report.objects.count(), 1)

    def test_a_post_that_was_taken_down_is_not_shown_to_be_reported(self):
        posts.set_status(post=self.post, status="hidden")
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.send().status_code, 404)

    def test_moderators_may_open_a_case_without_a_report(self):
        opening = reverse("moderation:opening", args=[self.post.pk])
        self.assertNotContains(self.client.get(self.url), opening)
        self.client.force_login(make_moderator())
        self.assertContains(self.client.get(self.url), opening)
        press = sent()
        addresses = {self.client.post(opening, press).url for _ in range(2)}
        self.assertEqual(addresses, {self.post.cases.get().get_absolute_url()})
        self.assertContains(self.client.get(addresses.pop()), "Nobody reported it")

    def test_every_reason_but_other_speaks_of_a_rule_of_the_house(self):
        reasons = ReportReason.objects.exclude(key="other").select_related("rule")
        self.assertEqual([each.rule.number for each in reasons], [2, 2, 1, 3, 4, 5, 6])
