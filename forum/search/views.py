from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from forum.lib.converters import number_in
from forum.search.index import FIRST
from forum.search.query import Query, parse
from forum.search.results import search as find
from forum.search.results import tags_offered, terms_alone


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = parse(request.GET.get("q", ""))
    after = read_position(request.GET.get("after", ""))
    page = find(request.user, query, after)
    context = {"section": "search", "query": query, "page": page, "is_first": after is None}
    if page.results:
        context["next_url"] = address(query, page.next_after) if page.next_after else ""
        context["first_url"] = address(query)
    else:
        alone = terms_alone(request.user, query)
        context["alone"] = [(one.text, address(one)) for one in alone]
        context["tags"] = tags_offered(request.user)
    return TemplateResponse(request, "search/search.html", context)


def read_position(raw: str) -> int | None:
    """Where a page begins; what no link of ours says means the first page."""
    position = number_in(raw, len(str(FIRST)))
    return None if position is None else min(position, FIRST)


def address(query: Query, after: int | None = None) -> str:
    values = {"q": query.text} if after is None else {"q": query.text, "after": after}
    return f"{reverse('search:search')}?{urlencode(values)}"
