from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse

from forum.house.actions import settle
from forum.house.models import Change, Settings
from forum.lib.house import House, edition, house, keep, read_again
from forum.lib.verdict import Refused
from tests.factories import make_editor, make_essay, make_moderator, make_user
from tests.house.settled import settled


class SettleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("keeper", is_superuser=True, is_staff=True)

    def test_without_a_row_all_is_as_it_comes(self):
        read_again()
        self.assertEqual(house(), House())
        self.assertEqual(house().name, "Counterpoint")
        self.assertEqual(house().sign_up, "open")

    def test_what_is_settled_is_known_once_the_transaction_has_ended(self):
        with self.captureOnCommitCallbacks(execute=True):
            settle(by=self.keeper, values={"name": "Gainsay"})
            self.assertEqual(house().name, "Counterpoint")
        self.assertEqual(house().name, "Gainsay")

    def test_what_is_not_named_stays(self):
        settled(name="Gainsay")
        settled(tagline="Say the contrary.")
        self.assertEqual((house().name, house().tagline), ("Gainsay", "Say the contrary."))

    def test_the_history_says_who_changed_what_and_how_it_was(self):
        settle(by=self.keeper, values={"name": "Gainsay", "sign_up": "open"})
        told = Change.objects.values_list("subject", "part", "before", "after", "by")
        self.assertEqual(
            list(told), [("settings", "name", "Counterpoint", "Gainsay", self.keeper.pk)]
        )

    def test_to_settle_what_is_settled_leaves_no_line(self):
        settle(by=self.keeper, values={"name": "Counterpoint"})
        self.assertFalse(Change.objects.exists())

    def test_only_keepers_settle(self):
        for person in (make_user(), make_moderator(), make_editor()):
            with self.subTest(person=person.username), self.assertRaises(Refused):
                settle(by=person, values={"name": "Mine"})
        closed = make_user(is_superuser=True, is_active=False)
        self.assertRaises(Refused, settle, by=closed, values={"name": "Mine"})
        self.assertFalse(Settings.objects.exists())

    def test_nonsense_is_refused_by_the_action_too(self):
        for values in ({"undo_minutes": 121}, {"sign_up": "closed"}, {"name": "n" * 31}):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                settle(by=self.keeper, values=values)

    def test_the_database_holds_one_row_and_no_other(self):
        settled(name="Gainsay")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Settings.objects.create(id=2)


class HistoryTests(TestCase):
    def test_a_line_of_the_history_is_neither_changed_nor_deleted(self):
        settled(name="Gainsay")
        line = Change.objects.get()
        line.after = "Something else"
        self.assertRaises(TypeError, line.save)
        self.assertRaises(TypeError, line.delete)
        self.assertEqual(Change.objects.get().after, "Gainsay")


class KeptPagesTests(TestCase):
    """What visitors' caches keep shows the new settings with the next request."""

    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.pages = [
            reverse("home"), cls.essay.get_absolute_url(), reverse("discussion:index"),
            reverse("discussion:thread", args=["the-collar"]), reverse("moderation:log"),
            reverse("search:opensearch"),
        ]  # fmt: skip

    def test_a_new_name_is_on_every_page_at_once(self):
        member = make_user()
        for reader in (None, member):
            self.client.logout()
            if reader:
                self.client.force_login(reader)
            keep(House())
            for page in self.pages:
                self.assertContains(self.client.get(page), "Counterpoint")
            settled(name="Gainsay & Co")
            for page in self.pages:
                with self.subTest(page=page, reader=str(reader)):
                    answer = self.client.get(page)
                    self.assertContains(answer, "Gainsay &amp; Co")
                    self.assertNotContains(answer, "</svg>Counterpoint")

    def test_who_has_the_old_page_is_not_told_that_it_is_the_newest(self):
        old = self.client.get(reverse("home")).headers["ETag"]
        settled(name="Gainsay")
        answer = self.client.get(reverse("home"), headers={"if-none-match": old})
        self.assertEqual(answer.status_code, 200)
        self.assertNotEqual(answer.headers["ETag"], old)

    def test_what_no_page_shows_makes_no_page_anew(self):
        before = edition()
        settled(undo_minutes=3, sign_up="approved")
        self.assertEqual(edition(), before)

    def test_no_page_asks_the_database_for_them(self):
        settled(name="Gainsay")
        self.client.get(reverse("home"))
        with self.assertNumQueries(1):
            self.client.get(reverse("home"))


class StylesheetTests(TestCase):
    def sheet(self):
        return reverse("house:stylesheet", args=[house().look])

    def test_without_colours_no_page_asks_for_it(self):
        self.assertNotContains(self.client.get(reverse("home")), "/site-")

    def test_colours_come_in_a_sheet_of_their_own_that_is_kept_for_ever(self):
        settled(accent_light="#7a1f5c", accent_dark="#f0a6d2")
        self.assertContains(self.client.get(reverse("home")), f'href="{self.sheet()}"')
        answer = self.client.get(self.sheet())
        self.assertEqual(answer.headers["Content-Type"], "text/css; charset=utf-8")
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertContains(answer, "--pencil: light-dark(#7a1f5c, #f0a6d2);")

    def test_one_colour_leaves_the_other_as_it_comes(self):
        settled(accent_light="#7a1f5c")
        self.assertContains(self.client.get(self.sheet()), "light-dark(#7a1f5c, #9db3ff)")

    def test_an_old_address_gives_the_colours_of_now_and_is_not_kept(self):
        settled(accent_light="#7a1f5c")
        old = self.sheet()
        settled(accent_light="#1f5c7a")
        answer = self.client.get(old)
        self.assertContains(answer, "#1f5c7a")
        self.assertEqual(answer.headers["Cache-Control"], "no-cache")

    def test_a_process_that_was_not_told_yet_reads_again(self):
        keep(House())
        settle(by=None, values={"accent_light": "#1f5c7a"})
        look = House(accent_light="#1f5c7a").look
        answer = self.client.get(reverse("house:stylesheet", args=[look]))
        self.assertContains(answer, "#1f5c7a")
        self.assertIn("immutable", answer.headers["Cache-Control"])
