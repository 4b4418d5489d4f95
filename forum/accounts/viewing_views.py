from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from forum.accounts.forms import ViewingForm
from forum.accounts.permissions import can_view_as
from forum.accounts.viewing import COOKIE, begin_viewing, end_viewing
from forum.lib.verdict import ensure


@require_http_methods(["GET", "HEAD", "POST"])
def viewings(request: HttpRequest) -> HttpResponse:
    """Without a form key: to begin twice is two lines in the record, and both are true."""
    ensure(can_view_as(request.user))
    form = ViewingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        viewing = begin_viewing(request, manner=form.cleaned_data["manner"])
        response = redirect("home")
        response.set_cookie(
            COOKIE, viewing.manner, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
        return response
    context = {"form": form, "viewing": getattr(request, "viewing", "")}
    return TemplateResponse(request, "accounts/viewings.html", context)


@require_POST
def viewing_end(request: HttpRequest) -> HttpResponse:
    end_viewing(request)
    response = redirect("home")
    response.delete_cookie(COOKIE)
    return response
