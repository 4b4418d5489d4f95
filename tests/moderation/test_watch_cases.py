"""What the watch list reported is a case like any other, and is called what it is."""

from django.test import TestCase
from django.urls import reverse

from forum.guard.judging import Judgement
from forum.moderation import flagging
from forum.moderation.models import Case
from tests.factories import make_comment, make_moderator
from tests.moderation.builders import make_case

WHY = "Collars are sold elsewhere, and by people who say so in far more words than a phone shows."


class WatchCaseTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        flagging.flag(make_comment(source="I sell collars."), Judgement(reported_by=WHY))
        cls.case = Case.objects.get()

    def setUp(self):
        self.client.force_login(make_moderator())

    def test_it_names_the_list_and_no_moderator_in_the_queue_and_at_its_head(self):
        for url in (reverse("moderation:queue"), self.case.get_absolute_url()):
            page = self.client.get(url)
            self.assertContains(page, f"Watch list: {WHY}")
            self.assertNotContains(page, "Opened by a moderator")

    def test_it_is_among_the_reports_and_counted_there(self):
        make_case()
        page = self.client.get(reverse("moderation:queue"), {"tab": "reports"})
        self.assertContains(page, self.case.get_absolute_url())
        tab = next(tab for tab in page.context["tabs"] if tab["is_current"])
        self.assertEqual(tab["number"], "2")

    def test_a_long_rule_wraps(self):
        self.assertContains(self.client.get(self.case.get_absolute_url()), '"badge long tone')
