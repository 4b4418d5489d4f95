"""Who has signed up and waits to be let in. For moderators and keepers."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forum.accounts.admissions import admit, turn_away, waiting
from forum.accounts.models import User
from forum.accounts.permissions import can_see_waiting
from forum.lib.keyset import Order, page
from forum.lib.verdict import ensure

PAGE_SIZE = 25
LONGEST_WAITING = Order("date_joined", is_moment=True)


@require_safe
def admissions(request: HttpRequest) -> HttpResponse:
    ensure(can_see_waiting(request.user))  # type: ignore[arg-type]
    after = request.GET.get("after", "")
    people, following = page(waiting(), LONGEST_WAITING, size=PAGE_SIZE, after=after)
    context = {
        "people": people,
        "previous_url": request.path if after else "",
        "next_url": f"?{urlencode({'after': following})}" if following else "",
    }
    return TemplateResponse(request, "accounts/admissions.html", context)


@require_POST
def admission(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a form key, as below: whoever is let in twice is in."""
    member = admit(by=request.user, member=get_object_or_404(User, pk=pk))
    messages.success(
        request, _("%(name)s is a member now, and is told so by a letter.") % {"name": member.name}
    )
    return redirect("admissions")


@require_POST
def admission_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    member = turn_away(by=request.user, member=get_object_or_404(User, pk=pk))
    messages.success(
        request, _("%(name)s was not let in, and is told so by a letter.") % {"name": member.name}
    )
    return redirect("admissions")
