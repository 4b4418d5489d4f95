"""The colours that a reader chose for a browser stand in the first element of each page, so that
they hold before anything is drawn. A script keeps the choice in a cookie: see scheme-choice.js.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, parse_cookie

COOKIE = "scheme"
# By what the cookie says; without one of these the device decides.
ATTRIBUTES = {
    "light": b'data-scheme="light"',
    "dark": b'data-scheme="dark"',
    "light-more": b'data-scheme="light" data-contrast="more"',
    "dark-more": b'data-scheme="dark" data-contrast="more"',
}
FIRST_ELEMENT = b"<html "


class ColoursMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = ATTRIBUTES.get(request.COOKIES.get(COOKIE, ""))
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if said and is_page and not response.streaming:
            named = FIRST_ELEMENT + said + b" "
            response.content = response.content.replace(FIRST_ELEMENT, named, 1)
        return response


def chosen_by(environ: dict[str, Any]) -> str:
    """By the headers alone, before there is a request."""
    cookies = environ.get("HTTP_COOKIE", "")
    value = parse_cookie(cookies).get(COOKIE, "") if COOKIE in cookies else ""
    return value if value in ATTRIBUTES else ""
