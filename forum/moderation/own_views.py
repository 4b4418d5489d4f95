"""A member's side of moderation: their standing here, and what came of their reports."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from forum.lib.converters import number_in
from forum.moderation import own_page
from forum.moderation.models import Decision

PAGE_SIZE = 25
DECISIONS_SHOWN = 20


@require_safe
def own_standing(request: HttpRequest) -> HttpResponse:
    member, before = request.user, number_in(request.GET.get("before", ""))
    found = list(own_page.not_public(member, before=before)[: PAGE_SIZE + 1])  # type: ignore[arg-type]
    shown = found[:PAGE_SIZE]
    now = timezone.now()
    in_force, past = own_page.sanctions_of(member, now)  # type: ignore[arg-type]
    decisions = list(Decision.objects.on(member)[:DECISIONS_SHOWN])
    return TemplateResponse(
        request,
        "moderation/own_standing.html",
        {
            "in_force": in_force,
            "past": past,
            "decisions": decisions,
            "untold": own_page.untold([*decisions, *(one.decision for one in in_force)], now),
            "states": own_page.states_of(shown, member),  # type: ignore[arg-type]
            "previous_url": request.path if before is not None else "",
            "next_url": f"?before={shown[-1].pk}" if len(found) > PAGE_SIZE else "",
        },
    )


@require_safe
def own_reports(request: HttpRequest) -> HttpResponse:
    before = number_in(request.GET.get("before", ""))
    found = list(own_page.reports_of(request.user, before=before)[: PAGE_SIZE + 1])  # type: ignore[arg-type]
    shown = found[:PAGE_SIZE]
    return TemplateResponse(
        request,
        "moderation/own_reports.html",
        {
            "reports": own_page.followed(shown, timezone.now()),
            "previous_url": request.path if before is not None else "",
            "next_url": f"?before={shown[-1].pk}" if len(found) > PAGE_SIZE else "",
        },
    )
