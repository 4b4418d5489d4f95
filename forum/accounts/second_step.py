"""Where the site asks it of staff, whoever has a role and no second step is a plain member until
they have one: whatever asks for a role, anywhere, is told that they have none.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from forum.accounts.activity import ONLY_READ
from forum.accounts.models import ROLE_COLUMNS, User
from forum.lib.house import house

FIRST = _(
    "You are one of this site’s staff, and staff log in with two steps here: set up an"
    " authenticator app or a passkey first. Until then your account is a plain member’s."
)


def lay_roles_down(user: User) -> User:
    """In memory: the row keeps them, and saving this user writes none of them."""
    user.roles_wait = True
    for column in ROLE_COLUMNS:
        setattr(user, column, False)
    return user


def must_wait(user: User, *, has_second_step: bool) -> bool:
    has_role = any(getattr(user, column) for column in ROLE_COLUMNS)
    return has_role and not has_second_step and house().asks_staff_for_second_step


class SecondStepMiddleware:
    """Leads staff who are refused something to where they set up the step that they lack."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, PermissionDenied) or not roles_wait(request):
            return None
        if request.method in ONLY_READ:
            messages.info(request, FIRST)
            return redirect("mfa_index")
        return render(request, "403.html", {"exception": FIRST}, status=403)


def roles_wait(request: HttpRequest) -> bool:
    return bool(getattr(getattr(request, "user", None), "roles_wait", False))
