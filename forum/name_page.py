"""The first of a member's settings: the name that stands beside what they write."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.accounts.permissions import can_change_name
from forum.guard.actions import run_once
from forum.name_form import NameForm
from forum.posts.naming import rename


@require_http_methods(["GET", "HEAD", "POST"])
def own_name(request: HttpRequest) -> HttpResponse:
    member = request.user
    before = {"display_name": member.display_name, "about": member.about}  # type: ignore[union-attr]
    form = NameForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def work() -> str:
            rename(member=member, display_name=given["display_name"], about=given["about"])  # type: ignore[arg-type]
            messages.success(request, _("Saved. What you wrote shows it, older posts in a moment."))
            return reverse("own-name")

        return redirect(run_once(user=member, key=given["form_key"], action="rename", work=work))
    context = {"form": form, "verdict": can_change_name(member)}  # type: ignore[arg-type]
    return TemplateResponse(request, "accounts/own_name.html", context)
