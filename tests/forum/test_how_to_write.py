from django.test import TestCase
from django.urls import reverse

from forum.writing_help import EXAMPLES, examples
from tests.factories import make_comment, make_essay, make_user


class HowToWriteTests(TestCase):
    def test_each_example_is_shown_as_it_is_typed_and_as_it_looks(self):
        page = self.client.get(reverse("how-to-write"))
        self.assertEqual(len(examples()), len(EXAMPLES))
        self.assertContains(page, "<strong>not</strong>")
        self.assertContains(page, "was **not** the cause")
        self.assertContains(page, "10,000 characters and 20 links")

    def test_it_costs_no_query(self):
        with self.assertNumQueries(0):
            self.client.get(reverse("how-to-write"))

    def test_every_form_for_words_leads_there(self):
        remark = make_comment(make_essay(slug="the-collar"))
        self.client.force_login(make_user())
        for url in (f"/posts/{remark.pk}/reply/", "/essays/the-collar/discussion/"):
            self.assertContains(self.client.get(url), 'href="/how-to-write/"')
