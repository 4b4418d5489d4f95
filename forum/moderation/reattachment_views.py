"""A moderator puts a claim on other words of its essay."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from essays.settling import candidates
from forum.counterpoints.models import Claim
from forum.counterpoints.reattaching import REVISED
from forum.guard.actions import run_once
from forum.lib.rendering import Unrenderable
from forum.lib.verdict import Refused, ensure
from forum.moderation import claim_actions, permissions
from forum.moderation.thread_forms import ReattachmentForm

ASKED_LENGTH = 300


@require_http_methods(["GET", "HEAD", "POST"])
def reattachment(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentences that are most like what is looked for are offered."""
    ensure(permissions.can_moderate(request.user))
    claim = get_object_or_404(Claim.objects.for_reattachment(), pk=pk)
    ensure(permissions.can_reattach(request.user, claim))
    revision: Any = claim.essay.current_revision
    form = ReattachmentForm(request.POST or None, initial={"revision": revision.pk})
    if request.method == "POST" and form.is_valid():
        done = _reattach(request, claim, form)
        if done is not None:
            return done
    asked = request.GET.get("q", "")[:ASKED_LENGTH] or claim.passage.exact
    context = {
        "section": "log", "claim": claim, "form": form, "asked": asked,
        "candidates": candidates(asked, revision),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/reattachment.html", context, status=status)


def _reattach(request: HttpRequest, claim: Claim, form: ReattachmentForm) -> HttpResponse | None:
    given = form.cleaned_data
    revision: Any = claim.essay.current_revision

    def work() -> str:
        if given["revision"] != revision.pk:
            raise Refused(REVISED)
        start, end = given["span"]
        claim_actions.reattach_claim(
            moderator=request.user, claim=claim, revision=revision, start=start, end=end,  # type: ignore[arg-type]
            rule=given["rule"], reason=given["reason"],
        )  # fmt: skip
        return claim.get_absolute_url()

    action = f"reattach:{claim.pk}"
    try:
        return redirect(
            run_once(user=request.user, key=given["form_key"], action=action, work=work)
        )
    except (Refused, Unrenderable) as refusal:
        form.add_error(None, str(refusal))
        return None
