from django.test import Client, TestCase
from django.urls import reverse

from forum.accounts.models import User, Viewing
from forum.accounts.viewing import NOBODY
from forum.posts.models import Post
from tests.factories import (
    make_claim,
    make_comment,
    make_editor,
    make_essay,
    make_moderator,
    make_user,
    sent,
)

PAGE, END = reverse("accounts:viewings"), reverse("accounts:viewing-end")


class ViewingTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keeper = make_user("kilda", is_superuser=True, is_staff=True, is_moderator=True)
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.claim = make_claim(cls.essay)
        cls.thread = reverse("discussion:thread", args=["the-collar"])
        make_comment(cls.essay, source="A remark.")

    def begin(self, manner, who=None):
        self.client.force_login(who or self.keeper)
        return self.client.post(PAGE, {"manner": manner}, follow=True)


class LookingTests(ViewingTestCase):
    def test_as_a_visitor_the_pages_are_those_of_a_visitor(self):
        self.begin("visitor")
        stranger = Client()
        for url in (reverse("home"), self.essay.get_absolute_url(), self.thread):
            seen = self.client.get(url).content.decode()
            with self.subTest(url=url):
                self.assertIn("You see the site as a visitor", seen)
                self.assertNotIn("kilda", seen)
                head, _, rest = seen.partition("</aside>")
                before, _, _ = head.partition('<aside class="viewing"')
                plain = stranger.get(url).content.decode()
                self.assertEqual("".join((before + rest).split()), "".join(plain.split()))

    def test_as_a_visitor_what_needs_an_account_asks_for_one(self):
        self.begin("visitor")
        inbox = reverse("notifications:inbox")
        self.assertRedirects(
            self.client.get(inbox), f"{reverse('account_login')}?next={inbox}",
            fetch_redirect_response=False,
        )  # fmt: skip

    def test_as_a_plain_member_there_are_forms_and_no_rights(self):
        self.begin("member")
        page = self.client.get(self.thread)
        self.assertContains(page, "You see the site as a plain member")
        self.assertContains(page, "<textarea")
        self.assertNotContains(page, reverse("admin:index"))
        self.assertEqual(self.client.get(reverse("moderation:queue")).status_code, 403)
        self.assertEqual(self.client.get(reverse("admin:index")).status_code, 302)

    def test_the_plain_member_is_nobody_and_has_nothing_of_anybodys(self):
        make_user("wren", email="wren@secret.example")
        self.begin("member")
        for url in (
            reverse("notifications:inbox"), reverse("bookmarks"), reverse("posts:drafts"),
            self.claim.get_absolute_url(), self.essay.get_absolute_url(), reverse("home"),
            reverse("search:search") + "?q=straw",
        ):  # fmt: skip
            with self.subTest(url=url):
                page = self.client.get(url)
                self.assertEqual(page.status_code, 200)
                self.assertNotContains(page, "kilda")
        for name in ("account_email", "mfa_index", "own-name", "exchange:own-data"):
            url = reverse(name)
            with self.subTest(url=url):
                self.assertContains(self.client.get(url), "is nobody", status_code=403)
        self.assertFalse(User.objects.filter(pk=NOBODY).exists())

    def test_drafts_of_essays_are_hidden_from_whoever_looks_so(self):
        draft = make_essay("Unfinished", published=False)
        for manner in ("visitor", "member"):
            self.begin(manner)
            self.assertEqual(self.client.get(draft.get_absolute_url()).status_code, 404)

    def test_nothing_can_be_sent(self):
        for manner, words in (("visitor", "as a visitor does"), ("member", "as a plain member")):
            self.begin(manner)
            for url in (
                self.thread, reverse("account_logout"), reverse("account_login"),
                reverse("exchange:own-archive"), reverse("account_email"),
                reverse("admin:house_settings_add"),
            ):  # fmt: skip
                for method in ("post", "put", "patch", "delete"):
                    with self.subTest(manner=manner, url=url, method=method):
                        answer = getattr(self.client, method)(url, sent(source="Sent anyhow."))
                        self.assertContains(answer, words, status_code=403)
        self.assertFalse(Post.objects.filter(source="Sent anyhow.").exists())
        self.assertEqual(self.client.session["_auth_user_id"], str(self.keeper.pk))


class WayBackTests(ViewingTestCase):
    def test_one_press_leads_back(self):
        self.begin("visitor")
        self.assertContains(self.client.get(reverse("home")), f'href="{PAGE}"')
        self.assertContains(self.client.get(PAGE), "Back to myself")
        page = self.client.post(END, follow=True)
        self.assertNotContains(page, "You see the site as")
        self.assertContains(page, reverse("admin:index"))
        self.assertNotIn("viewing", self.client.cookies["viewing"].value)

    def test_whoever_is_staff_no_longer_is_themselves_again(self):
        editor = make_editor("edda")
        self.begin("visitor", who=editor)
        User.objects.filter(pk=editor.pk).update(is_staff=False, is_editor=False)
        page = self.client.get(reverse("home"))
        self.assertContains(page, "edda")
        self.assertNotContains(page, "You see the site as")


class RecordTests(ViewingTestCase):
    def test_it_is_written_down_who_looked_and_as_what(self):
        self.begin("member")
        record = Viewing.objects.get()
        self.assertEqual((record.who, record.manner), (self.keeper, "member"))
        self.client.post(END)
        page = self.client.get(reverse("admin:accounts_viewing_changelist"))
        self.assertContains(page, "As a plain member")

    def test_nobody_changes_the_record(self):
        self.begin("member")
        self.client.post(END)
        record = Viewing.objects.get()
        record.manner = "visitor"
        self.assertRaises(TypeError, record.save)
        self.assertRaises(TypeError, record.delete)
        for name in ("change", "delete"):
            url = reverse(f"admin:accounts_viewing_{name}", args=[record.pk])
            self.assertEqual(self.client.post(url, {"post": "yes"}).status_code, 403)
        self.assertEqual(Viewing.objects.get().manner, "member")

    def test_only_staff_begin_it(self):
        for person in (make_user("wren"), make_moderator("mags")):
            answer = self.begin("visitor", who=person)
            with self.subTest(person=person.username):
                self.assertEqual(answer.status_code, 403)
                self.assertNotContains(self.client.get(reverse("home")), "You see the site as")
        self.assertFalse(Viewing.objects.exists())

    def test_a_cookie_made_by_hand_shows_nobody_anything(self):
        for person in (None, make_user("wren"), self.keeper):
            client = Client()
            if person:
                client.force_login(person)
            client.cookies["viewing"] = "member"
            with self.subTest(person=str(person)):
                page = client.get(reverse("home"))
                self.assertNotContains(page, "You see the site as")
                inbox = client.get(reverse("notifications:inbox"))
                self.assertEqual(inbox.status_code, 200 if person else 302)

    def test_as_whom_is_one_of_two(self):
        answer = self.begin("wren")
        self.assertContains(answer, "Select a valid choice")
        self.assertFalse(Viewing.objects.exists())
