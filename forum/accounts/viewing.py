"""Staff see the site as a visitor does, or as a plain member: to read, and for nothing else.

The plain member is nobody: an account that is in no table, so nothing private of anybody's is
theirs. That somebody looked in this way, and when, is written down for good.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.activity import ONLY_READ
from forum.accounts.models import Manner, User, Viewing
from forum.accounts.permissions import can_view_as
from forum.lib.verdict import ensure

# The cookie spares everybody else a look at the session; what counts is what the session says.
COOKIE = KEY = "viewing"
# No row has it, and none ever will.
NOBODY = -1
# Where it begins and ends: there one is oneself.
OWN_PAGES = frozenset({"accounts:viewings", "accounts:viewing-end"})
ACCOUNT_PAGES = "/accounts/"
ONLY_LOOK = {
    Manner.VISITOR: gettext_lazy(
        "You see the site as a visitor does, and can only look: nothing was sent. Go back to"
        " yourself first, by the line at the head of the page."
    ),
    Manner.MEMBER: gettext_lazy(
        "You see the site as a plain member does, and can only look: nothing was sent. Go back to"
        " yourself first, by the line at the head of the page."
    ),
}
NO_ACCOUNT = gettext_lazy(
    "The plain member as whom you see the site is nobody, and has no account of their own to show."
)


def begin_viewing(request: HttpRequest, *, manner: str, now: datetime | None = None) -> Viewing:
    ensure(can_view_as(request.user))
    viewing = Viewing.objects.create(
        who=request.user,  # type: ignore[misc]
        manner=Manner(manner),
        begun_at=now or timezone.now(),
    )
    request.session[KEY] = viewing.manner
    return viewing


def end_viewing(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def plain_member() -> User:
    return User(pk=NOBODY, username="a.plain.member", display_name=_("A plain member"))


class ViewingMiddleware:
    """Puts somebody else in the place of whoever looks; before it is asked who may see what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        manner = _manner_of(request)
        if manner:
            request.real_user = request.user  # type: ignore[attr-defined]
            request.viewing = manner  # type: ignore[attr-defined]
            is_member = manner == Manner.MEMBER
            request.user = plain_member() if is_member else AnonymousUser()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        manner = getattr(request, "viewing", "")
        if not manner:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OWN_PAGES:
            request.user = request.real_user  # type: ignore[attr-defined]
            return None
        if request.method not in ONLY_READ:
            return _refused(request, str(ONLY_LOOK[Manner(manner)]))
        if manner == Manner.MEMBER and request.path_info.startswith(ACCOUNT_PAGES):
            return _refused(request, str(NO_ACCOUNT))
        return None


def _manner_of(request: HttpRequest) -> str:
    if COOKIE not in request.COOKIES:
        return ""
    manner: str = request.session.get(KEY, "")
    # A role that was taken away meanwhile takes this with it.
    return manner if manner in Manner.values and can_view_as(request.user) else ""


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "403.html", {"exception": why}, status=403)
