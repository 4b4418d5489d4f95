"""The claims of one essay as a list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from essays.models import Essay
from essays.notices import Part, notices_of
from forum.counterpoints.claim_lists import (
    order_of,
    orders,
    read_claims,
    standing_of,
    standings,
)
from forum.lib.site_address import site_address
from forum.lib.visitor_pages import kept_for_visitors


def load(request: HttpRequest, slug: str) -> tuple[Essay, str]:
    essay = get_object_or_404(Essay.objects.for_page(request.user), slug=slug)
    return essay, f"claims.{essay.pk}.{essay.version}"


@login_not_required
@require_safe
@kept_for_visitors(load)
def claims(request: HttpRequest, essay: Essay, slug: str) -> HttpResponse:
    order = order_of(request.GET.get("order", ""))
    standing = standing_of(request.GET.get("standing", ""))
    page = read_claims(essay, order=order, standing=standing, after=request.GET.get("after", ""))
    context = {
        "section": "essays",
        "essay": essay,
        "notices": notices_of(essay, request.user, Part.CLAIMS),
        "claims": page.claims,
        "next_url": page.next_url,
        "address": site_address(request) + request.path,
        "is_first": not request.GET.get("after"),
        "orders": orders(order, standing),
        "standings": standings(order, standing),
    }
    return TemplateResponse(request, "counterpoints/claims.html", context)
