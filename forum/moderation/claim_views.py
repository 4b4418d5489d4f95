from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from forum.counterpoints.linking import said
from forum.counterpoints.models import ClaimLink
from forum.guard.actions import run_once
from forum.lib.verdict import ensure
from forum.moderation import claim_actions, permissions
from forum.moderation.forms import GroundsForm


@require_http_methods(["GET", "HEAD", "POST"])
def link_removal(request: HttpRequest, pk: int) -> HttpResponse:
    ensure(permissions.can_moderate(request.user))
    link = get_object_or_404(ClaimLink.objects.for_removal(), pk=pk)
    claim = link.source
    form = GroundsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        key = chosen.pop("form_key")

        def work() -> str:
            claim_actions.remove_link(moderator=request.user, link=link, **chosen)  # type: ignore[arg-type]
            return f"{claim.get_absolute_url()}#links"

        return redirect(run_once(user=request.user, key=key, action=f"unlink:{pk}", work=work))
    ensure(permissions.can_remove_link(request.user, link))
    context = {"section": "log", "link": link, "said": said(link), "claim": claim, "form": form}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/link_removal.html", context, status=status)
