from django.test import TestCase
from django.urls import reverse

from forum.moderation import log_page
from tests.factories import make_comment, make_essay, make_moderator, make_user
from tests.moderation.builders import decide, make_report, rule

URL = reverse("moderation:log")


class LogPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.moderator = make_moderator("joan", display_name="Joan Ferris")
        cls.post = make_comment(make_essay("Was the USSR Communist?"), author=make_user("tobias"))
        make_report(cls.post, reporter=make_user("samfeeney"), text="Nasty, and about her.")

    def decide(self, outcome="hide", **fields):
        case = self.post.cases.filter(state="open").first()
        return decide(case, outcome, moderator=self.moderator, **fields)

    def test_strangers_read_what_was_done_by_whom_and_why(self):
        entry = self.decide(reason="It speaks of <her>, not of the argument.").log_entry
        page = self.client.get(URL)
        self.assertContains(page, f'id="decision-{entry.number}"')
        self.assertContains(page, '<h3 class="relname">Hidden</h3>')
        self.assertContains(page, f"Post {self.post.pk} in the discussion of Was the USSR")
        self.assertContains(page, "It speaks of &lt;her&gt;, not of the argument.")
        self.assertContains(page, "Rule 2. Leave the person alone")
        self.assertContains(page, "by <bdi>Joan Ferris</bdi>")
        self.assertContains(page, "<h1", count=1)

    def test_nothing_private_is_in_it(self):
        self.decide(sanction="warn")
        page = self.client.get(URL)
        for word in ("samfeeney", "tobias", "Nasty", self.post.text, "arning"):
            self.assertNotContains(page, word)

    def test_it_holds_no_form_and_no_token(self):
        self.decide()
        page = self.client.get(URL)
        self.assertNotContains(page, 'method="post"')
        self.assertNotContains(page, "csrf")
        self.assertNotIn("csrftoken", self.client.cookies)

    def test_the_address_of_an_entry_is_a_page_that_shows_it_however_long_the_log(self):
        first = self.decide().log_entry
        for _ in range(log_page.PAGE_LENGTH + 5):
            decide(outcome="keep", moderator=self.moderator)
        address, _, fragment = first.get_absolute_url().partition("#")
        self.assertNotContains(self.client.get(URL), f'id="{fragment}"')
        self.assertContains(self.client.get(address), f'id="{fragment}"')

    def test_narrowed_by_outcome_and_by_rule(self):
        entry = self.decide().log_entry
        kept = decide(outcome="keep", number=3).log_entry
        for query, found in (
            ("?outcome=hide", [entry]),
            ("?outcome=keep", [kept]),
            ("?rule=3", [kept]),
            ("?outcome=hide&rule=3", []),
            ("?outcome=nonsense&rule=x", [kept, entry]),
        ):
            with self.subTest(query=query):
                self.assertEqual(list(self.client.get(URL + query).context["entries"]), found)

    def test_page_by_page_nothing_is_lost(self):
        made = [decide(outcome="keep", moderator=self.moderator).log_entry for _ in range(60)]
        url, seen = f"{URL}?outcome=keep", []
        while url:
            page = self.client.get(url)
            seen += page.context["entries"]
            url = page.context["next_url"]
        self.assertEqual(seen, made[::-1])

    def test_a_key_of_nonsense_is_left_out(self):
        self.decide()
        for key in ("x", "-1", "9" * 40, "٣", ""):
            with self.subTest(key=key):
                self.assertContains(self.client.get(URL, {"upto": key}), 'id="decision-')

    def test_the_rules_stand_below_it(self):
        page = self.client.get(URL)
        for number in range(1, 7):
            self.assertContains(page, rule(number).title)
            self.assertContains(page, rule(number).text)
        self.assertContains(page, "Nothing has had to be decided yet.")
        self.assertContains(self.client.get(f"{URL}?rule=1"), "No decision of this kind.")

    def test_a_stranger_who_asks_again_is_told_that_nothing_changed_for_one_query(self):
        self.decide()
        etag = self.client.get(URL)["ETag"]
        with self.assertNumQueries(1):
            again = self.client.get(URL, headers={"If-None-Match": etag})
        self.assertEqual(again.status_code, 304)
        decide(outcome="keep")
        after = self.client.get(URL, headers={"If-None-Match": etag})
        self.assertContains(after, "Kept")

    def test_query_count_does_not_grow_with_the_log(self):
        for size in (1, 30):
            for _ in range(size):
                decide(outcome="keep", moderator=self.moderator)
            with self.subTest(size=size), self.assertNumQueries(4):
                self.client.get(URL)

    def test_members_read_it_too(self):
        self.decide()
        self.client.force_login(self.post.author)
        with self.assertNumQueries(6):
            self.assertContains(self.client.get(URL), "Joan Ferris")
