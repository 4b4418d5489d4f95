"""Answers a visitor whose page is kept before the rest of the site is asked.

Everything that a page for all goes through on its way out (policy, headers, compression) is kept
with it, so one small statement, which tells whether it is still the newest, is all that is left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from forum.lib.visitor_pages import PERSONAL_COOKIES, Probe

# What a probe cannot see, say that an essay's hour of publication came, shows after this.
KEPT_FOR = 60
# Said anew with every answer.
NOT_KEPT = {"connection", "date"}
# What a 304 has to repeat.
ON_NOT_MODIFIED = ("ETag", "Vary", "Cache-Control", "Content-Security-Policy")


@dataclass(frozen=True, slots=True)
class Finished:
    """A response as it left the site, with how to tell whether it would be made the same again."""

    probe: Probe
    version: str
    etag: str
    headers: dict[str, str]
    body: bytes

    def ask(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.probe.sql, self.probe.parameters)
            return cursor.fetchall()


class FrontDoorMiddleware:
    """Stands before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request.META)
        if key is None:
            return self.get_response(request)
        finished = caches["pages"].get(key)
        if finished is not None:
            rows = finished.ask()
            if finished.probe.version(rows) == finished.version:
                return _answer(request, finished)
            request.probed = rows  # type: ignore[attr-defined]
        response = self.get_response(request)
        if hasattr(response, "probe") and response.status_code == 200 and not response.cookies:  # noqa: PLR2004
            caches["pages"].set(key, _finished(response), KEPT_FOR)
        return response


def _key(meta: dict[str, Any]) -> str | None:
    """What the answer may depend on; None for whoever is not a plain visitor reading a page."""
    if meta["REQUEST_METHOD"] != "GET":
        return None
    cookies = meta.get("HTTP_COOKIE", "")
    if cookies and any(name in cookies for name in PERSONAL_COOKIES):
        return None
    parts = (
        settings.RELEASE,
        meta.get("wsgi.url_scheme", ""),
        meta.get("HTTP_X_FORWARDED_PROTO", ""),
        meta.get("HTTP_HOST", ""),
        meta.get("SCRIPT_NAME", ""),
        meta.get("PATH_INFO", ""),
        meta.get("QUERY_STRING", ""),
        meta.get("HTTP_ACCEPT_LANGUAGE", ""),
        "gzip" if "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "") else "",
    )
    return "front-door." + sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _finished(response: Any) -> Finished:
    probe, version = response.probe
    headers = {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}
    return Finished(probe, version, headers.get("ETag", ""), headers, response.content)


def _answer(request: HttpRequest, finished: Finished) -> HttpResponse:
    if finished.etag and finished.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response: HttpResponse = HttpResponseNotModified()
        for name in ON_NOT_MODIFIED:
            if name in finished.headers:
                response.headers[name] = finished.headers[name]
        return response
    response = HttpResponse(finished.body, content_type=finished.headers["Content-Type"])
    for name, value in finished.headers.items():
        response.headers[name] = value
    return response
