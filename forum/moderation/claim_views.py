from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from forum.counterpoints.linking import said
from forum.counterpoints.merged import candidates
from forum.counterpoints.merging import preview
from forum.counterpoints.models import Claim, ClaimLink
from forum.guard.actions import run_once
from forum.lib.converters import number_in
from forum.lib.verdict import ensure
from forum.moderation import claim_actions, permissions
from forum.moderation.forms import GroundsForm
from forum.moderation.thread_forms import MergerForm

ASKED_LENGTH = 300


@require_http_methods(["GET", "HEAD", "POST"])
def merger(request: HttpRequest, pk: int) -> HttpResponse:
    """First the other claim is chosen, then it is shown what will change."""
    ensure(permissions.can_moderate(request.user))
    claim = get_object_or_404(Claim.objects.named(pk).for_merger(), essay__isnull=False)
    if claim.pk != pk and request.method != "POST":
        return redirect("moderation:merger", claim.pk)
    into = _into(request, claim)
    if into is None:
        return _choose(request, claim)
    form = MergerForm(request.POST or None, initial={"into": into.pk})
    if request.method == "POST" and form.is_valid():
        return _merge(request, pk, claim, into, form)
    context = {
        "section": "log", "claim": claim, "into": into, "form": form,
        "can_merge": permissions.can_merge(request.user, claim, into),
        "preview": preview(claim, into),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "moderation/merger.html", context, status=status)


def _into(request: HttpRequest, claim: Claim) -> Claim | None:
    number = number_in(request.POST.get("into", request.GET.get("into", "")))
    if number is None:
        return None
    return get_object_or_404(Claim.objects.named(number).for_merger(), essay=claim.essay_id)


def _choose(request: HttpRequest, claim: Claim) -> HttpResponse:
    asked = request.GET.get("q", "")[:ASKED_LENGTH]
    context = {
        "section": "log",
        "claim": claim,
        "asked": asked,
        "candidates": candidates(claim, asked),
    }
    return TemplateResponse(request, "moderation/merger_choice.html", context)


def _merge(
    request: HttpRequest, pk: int, claim: Claim, into: Claim, form: MergerForm
) -> HttpResponse:
    given = form.cleaned_data

    def work() -> str:
        claim_actions.merge_claims(
            moderator=request.user, claim=claim, into=into, rule=given["rule"],  # type: ignore[arg-type]
            reason=given["reason"],
        )  # fmt: skip
        return into.get_absolute_url()

    # Which claim it goes into is part of what is done: the same key sent twice does it once.
    action = f"merge:{pk}"
    return redirect(run_once(user=request.user, key=given["form_key"], action=action, work=work))


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
