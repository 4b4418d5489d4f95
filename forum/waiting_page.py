"""What waits for an answer of a member's, on a page of its own."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forum.accounts.models import User
from forum.lib.converters import number_in
from forum.waiting import as_waiting, waiting_for

PAGE_SIZE = 25


@login_not_required
@require_safe
def member_open(request: HttpRequest, username: str) -> HttpResponse:
    person = get_object_or_404(User, username=username, is_active=True)
    after = number_in(request.GET.get("after", ""))
    found = list(waiting_for(person, after=after)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    following = urlencode({"after": shown[-1].pk}) if len(found) > PAGE_SIZE else ""
    context = {
        "member": person,
        "is_own": request.user == person,
        "waiting": [as_waiting(objection) for objection in shown],
        "previous_url": request.path if after is not None else "",
        "next_url": f"?{following}" if following else "",
    }
    return TemplateResponse(request, "accounts/member_open.html", context)
