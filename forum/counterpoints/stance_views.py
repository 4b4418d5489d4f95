"""Members say where they stand on a claim, and which counterpoint changed their mind."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forum.counterpoints import stances
from forum.counterpoints.assembly import answered_html
from forum.counterpoints.finding import find_claim, find_counterpoint
from forum.counterpoints.models import Claim, Counterpoint, Side
from forum.counterpoints.permissions import can_credit
from forum.counterpoints.stance_forms import ChangedMindForm
from forum.counterpoints.stance_panel import NONE, credit_of, own_stance
from forum.guard.actions import run_once
from forum.guard.deeds import deed_of
from forum.guard.forms import key_of
from forum.lib.converters import number_in
from forum.lib.verdict import Refused, ensure
from forum.posts.voting import way_back
from forum.posts.writing import Writing

FRAGMENT = "stance"
UNMOVED = gettext_lazy("You have not changed your stance since: choose where you stand first.")


def _find(request: HttpRequest, pk: int) -> Any:
    """Not what it was merged into: that says something else."""
    found = find_claim(request.user, pk)
    if found.pk != pk:
        raise Http404("This claim became part of another one.")
    return found


@require_POST
def stance(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what the stance shall be, not what to change: a double click says the same twice."""
    claim = _find(request, pk)
    side = request.POST.get("side", "")
    if side not in {*Side.values, NONE}:
        raise Refused(_("A stance is to agree, to disagree or to be unsure."))
    own = own_stance(request.user, claim)

    def work() -> str:
        stances.take_stance(
            member=request.user,  # type: ignore[arg-type]
            claim=claim,
            side=None if side == NONE else side,
        )
        return ""

    change = f"{own.side if own else NONE}>{side}"
    run_once(
        user=request.user, key=key_of(request), action=f"stance:{pk}:{change}", work=work,
        deed=deed_of(request, "vote"),
    )  # fmt: skip
    return HttpResponseRedirect(way_back(request, claim.get_absolute_url(), FRAGMENT))


@require_POST
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    """After a change of sides: which counterpoint of the page did it, if one did."""
    claim = _find(request, pk)
    named = request.POST.get("post", "")

    def work() -> str:
        if not named:
            stances.leave_unsaid(member=request.user, claim=claim)  # type: ignore[arg-type]
        else:
            _credit(request, claim, named)
        return ""

    run_once(
        user=request.user, key=key_of(request), action=f"moved:{pk}:{named[:20]}", work=work,
        deed=deed_of(request, "vote"),
    )  # fmt: skip
    return HttpResponseRedirect(way_back(request, claim.get_absolute_url(), FRAGMENT))


def _credit(request: HttpRequest, claim: Claim, named: str) -> None:
    mover = find_counterpoint(request.user, number_in(named) or 0)
    if mover.claim_id != claim.pk:
        raise Http404("It was said of another claim.")
    own = own_stance(request.user, claim)
    if own is None or not own.left:
        raise Refused(UNMOVED)
    stances.credit(
        member=request.user,  # type: ignore[arg-type]
        counterpoint=mover,
        before=own.left,
        after=own.side,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def changed_mind(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)
    claim = counterpoint.claim
    claim.thread.essay = claim.essay
    ensure(can_credit(request.user, counterpoint))
    form = ChangedMindForm(request.POST or None, initial=_usual(request, claim))
    writing = Writing(request, form, counted_as="vote")
    done = writing.send(action=f"mind:{pk}", work=lambda: _say(request, counterpoint, form))
    context = {
        "section": "essays",
        "claim": claim,
        "target_html": answered_html(counterpoint),
        "post_url": counterpoint.get_absolute_url(),
        "credit": credit_of(request.user, counterpoint),
        "form": form,
    }
    page = TemplateResponse(
        request, "counterpoints/changed_mind.html", context, status=writing.status
    )
    return done or page


@require_POST
def unchanged_mind(request: HttpRequest, pk: int) -> HttpResponse:
    """They take back that it changed their mind."""
    counterpoint = find_counterpoint(request.user, pk)
    counterpoint.claim.thread.essay = counterpoint.claim.essay

    def work() -> str:
        stances.take_credit_back(member=request.user, counterpoint=counterpoint)  # type: ignore[arg-type]
        return counterpoint.get_absolute_url()

    url = run_once(user=request.user, key=key_of(request), action=f"unchanged:{pk}", work=work)
    return HttpResponseRedirect(url)


def _usual(request: HttpRequest, claim: Claim) -> dict[str, str]:
    """What most would choose: they changed sides just now, or are about to."""
    own = own_stance(request.user, claim)
    if own is None:
        return {}
    return {"before": own.left, "after": own.side} if own.left else {"before": own.side}


def _say(request: HttpRequest, counterpoint: Counterpoint, form: ChangedMindForm) -> str:
    stances.credit(
        member=request.user,  # type: ignore[arg-type]
        counterpoint=counterpoint,
        before=form.cleaned_data["before"],
        after=form.cleaned_data["after"],
    )
    return counterpoint.get_absolute_url()
