"""The whole history of a claim's standing, on a page of its own."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forum.counterpoints.claim_page import Found, load
from forum.counterpoints.context import passage_shown
from forum.counterpoints.finding import find_claim
from forum.counterpoints.history import history_page
from forum.counterpoints.tree_pages import version_probe
from forum.lib.visitor_pages import kept_for_visitors


@login_not_required
@require_safe
@kept_for_visitors(load, version_probe)
def history(request: HttpRequest, found: Found, pk: int) -> HttpResponse:
    claim = found.claim or find_claim(request.user, pk)
    after = request.GET.get("after", "")
    page = history_page(claim, after)
    context = {
        "section": "essays",
        "claim": claim,
        "page": page,
        "lost": passage_shown(claim).lost if claim.is_frozen and not after else None,
        "previous_url": request.path if after else "",
        "next_url": f"?{urlencode({'after': page.next_after})}" if page.next_after else "",
    }
    return TemplateResponse(request, "counterpoints/history.html", context)
