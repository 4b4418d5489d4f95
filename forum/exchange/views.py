"""What programs ask of a site before they read it. All of it is the same for everybody."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum.exchange import site_map
from forum.exchange.site_map import Place
from forum.lib.site_address import site_address

HOUR = 3600
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Where nothing is to be read: doors, searches, and the pages of single acts.
NOT_TO_BE_READ = (
    "/accounts/", "/admin/", "/counterpoints/", "/desk/", "/inbox/", "/moderation/cases/",
    "/posts/", "/previews/", "/search/",
)  # fmt: skip


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of lists. It looks at every public row, so it is made once an hour."""
    site = site_address(request)
    key = f"sitemap.{site}"
    text = caches["pages"].get(key)
    if text is None:
        found = (reverse("exchange:sitemap-list", args=each) for each in site_map.lists())
        text = _xml("sitemapindex", "sitemap", site, (Place(path) for path in found))
        caches["pages"].set(key, text, HOUR)
    return _answer(text)


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_list(request: HttpRequest, section: str, number: int) -> HttpResponse:
    places = site_map.places(section, number)
    if not places:
        raise Http404("There is no such list.")
    return _answer(_xml("urlset", "url", site_address(request), places))


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_TO_BE_READ), ""]
    lines += [f"Sitemap: {site_address(request)}{reverse('exchange:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(root: str, item: str, site: str, places: Iterable[Place]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{NAMESPACE}">']
    for place in places:
        changed = ""
        if place.changed is not None:
            changed = f"<lastmod>{place.changed.isoformat(timespec='seconds')}</lastmod>"
        lines.append(f"<{item}><loc>{escape(site + place.path)}</loc>{changed}</{item}>")
    return "\n".join([*lines, f"</{root}>", ""])


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
