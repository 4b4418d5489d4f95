"""A member takes another name, and everything that they wrote shows it."""

from datetime import timedelta
from uuid import uuid4

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from forum.accounts.models import User
from forum.lib.verdict import Refused
from forum.posts.models import Post
from forum.posts.naming import AT_ONCE, rename, renew_the_rest
from tests.factories import (
    make_claim,
    make_comment,
    make_counterpoint,
    make_essay,
    make_user,
    sent,
)


class NamePageTests(TestCase):
    url = reverse("own-name")

    @classmethod
    def setUpTestData(cls):
        cls.wren = make_user("wren", display_name="Wren Oddfellow", about="Reads rolls.")

    def setUp(self):
        self.client.force_login(self.wren)

    def save(self, **fields):
        return self.client.post(self.url, sent(display_name="Wren Newby", about="", **fields))

    def test_the_page_shows_what_there_is(self):
        page = self.client.get(self.url)
        self.assertContains(page, 'value="Wren Oddfellow"')
        self.assertContains(page, "Reads rolls.")
        self.assertContains(page, "<h1>Your name</h1>", html=True)

    def test_a_new_name_is_saved_and_said(self):
        page = self.client.post(
            self.url, sent(display_name=" Wren  Newby ", about="Reads\nmaps."), follow=True
        )
        self.assertContains(page, "Saved.")
        self.wren.refresh_from_db()
        self.assertEqual((self.wren.name, self.wren.about), ("Wren Newby", "Reads maps."))

    def test_without_one_the_member_goes_by_their_user_name(self):
        self.client.post(self.url, sent(display_name="", about=""))
        self.wren.refresh_from_db()
        self.assertEqual(self.wren.name, "wren")

    def test_bad_input_is_kept_and_explained_by_the_field(self):
        for field, value, sentence in (
            ("display_name", "R\u202euth", "no invisible characters"),
            ("display_name", "W" * 61, "this one has 61"),
            ("display_name", "...", "at least one letter"),
            ("about", "a" * 301, "this has 301"),
        ):
            with self.subTest(value=value):
                fields = {"display_name": "Wren", "about": ""} | {field: value}
                page = self.client.post(self.url, sent(**fields))
                self.assertIn(sentence, " ".join(page.context["form"].errors[field]))
                self.assertContains(page, value)
        self.wren.refresh_from_db()
        self.assertEqual(self.wren.name, "Wren Oddfellow")

    def test_the_same_form_sent_twice_changes_nothing_more(self):
        key = str(uuid4())
        self.client.post(self.url, {"form_key": key, "display_name": "One", "about": ""})
        self.client.post(self.url, {"form_key": key, "display_name": "Two", "about": ""})
        self.wren.refresh_from_db()
        self.assertEqual(self.wren.name, "One")

    def test_whoever_is_silenced_keeps_the_name_that_they_were_silenced_under(self):
        User.objects.update(silenced_until=timezone.now() + timedelta(days=1))
        self.assertContains(self.client.get(self.url), "your name stays as it is")
        self.assertEqual(self.save().status_code, 403)
        self.wren.refresh_from_db()
        self.assertEqual(self.wren.name, "Wren Oddfellow")

    def test_strangers_are_sent_to_the_door(self):
        self.client.logout()
        self.assertIn(reverse("account_login"), self.client.get(self.url).url)


class RenameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.wren = make_user("wren", display_name="Wren Oddfellow")
        cls.claim = make_claim(cls.essay, author=cls.wren)
        make_counterpoint(cls.claim, author=cls.wren)
        make_comment(cls.essay, author=cls.wren)
        cls.other = make_comment(cls.essay)

    def pages(self):
        return [
            self.client.get(url).content.decode()
            for url in (
                reverse("home"),
                self.essay.get_absolute_url(),
                self.claim.get_absolute_url(),
                reverse("discussion:thread", args=["the-collar"]),
                reverse("discussion:index"),
                self.wren.get_absolute_url(),
                reverse("search:search") + "?q=so",
            )
        ]

    def test_no_page_that_a_visitor_had_seen_shows_the_old_name(self):
        self.assertTrue(any("Wren Oddfellow" in page for page in self.pages()))
        rename(member=self.wren, display_name="Wren Newby", about="")
        pages = self.pages()
        self.assertEqual([page for page in pages if "Oddfellow" in page], [])
        self.assertGreaterEqual(sum("Wren Newby" in page for page in pages), 5)

    def test_another_members_posts_are_left_alone(self):
        # Drawn anew, it would not say so.
        Post.objects.filter(pk=self.other.pk).update(card_html="As it was.")
        rename(member=self.wren, display_name="Wren Newby", about="")
        self.assertEqual(Post.objects.get(pk=self.other.pk).card_html, "As it was.")

    def test_other_words_about_oneself_store_nothing_anew(self):
        with self.assertNumQueries(3):
            rename(member=self.wren, display_name="Wren Oddfellow", about="Reads maps.")

    def test_whoever_wrote_much_is_renamed_by_and_by(self):
        posts = [
            Post(
                thread=self.other.thread, author=self.wren, branch_id=self.other.pk,
                parent_id=self.other.pk, depth=2, path=f"{self.other.path}{number:06}",
                source="x", html="x", text="x", card_html="Wren Oddfellow",
                created_at=timezone.now(),
            )
            for number in range(AT_ONCE + 5)
        ]  # fmt: skip
        Post.objects.bulk_create(posts)
        rename(member=self.wren, display_name="Wren Newby", about="")
        stale = Post.objects.filter(author=self.wren, card_html__contains="Oddfellow")
        self.assertEqual(stale.count(), 8)
        renew_the_rest.func(self.wren.pk, stale.order_by("-pk")[0].pk + 1)
        self.assertFalse(stale.exists())

    def test_a_closed_account_is_not_renamed(self):
        self.wren.is_active = False
        with self.assertRaises(Refused):
            rename(member=self.wren, display_name="Wren Newby", about="")
