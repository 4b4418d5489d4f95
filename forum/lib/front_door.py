"""Answers a visitor whose page is kept before the rest of the site is asked.

Everything that a page for all goes through on its way out (policy, headers, compression) is kept
with it, so one small statement, which tells whether it is still the newest, is all that is left.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import Error, close_old_connections, connection
from django.http import HttpRequest, HttpResponse

from forum.lib.colours import chosen_by
from forum.lib.house import edition
from forum.lib.languages import language_of_visitor
from forum.lib.newest import Newest
from forum.lib.visitor_pages import PERSONAL_COOKIES, Probe

# What a probe cannot see, say that an essay's hour of publication came, shows after this: seconds.
KEPT_FOR = 60
# Bytes, in each process.
MOST = 64_000_000
# Said anew with every answer.
NOT_KEPT = {"connection", "date"}
# What a 304 has to repeat.
ON_NOT_MODIFIED = {"etag", "vary", "cache-control", "content-security-policy", "last-modified"}
# What the door hands on to the application: under what to keep its answer, and what a probe told.
KEY, PROBED = "counterpoint.key", "counterpoint.probed"

Environment = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Any
Application = Callable[[Environment, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Finished:
    """A response as it left the site, with how to tell whether it would be made the same again."""

    probe: Probe
    version: str
    etag: str
    headers: Headers
    body: bytes
    until: float


finished_pages: Newest[Finished] = Newest(MOST)


class FrontDoor:
    """Stands before Django, as a WSGI application of its own."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environment, start_response: StartResponse) -> Iterable[bytes]:
        key = environ[KEY] = _key(environ)
        finished = finished_pages.get(key) if key is not None else None
        if finished is None or finished.until < time.monotonic():
            return self.application(environ, start_response)
        try:
            rows = _ask(finished.probe)
        except Error:
            # Django says it in its own words: the page of an error, and a line in the log.
            return self.application(environ, start_response)
        if finished.probe.version(rows) != finished.version:
            environ[PROBED] = rows
            return self.application(environ, start_response)
        return _answer(environ, start_response, finished)


class KeepingMiddleware:
    """Stands before all others, and keeps the pages for all that leave the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.probed = request.META.get(PROBED)  # type: ignore[attr-defined]
        response = self.get_response(request)
        key = request.META.get(KEY)
        if key is not None and hasattr(response, "probe") and _is_whole(response):
            finished_pages.put(key, _finished(response), len(response.content))
        return response


def _key(meta: Environment) -> tuple[str, ...] | None:
    """What the answer may depend on; None for whoever is not a plain visitor reading a page."""
    if meta["REQUEST_METHOD"] != "GET":
        return None
    cookies = meta.get("HTTP_COOKIE", "")
    if cookies and any(name in cookies for name in PERSONAL_COOKIES):
        return None
    return (
        edition(),
        meta.get("wsgi.url_scheme", ""),
        meta.get("HTTP_X_FORWARDED_PROTO", ""),
        meta.get("HTTP_HOST", ""),
        meta.get("SCRIPT_NAME", ""),
        meta.get("PATH_INFO", ""),
        meta.get("QUERY_STRING", ""),
        language_of_visitor(meta),
        chosen_by(meta),
        "gzip" if "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "") else "",
    )


def _is_whole(response: HttpResponse) -> bool:
    return response.status_code == HTTPStatus.OK and not response.cookies


def _ask(probe: Probe) -> list[tuple[Any, ...]]:
    # Django does so when a request begins; this one may end before it.
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(probe.sql, probe.parameters)
        return cursor.fetchall()


def _finished(response: Any) -> Finished:
    make_probe, version = response.probe
    headers = [(name, value) for name, value in response.items() if name.lower() not in NOT_KEPT]
    etag = response.headers.get("ETag", "")
    until = time.monotonic() + KEPT_FOR
    return Finished(make_probe(), version, etag, headers, response.content, until)


def _answer(
    environ: Environment, start_response: StartResponse, finished: Finished
) -> Iterable[bytes]:
    if _is_known(environ, finished):
        headers = [pair for pair in finished.headers if pair[0].lower() in ON_NOT_MODIFIED]
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", finished.headers.copy())
    return [finished.body]


def _is_known(environ: Environment, finished: Finished) -> bool:
    """By its tag; a moment counts only if it is the very one that was told, and no tag was sent."""
    tags = environ.get("HTTP_IF_NONE_MATCH", "")
    if finished.etag and finished.etag in tags:
        return True
    since = environ.get("HTTP_IF_MODIFIED_SINCE", "")
    return bool(since and not tags and ("Last-Modified", since) in finished.headers)
