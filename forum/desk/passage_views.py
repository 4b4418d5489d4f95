from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forum.desk import passages
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.rendering import Unrenderable


@require_safe
def doubtful_passages(request: HttpRequest, slug: str) -> HttpResponse:
    essay = passages.find_essay(request.user, slug)
    context = {
        "essay": essay,
        "rows": passages.rows(essay),
        "nowhere": passages.NOWHERE,
        "disagreements": passages.disagreements(essay),
    }
    return TemplateResponse(request, "desk/passages.html", context)


@require_POST
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    place = passages.find_place(pk)
    essay = passages.find_essay(request.user, place.revision.essay.slug)
    back = reverse("desk:passages", args=[essay.slug])
    try:
        span = passages.span_of(request.POST.get("where", ""))
    except ValueError:
        messages.error(request, _("Choose where the passage stands, and press the button again."))
        return HttpResponseRedirect(back)

    def work() -> str:
        passages.settle(by=request.user, place=place, span=span)
        return f"{back}#place-{pk}"

    return _done(request, f"settle:{pk}", work, back)


@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    found = passages.find_settlement(pk)
    essay = passages.find_essay(request.user, found.place.revision.essay.slug)
    back = reverse("desk:passages", args=[essay.slug])

    def work() -> str:
        passages.undo(by=request.user, settlement=found)
        return f"{back}#place-{found.place_id}"

    return _done(request, f"unsettle:{pk}", work, back)


def _done(request: HttpRequest, action: str, work: Any, back: str) -> HttpResponse:
    try:
        return HttpResponseRedirect(
            run_once(user=request.user, key=key_of(request), action=action, work=work)
        )
    except Unrenderable as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
