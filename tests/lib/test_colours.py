"""The colours chosen for a browser are said in the first element of every page that it gets."""

from django.test import Client, SimpleTestCase, TestCase
from django.urls import reverse

from forum.lib.colours import chosen_by
from tests.factories import make_essay, make_user

DARK = b'<html data-scheme="dark" lang="en-GB"'
PLAIN = b'<html lang="en-GB"'


def browser(scheme=""):
    client = Client()
    if scheme:
        client.cookies["scheme"] = scheme
    return client


class ColoursTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("The Collar", slug="the-collar")
        cls.url = reverse("discussion:thread", args=["the-collar"])

    def test_each_choice_is_said(self):
        for scheme, said in {
            "light": b'<html data-scheme="light" lang',
            "dark": b'<html data-scheme="dark" lang',
            "light-more": b'<html data-scheme="light" data-contrast="more" lang',
            "dark-more": b'<html data-scheme="dark" data-contrast="more" lang',
        }.items():
            for url in ("/", self.url, "/nothing-here/"):
                with self.subTest(scheme=scheme, url=url):
                    page = browser(scheme).get(url)
                    self.assertIn(said, page.content)
                    self.assertEqual(int(page.headers["Content-Length"]), len(page.content))

    def test_to_a_member_too(self):
        client = browser("dark")
        client.force_login(make_user())
        self.assertIn(DARK, client.get(self.url).content)

    def test_what_is_none_of_them_is_not(self):
        for scheme in ("", "sepia", '"><script>', "dark more"):
            with self.subTest(scheme=scheme):
                self.assertIn(PLAIN, browser(scheme).get("/").content)

    def test_nothing_but_pages_is_touched(self):
        url = reverse("exchange:export-file", args=["the-collar", "argdown"])
        files = [b"".join(browser(scheme).get(url)) for scheme in ("dark", "")]
        self.assertEqual(*files)


class CookieTests(SimpleTestCase):
    def test_a_choice_is_read_among_other_cookies(self):
        for cookies, expected in {
            "scheme=dark": "dark",
            "language=de; scheme=light-more; a=b": "light-more",
            "scheme=sepia": "",
            "other=scheme": "",
            "": "",
        }.items():
            with self.subTest(cookies=cookies):
                self.assertEqual(chosen_by({"HTTP_COOKIE": cookies}), expected)
