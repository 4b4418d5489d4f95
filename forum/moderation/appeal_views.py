"""A decision, for whom it concerns: its reasons, and the way to appeal it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from forum.guard.actions import run_once
from forum.lib.verdict import ensure
from forum.moderation import appeal_permissions, appeals, permissions, statement_page
from forum.moderation.forms import AppealForm
from forum.moderation.models import Decision


def _readable(request: HttpRequest, pk: int) -> Decision:
    decision = get_object_or_404(Decision.objects.for_statement(), pk=pk)
    ensure(permissions.can_read_statement(request.user, decision))
    return decision


@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    context = statement_page.context(request.user, _readable(request, pk))
    return TemplateResponse(request, "moderation/statement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _readable(request, pk)
    form = AppealForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        if request.method != "POST":
            ensure(appeal_permissions.can_appeal(request.user, decision))
        context = statement_page.context(request.user, decision) | {"form": form}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "moderation/appeal.html", context, status=status)

    def work() -> str:
        appeals.appeal(
            appellant=request.user,  # type: ignore[arg-type]
            decision=decision,
            text=form.cleaned_data["text"],
        )
        return decision.get_absolute_url()

    key = form.cleaned_data["form_key"]
    return redirect(run_once(user=request.user, key=key, action=f"appeal:{pk}", work=work))
