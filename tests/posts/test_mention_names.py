"""While a name is typed after an @, members are offered whose names begin so."""

from django.test import Client, TestCase
from django.urls import reverse

from tests.factories import make_user


class NamesTests(TestCase):
    def setUp(self):
        self.reader = make_user("reader")
        self.client.force_login(self.reader)
        self.url = reverse("posts:names")

    def names(self, begun):
        return [one["username"] for one in self.client.get(self.url, {"q": begun}).json()["names"]]

    def test_user_names_and_shown_names_both_count_whatever_their_capitals(self):
        make_user("ottoline", display_name="Marsh")
        make_user("marshal")
        self.assertEqual(self.names("OTT"), ["ottoline"])
        self.assertEqual(self.names("mars"), ["marshal", "ottoline"])
        self.assertEqual(self.names("line"), [])

    def test_whoever_is_gone_is_not_offered(self):
        make_user("ottoline", is_active=False)
        self.assertEqual(self.names("otto"), [])

    def test_a_letter_is_too_little_and_nonsense_finds_nobody(self):
        make_user("ottoline")
        for begun in ("", "o", " o ", "%", "__", "ot\x00", "%%", "o" * 5_000):
            with self.subTest(begun=begun[:5]):
                self.assertEqual(self.names(begun), [])

    def test_a_few_are_offered_of_however_many_in_two_queries_more(self):
        for size in (3, 20):
            for number in range(size):
                make_user(f"otto{size}{number}")
            with self.subTest(size=size), self.assertNumQueries(3):
                found = self.names("otto")
            self.assertLessEqual(len(found), 8)

    def test_strangers_are_told_no_names(self):
        make_user("ottoline")
        self.assertEqual(Client().get(self.url, {"q": "otto"}).status_code, 302)
