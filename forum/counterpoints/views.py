from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.counterpoints import actions, wording
from forum.counterpoints.answer_form import answer_form, may_answer
from forum.counterpoints.assembly import answered_html
from forum.counterpoints.carrying import answer_about, answer_place
from forum.counterpoints.context import passage_shown
from forum.counterpoints.finding import find_claim, find_counterpoint
from forum.counterpoints.models import Counterpoint
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.verdict import ensure
from forum.posts.draft_forms import asked_for, offer_html
from forum.posts.permissions import can_withdraw, may_be_answered
from forum.posts.voting import take_vote
from forum.posts.writing import Writing


@require_POST
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what the claim shall be, not what to change: a double click says the same twice."""
    claim = find_claim(request.user, pk)
    is_key = request.POST.get("is_key") == "yes"
    url = run_once(
        user=request.user,
        key=key_of(request),
        action=f"key:{pk}:{is_key}",
        work=lambda: actions.mark_key(
            by=request.user,  # type: ignore[arg-type]
            claim=claim,
            is_key=is_key,
        ).get_absolute_url(),
    )
    return HttpResponseRedirect(url)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_claim(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, find_claim(request.user, pk), None)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    target = find_counterpoint(request.user, pk)
    claim = find_claim(request.user, target.claim_id)
    target.claim = claim
    return _answer(request, claim, target)


def _answer(request: HttpRequest, claim: Any, target: Counterpoint | None) -> HttpResponse:
    verdict = may_answer(request.user, claim, target)
    place = answer_place(claim, target)
    draft = asked_for(request, place)
    form = answer_form(
        request, claim, label=_("What does yours do to it?") if target else "", draft=draft
    )
    writing = Writing(request, form, about=answer_about(claim, target))

    def work() -> str:
        given = form.cleaned_data
        made = actions.answer(
            author=request.user, claim=claim, target=target, relation=given["relation"],  # type: ignore[arg-type]
            restatement=given["restatement"], source=given["source"],
            as_author=given.get("as_author", False),
        )  # fmt: skip
        return made.get_absolute_url()

    done = writing.send(action=place, work=work)
    if done is not None:
        return done
    context = {
        "section": "essays",
        "claim": claim,
        "passage": passage_shown(claim),
        "target_html": answered_html(target) if target else "",
        "verdict": wording.verdict_html(claim),
        "can_answer": verdict,
        # Whoever is not logged in may write first: it waits for their account.
        "begins": not writing.is_known and bool(may_be_answered(request.user, claim.thread)),
        "form": form,
        "draft_html": offer_html(request, place, draft) if verdict else "",
        "preview_html": writing.preview_html,
    }
    return TemplateResponse(request, "counterpoints/answer.html", context, status=writing.status)


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)

    def cast(is_up: bool | None) -> None:  # noqa: FBT001
        actions.vote(voter=request.user, counterpoint=counterpoint, is_up=is_up)  # type: ignore[arg-type]

    return HttpResponseRedirect(take_vote(request, counterpoint.post, cast))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)
    post = counterpoint.post
    if request.method == "POST":

        def work() -> str:
            return actions.withdraw(by=request.user, post=post).get_absolute_url()  # type: ignore[arg-type]

        url = run_once(user=request.user, key=key_of(request), action=f"withdraw:{pk}", work=work)
        return HttpResponseRedirect(url)
    ensure(can_withdraw(request.user, post))
    context = {
        "section": "essays",
        "claim": counterpoint.claim,
        "target_html": answered_html(counterpoint),
        "post_url": reverse("posts:post", args=[pk]),
    }
    return TemplateResponse(request, "counterpoints/withdrawal.html", context)
