"""Whoever is answered says whether they were restated fairly."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forum.counterpoints.assembly import answered_html
from forum.counterpoints.finding import find_counterpoint
from forum.counterpoints.models.restating import RESTATEMENT_LENGTH
from forum.counterpoints.permissions import can_judge_restatement, can_see_restatement
from forum.counterpoints.restating import judge_restatement
from forum.guard.forms import KeyedForm
from forum.lib.verdict import ensure
from forum.posts.writing import Writing

FAIR, CORRECTED = "fair", "corrected"


class RestatingForm(KeyedForm):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Is that what is meant?"),
        choices=[
            (FAIR, gettext_lazy("Yes: it is fairly restated")),
            (CORRECTED, gettext_lazy("No: I put it in my own words")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it is fairly restated.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What is meant, in one sentence"),
        required=False,
        max_length=RESTATEMENT_LENGTH,
        widget=forms.Textarea({"rows": 3, "class": "short", "dir": "auto"}),
        help_text=gettext_lazy(
            "Stands under the other’s words. Whether they are right is for an answer to say."
        ),
    )

    def clean(self) -> dict[str, str]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == CORRECTED and not cleaned.get("words", "x").strip():
            self.add_error(
                "words", forms.ValidationError(_("Say what is meant instead."), code="required")
            )
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def restatement(request: HttpRequest, pk: int) -> HttpResponse:
    counterpoint = find_counterpoint(request.user, pk)
    ensure(can_see_restatement(request.user, counterpoint))
    form = RestatingForm(request.POST or None)
    writing = Writing(request, form, counted_as="edit")

    def work() -> str:
        return judge_restatement(
            by=request.user,  # type: ignore[arg-type]
            counterpoint=counterpoint,
            is_fair=form.cleaned_data["verdict"] == FAIR,
            words=form.cleaned_data["words"],
        ).get_absolute_url()

    done = writing.send(action=f"restatement:{pk}", work=work)
    if done is not None:
        return done
    context = {
        "section": "essays",
        "claim": counterpoint.claim,
        "counterpoint": counterpoint,
        "target_html": answered_html(counterpoint),
        "post_url": counterpoint.get_absolute_url(),
        "history": counterpoint.restatings.select_related("by"),
        "verdict": can_judge_restatement(request.user, counterpoint),
        "form": form,
    }
    return TemplateResponse(
        request, "counterpoints/restatement.html", context, status=writing.status
    )
