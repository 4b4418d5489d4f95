"""Every page in the language of whoever reads it; where it is said twice, the member's word counts.

Staff who see the site as others do see it in their own language.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from forum.accounts.models import User
from forum.lib.languages import (
    ASKED_BY,
    COOKIE_AGE,
    is_spoken,
    language_asked_for,
    present_tag,
    speaking,
)

# What programs read speaks one language, whoever runs them. Nobody is asked for who they are there:
# a feed or a file that is the same for all must not vary by a member's cookie.
FOR_PROGRAMS = re.compile(
    r"^/(?:api|media)/|^/(?:healthz|readyz)$|\.(?:atom|css|png|txt|xml)$|/export/[^/]+$"
)


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of_reader(request)
        # Most read the one that is spoken already: to take it up and lay it down costs something.
        if language == translation.get_language():
            return self._spoken(request)
        with translation.override(language):
            return self._spoken(request)

    def _spoken(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Content-Language"] = present_tag()
            patch_vary_headers(response, ASKED_BY)
        return response


def language_of_reader(request: HttpRequest) -> str:
    if FOR_PROGRAMS.search(request.path_info):
        return settings.LANGUAGE_CODE
    own: str = getattr(request.user, "language", "")
    if is_spoken(own):
        return own
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    # Asked with every request: `headers` would be made of all of them for this one.
    return language_asked_for(chosen, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


def speaking_to(member: User) -> translation.override:
    """For letters and notices: whoever has settled no language gets the site's own."""
    return speaking(member.language)


def keep_in_browser(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
