"""Where a member has their account erased, and where they change their mind."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.accounts.permissions import can_leave
from forum.departure_form import KEEP, NOW, DepartureForm
from forum.departures import leave_when_due
from forum.exchange.leaving import ask_to_leave, departure_of, stay
from forum.exchange.models import Departure
from forum.lib.house import subject_line


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def departure(request: HttpRequest) -> HttpResponse:
    """Its key is not asked for: to ask twice is to ask once, with the later choice."""
    member = request.user
    days = settings.ERASURE_WAIT_DAYS
    form = DepartureForm(request.POST or None, member=member, days=days)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        asked = ask_to_leave(
            member=member,  # type: ignore[arg-type]
            keeps_posts=form.cleaned_data["posts"] == KEEP,
            at_once=form.cleaned_data["when"] == NOW,
        )
        return _leave_now(request) if form.cleaned_data["when"] == NOW else _wait(request, asked)
    context = {
        "form": form,
        "verdict": can_leave(member),  # type: ignore[arg-type]
        "departure": departure_of(member),  # type: ignore[arg-type]
    }
    return TemplateResponse(request, "accounts/departure.html", context)


@require_POST
def departure_undo(request: HttpRequest) -> HttpResponse:
    """Without a form key: whoever stays twice stays."""
    stay(member=request.user)  # type: ignore[arg-type]
    messages.success(request, _("You stay. Nothing was erased."))
    return redirect("departure")


def _leave_now(request: HttpRequest) -> HttpResponse:
    leave_when_due.enqueue()
    logout(request)
    return TemplateResponse(request, "accounts/departed.html", {})


def _wait(request: HttpRequest, asked: Departure) -> HttpResponse:
    member = request.user
    if member.email:  # type: ignore[union-attr]
        context = {"departure": asked, "url": request.build_absolute_uri(request.path)}
        send_mail(
            subject_line(_("Your account will be erased")),
            render_to_string("accounts/email/departure.txt", context),
            None,
            [member.email],  # type: ignore[union-attr]
        )
    return redirect("departure")
