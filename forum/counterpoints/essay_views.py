"""The claims of one essay as a list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from essays.models import Essay
from essays.notices import Part, notices_of
from forum.counterpoints.claim_lists import ORDERS, order_of, read_claims, standing_of
from forum.lib.visitor_pages import kept_for_visitors
from forum.templatetags.look import KEY_ORDER


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
        "orders": ORDERS,
        "order": order,
        "standings": KEY_ORDER,
        "standing": standing,
    }
    return TemplateResponse(request, "counterpoints/claims.html", context)
