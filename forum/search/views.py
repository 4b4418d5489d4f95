from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from forum.lib.languages import ASKED_BY
from forum.lib.site_address import site_address
from forum.search import addresses
from forum.search.addresses import Asked
from forum.search.filters import Filters
from forum.search.forms import SearchForm, order_of
from forum.search.index import Found, find
from forum.search.query import parse
from forum.search.ranking import BEST, page_of, rank
from forum.search.results import results_of, tags_offered, terms_alone
from forum.search.saying import nothing_html

DAY = 24 * 3600


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET, user=request.user)
    query, order = parse(request.GET.get("q", "")), order_of(request.GET.get("order", ""))
    is_sound = form.is_valid()
    asked = Asked(query, form.filters if is_sound else Filters(), order)
    # Something is asked for: words, or whatever a filter lets through.
    is_asked = is_sound and bool(query or asked.filters)
    found = Found()
    if is_asked:
        found = find(request.user, query, asked.filters, is_weighed=order == BEST)
    context = {
        "section": "search", "query": query, "form": form, "asked": asked, "found": found,
        "chosen": addresses.chosen(asked),
        "kinds": addresses.kinds(asked, found if is_asked else None),
        "standings": addresses.standings(asked, found if is_asked else None),
        "orders": addresses.orders(asked), **_page(request, asked, found),
    }  # fmt: skip
    return TemplateResponse(request, "search/search.html", context)


def _page(request: HttpRequest, asked: Asked, found: Found) -> dict[str, Any]:
    after = request.GET.get("after", "")
    page = page_of(rank(found, asked.order if asked.query else "newest"), after)
    results = results_of(page.matches, asked.query)
    if results:
        next_url = asked.address(after=page.next_after) if page.next_after else ""
        return {"results": results, "is_first": not after, "next_url": next_url}
    return {
        "results": [],
        "is_first": not after,
        "first_url": asked.address(),
        "nothing_html": _nothing(request, asked),
        "tags": tags_offered(request.user),
    }


def _nothing(request: HttpRequest, asked: Asked) -> str:
    if not asked.query:
        return ""
    is_narrowed = bool(addresses.chosen(asked))
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
