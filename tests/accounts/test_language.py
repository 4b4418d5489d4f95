"""In which language the site speaks: chosen with an account or without, kept, and heeded."""

from django.test import TestCase
from django.urls import reverse

from forum.accounts.models import User
from forum.exchange.erasing import erase
from forum.exchange.formats.catalogue import FORMATS
from tests.factories import make_comment, make_essay, make_user

SPOKEN = ("de", "ar", "en")
GERMAN = {"Accept-Language": "de"}


class LanguagePageTests(TestCase):
    url = reverse("language")

    def said(self, client=None, url="", **headers):
        page = (client or self.client).get(url or reverse("home"), headers=headers)
        return page.headers["Content-Language"]

    def choose(self, language, next_url=""):
        return self.client.post(self.url, {"language": language, "next": next_url})

    def test_a_visitor_gets_the_language_that_the_browser_asks_for(self):
        for asked, said in (("de-CH", "de"), ("ar", "ar"), ("fr", "en-GB"), ("", "en-GB")):
            with self.subTest(asked=asked):
                self.assertEqual(self.said(**{"Accept-Language": asked}), said)

    def test_a_visitor_s_choice_is_kept_in_the_browser_and_comes_first(self):
        self.assertRedirects(self.choose("ar"), reverse("home"))
        self.assertEqual(self.said(**GERMAN), "ar")
        page = self.client.get(reverse("home"), headers=GERMAN)
        self.assertContains(page, '<html lang="ar" dir="rtl">')
        self.assertNotIn("sessionid", self.client.cookies)

    def test_a_member_s_choice_goes_with_them_to_other_browsers(self):
        member = make_user("wren")
        self.client.force_login(member)
        self.choose("de")
        self.assertEqual(User.objects.get(pk=member.pk).language, "de")
        other = self.client_class()
        self.assertEqual(self.said(other), "en-GB")
        other.force_login(member)
        self.assertEqual(self.said(other, **{"Accept-Language": "ar"}), "de")

    def test_members_of_several_languages_read_the_same_thread_each_in_their_own(self):
        thread = reverse("discussion:thread", args=[make_comment().thread.essay.slug])
        for _ in range(2):
            for language, tag in (("de", "de"), ("ar", "ar"), ("en-gb", "en-GB")):
                self.client.force_login(make_user(language=language))
                self.assertContains(self.client.get(thread), f'<html lang="{tag}"')

    def test_what_programs_read_is_said_in_the_sites_own_language(self):
        essay = make_essay()
        for url in (
            reverse("exchange:site-feed"),
            reverse("exchange:essay-feed", args=[essay.slug]),
            reverse("exchange:export-file", args=[essay.slug, next(iter(FORMATS))]),
            reverse("exchange:api:essays"),
        ):
            pages = [self.client.get(url, headers={"Accept-Language": asked}) for asked in SPOKEN]
            with self.subTest(url=url):
                self.assertEqual(len({page.content for page in pages}), 1)
                self.assertNotIn("Accept-Language", pages[0].headers.get("Vary", ""))

    def test_what_is_the_same_for_all_does_not_vary_by_who_asks(self):
        slug = make_essay().slug
        self.client.force_login(make_user(language="de"))
        for url in (
            reverse("exchange:site-feed"),
            reverse("exchange:export-file", args=[slug, next(iter(FORMATS))]),
            reverse("exchange:sitemap"),
            reverse("exchange:robots"),
        ):
            with self.subTest(url=url):
                self.assertNotIn("Cookie", self.client.get(url).headers.get("Vary", ""))

    def test_who_logs_out_goes_on_in_the_language_that_was_chosen(self):
        self.client.force_login(make_user("wren"))
        self.choose("de")
        self.client.logout()
        self.choose("de")
        self.assertEqual(self.said(), "de")

    def test_it_leads_back_to_the_page_one_came_from(self):
        there = reverse("discussion:index") + "?after=3"
        page = self.client.get(self.url, headers={"Referer": f"http://testserver{there}"})
        self.assertEqual(page.context["form"]["next"].value(), there)
        self.assertRedirects(self.choose("de", there), there, fetch_redirect_response=False)

    def test_it_leads_nowhere_else(self):
        for there in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
            with self.subTest(there=there):
                page = self.client.get(self.url, headers={"Referer": there})
                self.assertEqual(page.context["form"]["next"].value(), "")
                self.assertRedirects(self.choose("de", there), reverse("home"))

    def test_what_is_no_language_of_ours_is_refused_and_changes_nothing(self):
        for language in ("fr", "", "x" * 4_000, "../../de"):
            with self.subTest(language=language):
                page = self.choose(language, "/discussion/")
                self.assertContains(page, "Choose one of these", status_code=400)
                self.assertContains(page, 'value="/discussion/"', status_code=400)
        self.assertNotIn("language", self.client.cookies)

    def test_the_foot_of_a_page_names_each_language_in_its_own(self):
        page = self.client.get(reverse("home")).content.decode()
        foot = page[page.index("<footer") :]
        self.assertIn('lang="de" hreflang="de" dir="ltr">Deutsch</a>', foot)
        self.assertIn('lang="ar" hreflang="ar" dir="rtl">العربية</a>', foot)
        self.assertIn('hreflang="en-GB" dir="ltr" aria-current="true">English</a>', foot)

    def test_whoever_is_suspended_may_still_choose(self):
        member = make_user("wren", banned_at="2026-01-01T00:00Z")
        self.client.force_login(member)
        self.assertRedirects(self.choose("de"), reverse("home"))

    def test_it_goes_with_the_member(self):
        member = make_user("wren", language="de")
        erase(member=member, keeps_posts=True, asked_by="test")
        self.assertEqual(User.objects.get(pk=member.pk).language, "")
