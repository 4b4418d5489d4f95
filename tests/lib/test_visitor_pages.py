import gzip

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.response import TemplateResponse
from django.test import TestCase, override_settings
from django.urls import path
from django.views.decorators.http import require_safe

from essays.actions import raise_version
from essays.models import Essay
from forum.lib.visitor_pages import kept_for_visitors
from tests.factories import make_essay, make_user
from tests.kept import forget_what_is_kept

MADE = []


def load(request, slug):
    try:
        essay = Essay.objects.get(slug=slug)
    except Essay.DoesNotExist:
        raise Http404 from None
    return essay, f"essay.{essay.pk}.{essay.version}"


def view_of(body):
    def view(request, essay, slug):
        MADE.append(slug)
        # More queries than the one that finds the essay.
        return body(request, essay, list(Essay.objects.values_list("title", flat=True)))

    return login_not_required(require_safe(kept_for_visitors(load)(view)))


def words(request, essay, titles):
    return HttpResponse(f"{essay.title} for {request.user}" * 100)


def missing(request, essay, titles):
    return HttpResponse("Gone.", status=410)


def template(request, essay, titles):
    page = engines["django"].from_string("<h1>{{ title }}</h1>{% csrf_token %}")
    return TemplateResponse(request, page, {"title": essay.title})


def token(request, essay, titles):
    return HttpResponse(f"Send this with the form: {get_token(request)}")


def cookie(request, essay, titles):
    response = HttpResponse("With a cookie.")
    response.set_cookie("reader", "me")
    return response


urlpatterns = [
    path("words/<slug:slug>/", view_of(words)),
    path("missing/<slug:slug>/", view_of(missing)),
    path("token/<slug:slug>/", view_of(token)),
    path("cookie/<slug:slug>/", view_of(cookie)),
    path("template/<slug:slug>/", view_of(template)),
]


@override_settings(ROOT_URLCONF=__name__)
class PageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.essay = make_essay("Straw", slug="straw")
        cls.url = "/words/straw/"

    def setUp(self):
        MADE.clear()

    def change(self):
        Essay.objects.filter(pk=self.essay.pk).update(title="Oats")
        raise_version(self.essay.pk)


class KeptPageTests(PageCase):
    def test_a_kept_page_costs_one_query_and_is_the_same(self):
        first = self.client.get(self.url)
        with self.assertNumQueries(1):
            again = self.client.get(self.url)
        self.assertEqual(again.content, first.content)
        self.assertEqual(again.headers["ETag"], first.headers["ETag"])
        self.assertEqual(again.headers["Content-Type"], first.headers["Content-Type"])
        self.assertEqual(len(MADE), 1)

    def test_a_reader_who_has_the_page_is_told_so_for_one_query(self):
        etag = self.client.get(self.url).headers["ETag"]
        forget_what_is_kept()
        with self.assertNumQueries(1):
            response = self.client.get(self.url, headers={"If-None-Match": f'"x", {etag}'})
        self.assertEqual(response.status_code, 304)
        self.assertEqual(response.content, b"")
        self.assertEqual(response.headers["ETag"], etag)
        self.assertEqual(len(MADE), 1)

    def test_a_change_makes_another_page_at_once(self):
        before = self.client.get(self.url)
        self.change()
        after = self.client.get(self.url, headers={"If-None-Match": before.headers["ETag"]})
        self.assertEqual(after.status_code, 200)
        self.assertContains(after, "Oats for")
        self.assertNotEqual(after.headers["ETag"], before.headers["ETag"])

    def test_browsers_ask_again_each_time_and_caches_tell_readers_apart(self):
        for headers in ({}, {"If-None-Match": self.client.get(self.url).headers["ETag"]}):
            response = self.client.get(self.url, headers=headers)
            with self.subTest(status=response.status_code):
                self.assertEqual(response.headers["Cache-Control"], "no-cache")
                vary = response.headers["Vary"].replace(" ", "").split(",")
                self.assertIn("Cookie", vary)
                self.assertIn("Accept-Encoding", vary)

    def test_what_is_asked_for_tells_pages_apart(self):
        self.client.get(self.url)
        self.client.get(f"{self.url}?order=newest")
        self.client.get(f"{self.url}?order=oldest")
        self.assertEqual(len(MADE), 3)

    def test_a_new_release_makes_new_pages(self):
        etag = self.client.get(self.url).headers["ETag"]
        with self.settings(RELEASE="another"):
            response = self.client.get(self.url, headers={"If-None-Match": etag})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(MADE), 2)

    def test_each_address_of_the_site_has_pages_of_its_own_until_the_operator_names_one(self):
        """A page says its whole address."""
        with override_settings(ALLOWED_HOSTS=["a.example", "b.example"]):
            for host in ("a.example", "b.example"):
                self.client.get(self.url, headers={"Host": host})
            self.client.get(self.url, headers={"Host": "b.example"}, secure=True)
            self.assertEqual(len(MADE), 3)
            with self.settings(HOST="https://a.example"):
                for host in ("a.example", "b.example"):
                    self.client.get(self.url, headers={"Host": host})
        self.assertEqual(len(MADE), 4)

    def test_languages_have_pages_of_their_own(self):
        tags = {}
        for asked in ("en", "de", "ar"):
            known = ", ".join(tags.values())
            headers = {"Accept-Language": asked, "If-None-Match": known}
            response = self.client.get(self.url, headers=headers)
            self.assertEqual(response.status_code, 200)
            self.assertIn("Accept-Language", response.headers["Vary"])
            tags[asked] = response.headers["ETag"]
        self.assertEqual(len(MADE), 3)
        for asked, tag in tags.items():
            headers = {"Accept-Language": asked, "If-None-Match": tag}
            self.assertEqual(self.client.get(self.url, headers=headers).status_code, 304)
        self.assertEqual(len(MADE), 3)

    def test_only_a_whole_page_is_kept(self):
        for _ in range(2):
            response = self.client.get("/missing/straw/")
            self.assertEqual(response.status_code, 410)
            self.assertNotIn("ETag", response.headers)
        self.assertEqual(len(MADE), 2)

    def test_a_subject_that_is_not_there_is_not_found(self):
        with self.settings(DEBUG=True):
            self.assertEqual(self.client.get("/words/chaff/").status_code, 404)


class HeadTests(PageCase):
    def test_it_answers_as_the_page_would_without_its_body(self):
        head, page = self.client.head(self.url), self.client.get(self.url)
        self.assertEqual(head.status_code, 200)
        self.assertEqual(head.content, b"")
        for name in ("ETag", "Content-Type", "Content-Length"):
            self.assertEqual(head.headers[name], page.headers[name])

    def test_the_page_that_it_kept_has_its_body(self):
        self.client.head(self.url)
        self.assertContains(self.client.get(self.url), "Straw for")
        self.assertEqual(len(MADE), 1)

    def test_nothing_else_is_answered(self):
        self.assertEqual(self.client.post(self.url).status_code, 405)


class GzipTests(PageCase):
    def get(self, encodings):
        return self.client.get(self.url, headers={"Accept-Encoding": encodings})

    def test_it_is_compressed_once_for_those_who_can_read_it(self):
        plain = self.client.get(self.url)
        for _ in range(2):
            packed = self.get("br, gzip")
            self.assertEqual(packed.headers["Content-Encoding"], "gzip")
            self.assertEqual(gzip.decompress(packed.content), plain.content)
            self.assertEqual(packed.headers["Content-Length"], str(len(packed.content)))
            self.assertEqual(packed.headers["ETag"], plain.headers["ETag"])
        self.assertEqual(len(MADE), 1)

    def test_it_is_plain_for_all_others(self):
        self.get("gzip")
        for encodings in ("", "identity", "br"):
            with self.subTest(encodings=encodings):
                response = self.get(encodings)
                self.assertNotIn("Content-Encoding", response.headers)
                self.assertContains(response, "Straw for")


class PersonalTests(PageCase):
    def assert_personal(self, response):
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("ETag", response.headers)
        said = set(response.headers["Cache-Control"].split(", "))
        self.assertEqual(said, {"private", "no-cache"})

    def test_a_member_never_gets_a_kept_page_and_never_leaves_one(self):
        etag = self.client.get(self.url).headers["ETag"]
        self.client.force_login(make_user("wren"))
        for _ in range(2):
            response = self.client.get(self.url, headers={"If-None-Match": etag})
            self.assert_personal(response)
            self.assertContains(response, "for wren")
        self.client.logout()
        self.assertNotContains(self.client.get(self.url), "wren")
        self.assertEqual(len(MADE), 3)

    def test_a_visitor_who_carries_something_gets_a_page_of_their_own(self):
        for name in ("sessionid", "messages"):
            with self.subTest(name=name):
                self.client.cookies.clear()
                self.client.cookies[name] = "something"
                self.assert_personal(self.client.get(self.url))
                self.assertEqual(len(caches["pages"]._cache), 0)

    def test_a_cookie_that_says_nothing_of_the_reader_changes_nothing(self):
        self.client.cookies["csrftoken"] = "x" * 32
        self.client.get(self.url)
        self.client.get(self.url)
        self.assertEqual(len(MADE), 1)

    def test_a_page_with_a_token_or_a_cookie_is_for_one_reader_and_not_kept(self):
        for url in ("/token/straw/", "/cookie/straw/", "/template/straw/"):
            with self.subTest(url=url):
                first, second = self.client_class().get(url), self.client_class().get(url)
                self.assert_personal(first)
                self.assertTrue(second.cookies)
                self.assertEqual(len(caches["pages"]._cache), 0)
