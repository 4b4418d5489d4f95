"""Whether single keys do something: who speaks to a computer, or rests a hand on it, says no."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forum.accounts.actions import choose_keys
from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm


class KeysForm(KeyedForm):
    uses_keys = forms.BooleanField(
        label=gettext_lazy("Single keys do something"),
        required=False,
        help_text=gettext_lazy(
            "/ goes to the search, and in the moderators’ queue j, k, x, o and c walk the cases; "
            "never while you write. Switch them off if you speak to your computer, or if they are "
            "in your way."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def own_keys(request: HttpRequest) -> HttpResponse:
    member = request.user
    form = KeysForm(request.POST or None, initial={"uses_keys": member.uses_keys})  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        uses_keys = form.cleaned_data["uses_keys"]

        def work() -> str:
            choose_keys(member=member, uses_keys=uses_keys)  # type: ignore[arg-type]
            messages.success(request, _("Saved."))
            return reverse("own-keys")

        key = form.cleaned_data["form_key"]
        return redirect(run_once(user=member, key=key, action=f"keys:{uses_keys}", work=work))
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "accounts/own_keys.html", {"form": form}, status=status)
