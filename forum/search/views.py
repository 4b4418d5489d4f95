from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from forum.lib.languages import ASKED_BY
from forum.lib.site_address import site_address
from forum.search.addresses import NO_NUMBERS, Asked, chosen
from forum.search.filters import Filters
from forum.search.forms import Narrowing, order_of
from forum.search.kept import Finding, look_for
from forum.search.page import Shown, respond
from forum.search.query import parse
from forum.search.ranking import NEWEST, Ranked
from forum.search.results import results_of, tags_offered, terms_alone
from forum.search.saying import count_html, nothing_html

DAY = 24 * 3600


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    narrowing = Narrowing(request.GET, request.user)
    query, order = parse(request.GET.get("q", "")), order_of(request.GET.get("order", ""))
    asked = Asked(query, narrowing.filters, order)
    found = None
    # Something is asked for: words, or whatever a filter lets through.
    if narrowing.is_sound and (query or asked.filters):
        found = look_for(request.user, query, asked.filters)
    return respond(request, narrowing, _shown(request, asked, found))


def _shown(request: HttpRequest, asked: Asked, found: Finding | None) -> Shown:
    after = request.GET.get("after", "")
    page = found.page(asked.order if asked.query else NEWEST, after) if found else Ranked()
    results = results_of(page.matches, asked.query)
    shown = Shown(
        asked=asked,
        is_first=not after,
        results=results,
        after=page.next_after if results else "",
        numbers=found.numbers if found else NO_NUMBERS,
    )
    if found and results:
        return replace(shown, count_html=count_html(found.found))
    return replace(
        shown, nothing_html=_nothing(request, asked), tags=tuple(tags_offered(request.user))
    )


def _nothing(request: HttpRequest, asked: Asked) -> str:
    if not asked.query:
        return ""
    is_narrowed = bool(chosen(asked))
    return nothing_html(asked.query, _alone(request, asked), is_narrowed=is_narrowed)


def _alone(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    """Words and addresses: whatever the search was narrowed by is left out, too."""
    return [
        (one.text, Asked(one, Filters()).address())
        for one in terms_alone(request.user, asked.query)
    ]


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
@vary_on_headers(*ASKED_BY)
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search here from its own address bar."""
    return TemplateResponse(
        request,
        "search/opensearch.xml",
        {"address": site_address(request) + reverse("search:search")},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
