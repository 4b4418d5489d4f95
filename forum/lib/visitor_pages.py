"""Pages for readers without an account: the same for all of them, kept under a version.

A view so marked is given its subject, found by one query that also tells the version of all that
the page shows. Where the view names a probe, front_door.py answers the next visitor by it alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags, parse_http_date, parse_http_date_safe
from django.utils.translation import get_language

from forum.lib.house import edition
from forum.lib.languages import ASKED_BY, said_for_all
from forum.lib.site_address import site_address

# An old version is never asked for again; the age only keeps the cache from holding it for ever.
KEPT_FOR = 24 * 3600
# Past these a visitor carries something that a page for all would not show.
PERSONAL_COOKIES = ("messages", settings.SESSION_COOKIE_NAME)

VARY = (*ASKED_BY, "Accept-Encoding")

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Probe:
    """The statement of `load`, run before it: `columns` of its row, after `name`, are the version.

    If the page has to be made after all, `load` finds the rows as `request.probed`.
    """

    name: str
    sql: str
    parameters: Sequence[Any]
    columns: tuple[int, ...]

    def version(self, rows: Sequence[Sequence[Any]]) -> str:
        if len(rows) != 1:
            return ""
        return version_of(self.name, *(rows[0][column] for column in self.columns))


@dataclass(frozen=True, slots=True)
class Kept:
    content: bytes
    content_type: str
    # When it was made, where the view says so.
    last_modified: str = ""


def is_plain_visitor(request: HttpRequest) -> bool:
    """Whether the page for all will do: nobody is known, and nothing is waiting to be told."""
    return not any(cookie in request.COOKIES for cookie in PERSONAL_COOKIES)


def version_of(name: str, *numbers: Any) -> str:
    return ".".join([name, *(str(number or 0) for number in numbers)])


def kept_for_visitors(
    load: Callable[..., tuple[Any, str]],
    probe: Callable[..., Probe] | None = None,
    *,
    is_same_for_all: bool = False,
) -> Callable[[View], View]:
    """`load(request, **kwargs)` gives the subject and the version; the view gets the subject.

    `probe(**kwargs)` finds the same version without the subject; no probe for what changes with
    the time or the reader. What never looks at its reader is the same for members, too, and is said
    in the site's own language.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def kept_view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            subject, version = load(request, **kwargs)
            if not is_same_for_all and not is_plain_visitor(request):
                return _for_one(view(request, subject, **kwargs))
            response = _for_visitor(request, version, lambda: view(request, subject, **kwargs))
            patch_vary_headers(response, ["Accept-Encoding"] if is_same_for_all else VARY)
            if probe is not None:
                # Made only if somebody keeps the page by it.
                response.probe = partial(probe, **kwargs), version  # type: ignore[attr-defined]
            return response

        return said_for_all(kept_view) if is_same_for_all else kept_view

    return mark


def _for_one(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _for_visitor(request: HttpRequest, version: str, make: Callable[[], Any]) -> HttpResponse:
    key = _key(request, version)
    etag = f'W/"{key}"'
    if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        kept = caches["pages"].get(key)
        if kept is None:
            made = make()
            if made.status_code != 200:  # noqa: PLR2004 — only a whole page is kept
                return made
            if _is_personal(request, made):
                return _for_one(made)
            last_modified = made.headers.get("Last-Modified", "")
            kept = Kept(made.content, made.headers["Content-Type"], last_modified)
            caches["pages"].set(key, kept, KEPT_FOR)
        response = _answer(request, kept)
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """A moment is asked only of whoever sends no tag, which tells more."""
    since = request.META.get("HTTP_IF_MODIFIED_SINCE")
    if since and kept.last_modified and "HTTP_IF_NONE_MATCH" not in request.META:
        made, known = parse_http_date(kept.last_modified), parse_http_date_safe(since)
        if known is not None and made <= known:
            return HttpResponseNotModified(headers={"Last-Modified": kept.last_modified})
    response = HttpResponse(kept.content, content_type=kept.content_type)
    if kept.last_modified:
        response.headers["Last-Modified"] = kept.last_modified
    return response


def _key(request: HttpRequest, version: str) -> str:
    site = site_address(request)
    parts = (edition(), get_language() or "", version, site, request.get_full_path())
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _is_personal(request: HttpRequest, made: Any) -> bool:
    """A form's token in it, or a cookie with it, is for the one who asked: a slip in the view."""
    if hasattr(made, "render") and callable(made.render):
        made.render()
    return bool(made.cookies) or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
