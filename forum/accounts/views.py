from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.accounts.addresses import Change, read_change, take_back
from forum.accounts.logins import end_session, is_this_one


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a form key: it names what shall be over, so twice is the same as once."""
    session = end_session(member=request.user, pk=pk)  # type: ignore[arg-type]
    if session is not None and is_this_one(session, request):
        logout(request)
        return redirect("home")
    messages.success(request, _("That one is logged out."))
    return redirect("usersessions_list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter to an old address leads: whoever reads it has the account's old address."""
    change = read_change(token)
    if request.method == "POST" and change is not None:
        return _object(request, change)
    status = 200 if change else 404
    return TemplateResponse(request, "accounts/objection.html", {"change": change}, status=status)


def _object(request: HttpRequest, change: Change) -> HttpResponse:
    done = take_back(change=change)
    if request.user.is_authenticated:
        logout(request)
    return TemplateResponse(request, "accounts/objected.html", {"change": change, "done": done})
