"""Who can do what: the roles, those who have them, and where keepers give and take them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.accounts.actions import give_role, take_role
from forum.accounts.permissions import can_change_roles, can_see_roles
from forum.accounts.role_words import NAMES, role_rows
from forum.lib.verdict import ensure
from forum.role_form import RoleForm


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    ensure(can_see_roles(request.user))
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _change(request, form.cleaned_data)
    context = {
        **admin.site.each_context(request),
        "title": _("Who can do what"),
        "roles": role_rows(),
        "form": form,
        "verdict": can_change_roles(request.user),  # type: ignore[arg-type]
    }
    return TemplateResponse(request, "admin/roles.html", context)


def _change(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    """Without a form key: to give twice is to give once."""
    member, role = told["username"], told["role"]
    gives = told["act"] == "give"
    act = give_role if gives else take_role
    act(user=member, role=role, by=request.user)  # type: ignore[arg-type]
    words = (
        _("%(name)s has the role “%(role)s”.")
        if gives
        else _("%(name)s no longer has the role “%(role)s”.")
    )
    messages.success(request, words % {"name": member.name, "role": NAMES[role]})
    return redirect("roles")
