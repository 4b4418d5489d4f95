from datetime import UTC, datetime, timedelta

from django.test import TestCase
from django.urls import reverse

from essays.actions import raise_version
from essays.models import Essay
from forum.essay_lists import PAGE_SIZE, STRIP_LENGTH, add_strips
from forum.posts.actions import set_status
from tests.factories import make_claim, make_counterpoint, make_editor, make_essay, make_user
from tests.kept import forget_what_is_kept

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def make_essays(number, **fields):
    return [
        make_essay(f"Number {n}", published_at=FIRST + timedelta(days=n), **fields)
        for n in range(number)
    ]


class HomeTests(TestCase):
    url = "/"

    def titles(self, query=""):
        response = self.client.get(self.url + query)
        return [essay.title for essay in response.context["essays"]]

    def test_a_new_site_says_what_it_is_for(self):
        response = self.client.get(self.url)
        self.assertContains(response, "No essay has been published yet.")
        self.assertContains(response, "nobody has contradicted anybody")
        self.assertNotContains(response, "Write the first one")

    def test_an_editor_of_a_new_site_is_shown_where_to_begin(self):
        self.client.force_login(make_editor())
        self.assertContains(self.client.get(self.url), reverse("admin:essays_essay_add"))

    def test_an_essay_without_claims_asks_for_the_first(self):
        make_essay("Straw")
        self.assertContains(self.client.get(self.url), "Read it, and mark the first claim")

    def test_the_newest_essay_leads_and_the_others_follow(self):
        make_essays(3)
        response = self.client.get(self.url)
        self.assertEqual(response.context["lead"].title, "Number 2")
        self.assertEqual(
            [essay.title for essay in response.context["essays"]], ["Number 1", "Number 0"]
        )

    def test_drafts_and_what_is_to_come_are_left_out_for_editors_too(self):
        make_essay("Draft", published=False)
        make_essay("Tomorrow", published_at=datetime.now(UTC) + timedelta(days=1))
        self.client.force_login(make_editor())
        response = self.client.get(self.url)
        self.assertIsNone(response.context["lead"])

    def test_other_orders_list_all(self):
        essays = make_essays(3)
        Essay.objects.filter(pk=essays[1].pk).update(open_count=4)
        self.assertEqual(self.titles("?order=oldest"), ["Number 0", "Number 1", "Number 2"])
        self.assertEqual(self.titles("?order=unanswered")[0], "Number 1")
        self.assertEqual(self.titles("?order=nonsense"), ["Number 1", "Number 0"])

    def test_every_order_leads_through_all_pages_without_gap_or_repetition(self):
        total = 2 * PAGE_SIZE + 5
        essays = make_essays(total)
        for essay in essays[::3]:
            Essay.objects.filter(pk=essay.pk).update(open_count=essay.pk % 4)
        for order, number in (("newest", total - 1), ("oldest", total), ("unanswered", total)):
            with self.subTest(order=order):
                seen, query = [], f"?order={order}"
                while query:
                    response = self.client.get(self.url + query)
                    seen += [essay.pk for essay in response.context["essays"]]
                    query = response.context["next_url"]
                self.assertEqual(len(seen), number)
                self.assertEqual(len(set(seen)), number)

    def test_a_place_that_no_link_names_is_the_beginning(self):
        make_essays(3)
        for after in ("x", "9-", "1" * 40 + "-1", "-1"):
            with self.subTest(after=after):
                self.assertEqual(len(self.titles(f"?after={after}")), 3)

    def test_a_place_beyond_all_others_is_the_end_or_has_all_behind_it(self):
        make_essays(3)
        beyond = f"{'9' * 17}-{'9' * 18}"
        for order, number in (("newest", 3), ("oldest", 0), ("unanswered", 3)):
            with self.subTest(order=order):
                self.assertEqual(len(self.titles(f"?order={order}&after={beyond}")), number)
        response = self.client.get(f"{reverse('open-questions')}?after={beyond}")
        self.assertEqual(response.context["questions"], [])

    def test_an_open_question_stands_beside_what_it_asks(self):
        essay = make_essay("Straw")
        objector = make_user("ob", display_name="Ob Jector")
        claim = make_claim(essay, statement="Nobody knew.")
        make_counterpoint(claim, author=objector, source="The saddlers <knew>.")
        response = self.client.get(self.url)
        self.assertEqual(response.context["question"], claim)
        self.assertContains(response, '<mark class="passage is-unanswered">Nobody knew why.</mark>')
        self.assertContains(response, "The saddlers &lt;knew&gt;.")
        self.assertContains(response, "Ob Jector")
        objection = claim.counterpoints.get()
        self.assertContains(response, reverse("counterpoints:answer", args=[objection.pk]))

    def test_questions_come_longest_waiting_first_and_four_of_them(self):
        essay = make_essay()
        claims = []
        for day in (5, 1, 4, 2, 3):
            claim = make_claim(essay, statement=f"Day {day}.")
            make_counterpoint(claim, now=FIRST + timedelta(days=day))
            claims.append(claim)
        response = self.client.get(self.url)
        self.assertEqual(
            [claim.statement for claim in response.context["questions"]],
            ["Day 1.", "Day 2.", "Day 3.", "Day 4."],
        )
        self.assertContains(response, reverse("open-questions"))

    def test_claims_that_nobody_met_are_offered(self):
        claim = make_claim(statement="Nobody knew why.")
        self.assertEqual(self.client.get(self.url).context["untried"], [claim])

    def test_what_was_taken_down_is_not_shown(self):
        claim = make_claim(statement="Unspeakable.")
        make_counterpoint(claim)
        set_status(post=claim.opening, status="hidden")
        response = self.client.get(self.url)
        self.assertNotContains(response, "Unspeakable.")
        self.assertEqual(response.context["lead"].labels, [])

    def test_query_count_does_not_grow_with_what_is_listed(self):
        for size in (2, 15):
            with self.subTest(size=size):
                essays = make_essays(size)
                for essay in essays:
                    essay.tags.add("straw", f"tag{essay.pk}")
                    for sentence in ("Nobody knew why.", "The lord counted silver."):
                        make_counterpoint(make_claim(essay, sentence))
                    make_claim(essay, "Towns grew where horses pulled.")
                forget_what_is_kept()
                with self.assertNumQueries(9):
                    self.client.get(self.url)
                forget_what_is_kept()
                with self.assertNumQueries(10):
                    self.client.get(f"{self.url}?order=oldest")
                # Of the essays that are listed, those are asked about that have changed.
                raise_version(essays[0].pk)
                with self.assertNumQueries(7):
                    self.client.get(f"{self.url}?order=oldest")

    def test_a_kept_page_costs_one_query_and_hears_of_changes(self):
        claim = make_claim()
        self.client.get(self.url)
        with self.assertNumQueries(1):
            etag = self.client.get(self.url).headers["ETag"]
        with self.assertNumQueries(1):
            again = self.client.get(self.url, headers={"if-none-match": etag})
        self.assertEqual(again.status_code, 304)
        make_counterpoint(claim)
        self.assertContains(self.client.get(self.url), "Nobody has answered")


class StripTests(TestCase):
    def test_labels_come_in_the_order_of_the_text_in_one_query(self):
        essay, other = make_essay(), make_essay()
        make_counterpoint(make_claim(essay, "Towns grew where horses pulled."))
        make_claim(essay, "Nobody knew why.")
        with self.assertNumQueries(1):
            add_strips([essay, other])
        self.assertEqual(essay.labels, ["unchallenged", "unanswered"])
        self.assertEqual(other.labels, [])

    def test_a_strip_has_its_limit(self):
        essay = make_essay()
        author = make_user()
        for _ in range(STRIP_LENGTH + 2):
            make_claim(essay, author=author)
        add_strips([essay])
        self.assertEqual(len(essay.labels), STRIP_LENGTH)
