from django.conf import settings
from django.http import HttpResponse
from django.test import Client, SimpleTestCase, TestCase, override_settings
from django.urls import path

from forum.lib.csp import header_value


def fine(_request):
    return HttpResponse("Fine.")


def faulty(_request):
    raise RuntimeError("on purpose")


def framed(_request):
    return HttpResponse(headers={"Content-Security-Policy": "default-src *"})


urlpatterns = [path("fine/", fine), path("faulty/", faulty), path("framed/", framed)]
NAME = "Content-Security-Policy"


class HeaderTests(SimpleTestCase):
    def test_a_policy_is_written_as_browsers_read_it(self):
        policy = {"default-src": ["'self'"], "img-src": ["'self'", "data:"]}
        self.assertEqual(header_value(policy), "default-src 'self'; img-src 'self' data:")


@override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["forum.lib.csp.ContentSecurityPolicyMiddleware"],
    LOGGING_CONFIG=None,
)
class MiddlewareTests(SimpleTestCase):
    def get(self, url):
        with self.settings(SECURE_CSP={"default-src": ["'self'"]}):
            return Client(raise_request_exception=False).get(url)

    def test_every_response_carries_the_policy(self):
        for url, status in (("/fine/", 200), ("/faulty/", 500)):
            with self.subTest(url=url):
                response = self.get(url)
                self.assertEqual(response.status_code, status)
                self.assertEqual(response.headers[NAME], "default-src 'self'")

    def test_no_view_loosens_it(self):
        self.assertEqual(self.get("/framed/").headers[NAME], "default-src 'self'")


class SiteTests(TestCase):
    """What the site's own policy must never allow."""

    def policy(self, url):
        header = self.client.get(url).headers[NAME]
        return dict(part.split(" ", 1) for part in header.split("; "))

    def test_a_page_allows_nothing_from_elsewhere_and_nothing_inline(self):
        policy = self.policy("/accounts/login/")
        self.assertEqual(policy["default-src"], "'self'")
        self.assertNotIn("script-src", policy)
        self.assertNotIn("style-src", policy)
        for name in ("base-uri", "frame-ancestors", "object-src"):
            self.assertEqual(policy[name], "'none'")
        self.assertEqual(policy["form-action"], "'self'")
        self.assertNotIn("unsafe", " ".join(policy.values()))

    def test_pages_that_are_not_there_and_files_carry_it_too(self):
        drawing = settings.STATIC_ROOT / "drawing.svg"
        drawing.write_text("<svg/>")
        self.addCleanup(drawing.unlink)
        for url, status in (("/static/drawing.svg", 200), ("/nothing-here/", 404)):
            with self.subTest(url=url):
                response = self.client.get(url)
                response.close()
                self.assertEqual(response.status_code, status)
                self.assertIn("default-src", response.headers.get(NAME, ""))
