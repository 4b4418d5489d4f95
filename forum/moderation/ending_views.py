"""Ending a sanction before its time, by whichever moderator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.lib.verdict import ensure
from forum.moderation import ending as ending_actions
from forum.moderation import permissions
from forum.moderation.forms import GroundsForm
from forum.moderation.member_permissions import can_look_into
from forum.moderation.models import Sanction


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    ensure(permissions.can_moderate(request.user))
    rows = Sanction.objects.select_related("member", "decision__rule", "decision__log_entry")
    sanction = get_object_or_404(rows.select_related("decision__moderator"), pk=pk)
    ensure(can_look_into(request.user, sanction.member))
    form = GroundsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        ensure(permissions.can_end_sanction(request.user, sanction))
        context = {"section": "log", "sanction": sanction, "form": form}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "moderation/ending.html", context, status=status)
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")

    def work() -> str:
        ending_actions.end_sanction(moderator=request.user, sanction=sanction, **chosen)  # type: ignore[arg-type]
        return reverse("moderation:member", args=[sanction.member.username])

    address = run_once(user=request.user, key=key, action=f"end-sanction:{pk}", work=work)
    messages.success(request, _("It has ended, and the member has been told."))
    return redirect(address)
