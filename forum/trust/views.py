from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.trust.levels import take_up
from forum.trust.page import limits_shown, thresholds_shown

UNCHANGED = _("Nothing has changed: you have what you have reached.")


@login_not_required
@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """The thresholds, and what each level may do: the same for everybody."""
    context: dict[str, Any] = {"thresholds": thresholds_shown(), "limits": limits_shown()}
    return TemplateResponse(request, "trust/levels.html", context)


@require_POST
def own_level(request: HttpRequest) -> HttpResponse:
    """To have now what the night would bring."""
    member: Any = request.user

    def work() -> str:
        if not take_up(member):
            messages.info(request, UNCHANGED)
        return str(member.get_absolute_url())

    url = run_once(user=member, key=key_of(request), action="own-level", work=work)
    return HttpResponseRedirect(url)
