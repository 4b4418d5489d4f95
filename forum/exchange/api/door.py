"""Before every address of the API: methods, limits, versions and headers, the same for all.

It sets no cookie and reads none: whoever asks is a stranger, or the program that has a token, and
what they may read is the same. So any page elsewhere may read it from a browser (CORS is open to
all, without credentials): it learns nothing but what its server could fetch, and cannot act for
the person before it. A token may be sent from there as well, since no browser adds one by itself.
"""

import logging
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from forum.exchange.api.admission import admit
from forum.exchange.api.problems import Refusal, problem
from forum.guard.limits import Allowance
from forum.lib.site_address import site_address

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
READING = ("GET", "HEAD")
ALLOWED = "GET, HEAD, OPTIONS"
NOTHING_HERE = "There is nothing here that may be read. A list of addresses is at /api/v1/."
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After",
    # Search engines send people to pages.
    "X-Robots-Tag": "noindex",
}
BEFORE_ASKING = {
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def read_only(view: View) -> View:
    """Refuses whatever is no reading, and answers browsers that ask before they ask."""

    @wraps(view)
    def reading(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=BEFORE_ASKING)
            del response.headers["Content-Type"]
        elif request.method not in READING:
            response = problem(
                HTTPStatus.METHOD_NOT_ALLOWED,
                f"This API only reads: {request.method} is not among {ALLOWED}.",
            )
        else:
            response = view(request, **kwargs)
        if response.status_code in {HTTPStatus.NO_CONTENT, HTTPStatus.METHOD_NOT_ALLOWED}:
            response.headers["Allow"] = ALLOWED
        for name, value in OPEN_TO_ALL.items():
            response.headers[name] = value
        return response

    return reading


@csrf_exempt
@login_not_required
@read_only
def answer(
    request: HttpRequest, *, operation: View, version: Callable[..., str | None], **kwargs: Any
) -> HttpResponse:
    """`version` is asked first: where the reader has what it names, nothing else is read."""
    allowance = None
    try:
        allowance = admit(request)
        told = version(**kwargs)
        if told is None:
            raise Refusal(HTTPStatus.NOT_FOUND, NOTHING_HERE)
        response = _answer(request, told, lambda: _whole(request, operation, kwargs))
    except Refusal as refusal:
        response = problem(refusal.status, refusal.detail)
        allowance = allowance or refusal.allowance
        if refusal.status == HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    except Exception:
        # The page of an error is for people: programs are told in their own form.
        logger.exception("The API failed at %s", request.path)
        response = problem(
            HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. It was written down."
        )
    if not response.headers.get("ETag"):
        response.headers["Cache-Control"] = "no-store"
    if allowance is not None:
        _say_limit(response, allowance)
    return response


def nothing_here(*_args: Any, **_kwargs: Any) -> HttpResponse:
    raise Refusal(HTTPStatus.NOT_FOUND, NOTHING_HERE)


def _whole(request: HttpRequest, operation: View, kwargs: dict[str, Any]) -> HttpResponse:
    """Ninja knows no HEAD; the server leaves the body out by itself."""
    method, request.method = request.method, "GET"
    try:
        return operation(request, **kwargs)
    finally:
        request.method = method


def _answer(request: HttpRequest, told: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    parts = (
        settings.RELEASE, settings.CONTENT_LICENCE, site_address(request), request.get_full_path(),
        told,
    )  # fmt: skip
    # Weak: the same things, whatever compression does to the bytes.
    digest = sha256("\n".join(parts).encode()).hexdigest()[:32]
    etag = f'W/"{digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        try:
            response = make()
        except Http404:
            raise Refusal(HTTPStatus.NOT_FOUND, NOTHING_HERE) from None
        if response.status_code != HTTPStatus.OK:
            return response
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response


def _say_limit(response: HttpResponse, allowance: Allowance) -> None:
    """As the IETF's draft of RateLimit header fields has it, and RFC 9110's Retry-After."""
    response.headers["RateLimit-Policy"] = f'"api";q={allowance.most};w={allowance.seconds}'
    response.headers["RateLimit"] = f'"api";r={allowance.left};t={allowance.ends_in}'
    if allowance.is_spent:
        response.headers["Retry-After"] = str(allowance.ends_in)
