"""Deciding many cases at once, after a look at what would change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.lib.converters import number_in
from forum.lib.verdict import ensure
from forum.moderation import many, permissions
from forum.moderation.forms import TogetherForm
from forum.moderation.models import Case, Outcome
from forum.moderation.outcome_words import OUTCOME_WORDS
from forum.moderation.rule_choice import rule_in_common

NOTHING_CHOSEN = _("Choose the cases first, by the boxes before them.")


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    ensure(permissions.can_moderate(request.user))
    asked = request.POST if request.method == "POST" else request.GET
    cases = list(Case.objects.for_many(request.user, _numbers(asked)))
    if not cases:
        messages.info(request, NOTHING_CHOSEN)
        return redirect("moderation:queue")
    initial = {"outcome": _outcome(asked), "rule": rule_in_common(cases)}
    form = TogetherForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _decide(request, cases, form.cleaned_data)
    status = 422 if form.is_bound else 200
    context = _context(request.user, cases, _outcome(asked), form)
    return TemplateResponse(request, "moderation/together.html", context, status=status)


def _numbers(asked: QueryDict) -> list[int]:
    found = [number_in(text) for text in asked.getlist("case")[: many.MOST]]
    return [number for number in found if number is not None]


def _outcome(asked: QueryDict) -> Outcome:
    wished = asked.get("outcome", "")
    return Outcome(wished) if wished in many.TOGETHER else Outcome.KEEP


def _context(user: Any, cases: list[Case], outcome: Outcome, form: TogetherForm) -> dict[str, Any]:
    foreseen = many.foresee(user, cases, outcome)
    return {
        "section": "log",
        "foreseen": foreseen,
        "number": sum(bool(one.verdict) for one in foreseen),
        "outcomes": [(each.value, OUTCOME_WORDS[each].name) for each in many.TOGETHER],
        "outcome": outcome.value,
        "word": OUTCOME_WORDS[outcome].name,
        "form": form,
    }


def _decide(request: HttpRequest, cases: list[Case], given: dict[str, Any]) -> HttpResponse:
    seen = {case.pk: request.POST.get(f"seen-{case.pk}", "") for case in cases}
    done = many.Done()

    def work() -> str:
        nonlocal done
        done = many.decide_many(
            moderator=request.user, cases=cases, seen=seen, outcome=given["outcome"],  # type: ignore[arg-type]
            rule=given["rule"], reason=given["reason"],
        )  # fmt: skip
        return reverse("moderation:queue")

    address = run_once(
        user=request.user, key=given["form_key"], action="decide-together", work=work
    )
    if done.decided or done.skipped:
        messages.success(request, str(done))
    return redirect(address)
