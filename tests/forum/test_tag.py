from datetime import UTC, datetime, timedelta

from django.test import TestCase
from django.urls import reverse

from essays.models import Essay
from tests.factories import make_claim, make_counterpoint, make_essay
from tests.kept import forget_what_is_kept

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


class TagPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("Straw")
        cls.essay.tags.add("feudalism", "tools")
        cls.other = make_essay("Oats")
        cls.other.tags.add("tools")
        cls.url = reverse("tag", args=["feudalism"])

    def test_its_essays_are_listed_with_what_they_hold(self):
        make_counterpoint(make_claim(self.essay))
        response = self.client.get(self.url)
        self.assertContains(response, '<h1 dir="auto">Feudalism</h1>', html=True)
        self.assertContains(response, "One essay, one claim, one objection that nobody has")
        self.assertContains(response, "Straw")
        self.assertNotContains(response, "Oats")
        self.assertEqual(len(response.context["questions"]), 1)

    def test_tags_near_it_are_counted_over_all_their_essays(self):
        near = self.client.get(self.url).context["near"]
        self.assertEqual([(tag.name, tag.number) for tag in near], [("tools", 2)])

    def test_its_questions_are_those_of_its_essays_that_wait_longest(self):
        waiting = {}
        for essay, days in ((self.essay, (5, 1, 4, 2, 3)), (self.other, (0, 6))):
            for day in days:
                waiting[day] = make_claim(essay)
                make_counterpoint(waiting[day], now=FIRST + timedelta(days=day))
        for tag, days in (("feudalism", [1, 2, 3, 4]), ("tools", [0, 1, 2, 3])):
            with self.subTest(tag=tag):
                page = self.client.get(reverse("tag", args=[tag]))
                self.assertEqual(page.context["questions"], [waiting[day] for day in days])

    def test_each_tag_has_its_own_near_it(self):
        self.other.tags.add("oats")
        for tag, near in (("feudalism", ["tools"]), ("tools", ["feudalism", "oats"])):
            page = self.client.get(reverse("tag", args=[tag]))
            self.assertEqual([one.name for one in page.context["near"]], near)

    def test_drafts_are_left_out(self):
        draft = make_essay("Draft")
        draft.tags.add("feudalism", "hidden")
        make_counterpoint(make_claim(draft))
        Essay.objects.filter(pk=draft.pk).update(published_at=None)
        page = self.client.get(self.url)
        self.assertContains(page, "One essay,")
        self.assertNotContains(page, "Draft")
        self.assertEqual(page.context["questions"], [])
        self.assertEqual([one.name for one in page.context["near"]], ["tools"])

    def test_a_tag_that_is_not_there(self):
        self.assertEqual(self.client.get(reverse("tag", args=["gone"])).status_code, 404)

    def test_query_count_does_not_grow_with_its_essays(self):
        for size in (1, 12):
            with self.subTest(size=size):
                for _ in range(size):
                    essay = make_essay()
                    essay.tags.add("feudalism", f"tag{essay.pk}")
                    make_counterpoint(make_claim(essay))
                forget_what_is_kept()
                with self.assertNumQueries(5):
                    self.client.get(self.url)


class OpenQuestionsTests(TestCase):
    url = "/open-questions/"

    def test_none_is_said_in_a_sentence(self):
        self.assertContains(self.client.get(self.url), "Every objection has been answered")

    def test_all_are_listed_page_by_page(self):
        essay = make_essay()
        for _ in range(30):
            make_counterpoint(make_claim(essay))
        first = self.client.get(self.url)
        self.assertEqual(len(first.context["questions"]), 25)
        second = self.client.get(self.url + first.context["next_url"])
        self.assertEqual(len(second.context["questions"]), 5)
        seen = {claim.pk for page in (first, second) for claim in page.context["questions"]}
        self.assertEqual(len(seen), 30)

    def test_query_count_does_not_grow_with_the_questions(self):
        for size in (1, 12):
            with self.subTest(size=size):
                for _ in range(size):
                    make_counterpoint(make_claim())
                forget_what_is_kept()
                with self.assertNumQueries(2):
                    self.client.get(self.url)


class TagInAnyScriptTests(TestCase):
    def test_a_tag_with_letters_beyond_ascii_has_a_page_and_its_essay_too(self):
        essay = make_essay()
        essay.tags.add("Père & fils", "מחרשה")
        page = self.client.get(essay.get_absolute_url()).content.decode()
        for slug in ("père-fils", "מחרשה"):
            url = reverse("tag", args=[slug])
            self.assertIn(f'href="{url}"', page)
            self.assertEqual(self.client.get(url).status_code, 200)
