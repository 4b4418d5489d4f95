"""The argument of an essay, for whoever would rather reckon than read."""

from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from essays.models import Essay
from forum.exchange.formats.catalogue import FORMATS
from forum.exchange.records import FORMAT_VERSION
from forum.exchange.snapshot import public_essays, read_snapshot
from forum.lib.languages import said_for_all
from forum.lib.seeded_words import as_read
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import kept_for_visitors

# What is made while somebody waits: beyond it the export is the operator's to hand out.
MOST_POSTS = 5_000
# A larger file is made anew for each who asks: it would push the pages out of their cache.
KEPT_SIZE = 256 * 1024
KEPT_FOR = 24 * 3600


def load(request: HttpRequest, slug: str) -> tuple[Essay, str]:
    """No draft is handed out, not to editors either."""
    essay = get_object_or_404(Essay.objects.for_page(AnonymousUser()), slug=slug)
    return essay, f"export.{essay.pk}.{essay.version}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def export(request: HttpRequest, essay: Essay, slug: str) -> HttpResponse:
    context = {
        "section": "essays",
        "essay": essay,
        "formats": FORMATS,
        "licence": as_read(settings.CONTENT_LICENCE),
        "is_too_large": _is_too_large(essay),
    }
    return TemplateResponse(request, "exchange/export.html", context)


@login_not_required
@require_safe
@said_for_all
def export_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The same bytes for everybody, until something about the essay changes."""
    essay, version = load(request, slug)
    if name not in FORMATS or _is_too_large(essay):
        raise Http404("There is no such export.")
    key = _key(site_address(request), name, version)
    etag = f'W/"{key}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        content = _content(essay, site_address(request), name, key)
        response = HttpResponse(content, content_type=FORMATS[name].content_type)
        file = f"{essay.slug}.{FORMATS[name].ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        # Search engines send people to the page, not into a file.
        response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _is_too_large(essay: Essay) -> bool:
    return essay.claim_count + essay.counterpoint_count > MOST_POSTS


def _content(essay: Essay, site: str, name: str, key: str) -> bytes:
    content: bytes | None = caches["pages"].get(key)
    if content is None:
        snapshot = read_snapshot(public_essays().filter(pk=essay.pk), site=site)
        content = FORMATS[name].write(snapshot)
        if len(content) <= KEPT_SIZE:
            caches["pages"].set(key, content, KEPT_FOR)
    return content


def _key(site: str, name: str, version: str) -> str:
    rule = f"{settings.STANDING_FLOOR} {settings.STANDING_QUORUM} {settings.CONTENT_LICENCE}"
    parts = (settings.RELEASE, str(FORMAT_VERSION), site, name, version, rule)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
