"""Proposing a link between two claims, and judging what others proposed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from forum.counterpoints import linking
from forum.counterpoints.link_choice import find_offered, offered
from forum.counterpoints.link_forms import LinkForm
from forum.counterpoints.link_permissions import can_link
from forum.counterpoints.links_shown import links_of
from forum.counterpoints.models import Claim, ClaimLink
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.posts.writing import Writing

ASKED_LENGTH = 300


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of a claim, and a new one: its other claim is looked for and chosen here."""
    claim = get_object_or_404(Claim.objects.offered(), pk=pk)
    asked = (request.POST.get("q") or request.GET.get("q", ""))[:ASKED_LENGTH]
    form = LinkForm(request.POST or None, offered=_choices(request, claim, asked))
    writing = Writing(request, form, counted_as="claim")

    def work() -> str:
        given = form.cleaned_data
        linking.propose_link(
            by=request.user, claim=claim, other=given["other"],  # type: ignore[arg-type]
            kind=given["kind"], words=given["words"],
        )  # fmt: skip
        return f"{claim.get_absolute_url()}#links"

    done = writing.send(action=f"link:{pk}", work=work)
    if done is not None:
        return done
    context = {
        "section": "essays",
        "claim": claim,
        "links": links_of(claim, request.user),
        "asked": asked,
        "form": form,
        "can_link": can_link(request.user, claim),
    }
    return TemplateResponse(request, "counterpoints/links.html", context, status=writing.status)


def _choices(request: HttpRequest, claim: Claim, asked: str) -> list[Any]:
    """What was chosen stays among them, whatever was looked for since."""
    found = offered(claim, asked)
    chosen = find_offered(request.POST.get("other", request.GET.get("other", "")))
    if chosen is not None and chosen.pk not in {one.pk for one in found}:
        found.insert(0, chosen)
    return found


@require_POST
def link_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, linking.confirm_link)


@require_POST
def link_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, linking.refuse_link)


@require_POST
def link_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, linking.withdraw_link)


def _settle(request: HttpRequest, pk: int, act: Callable[..., ClaimLink]) -> HttpResponse:
    """Leads back to whichever of both claims the button was pressed on."""
    link = get_object_or_404(ClaimLink.objects.readable(), pk=pk)
    ends = {str(link.source_id): link.source, str(link.target_id): link.target}
    near = ends.get(request.POST.get("from", ""), link.source)

    def work() -> str:
        act(by=request.user, link=link)
        return f"{near.get_absolute_url()}#links"

    action = f"{act.__name__}:{pk}"
    url = run_once(user=request.user, key=key_of(request), action=action, work=work)
    return HttpResponseRedirect(url)
