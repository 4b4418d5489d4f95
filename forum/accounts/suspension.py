"""What whoever is suspended or banned may still send: closed but for what is named here.

They come in to read what was decided about them, to appeal, to take their data along and to leave.
Each permission refuses them, too; this one door is for whatever asks none.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.accounts.activity import ONLY_READ
from forum.accounts.permissions import can_take_part

OPEN_TO_THE_SUSPENDED = frozenset({
    "account_logout",
    # Asked for again before their data, or they themselves, go.
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "accounts:session-end",
    "departure",
    "departure-undo",
    "language",
    "exchange:own-archive",
    # Nobody is asked to amend what they cannot; whoever is banned is refused there.
    "moderation:amendment",
    "moderation:appeal",
    "moderation:own-conversation",
    # The inbox has the decisions.
    "notifications:mark",
    "notifications:reading",
    # Signed: they stop letters, whoever sends them.
    "notifications:unsubscription",
    "notifications:resumption",
})  # fmt: skip

# The fields of forms in which people write more than a word.
WRITTEN = ("statement", "restatement", "source", "text", "reason", "note")


class SuspensionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if request.method in ONLY_READ or not request.user.is_authenticated:
            return None
        verdict = can_take_part(request.user)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if verdict or name in OPEN_TO_THE_SUSPENDED:
            return None
        context = {"reason": verdict.reason, "typed": _typed(request)}
        return render(request, "accounts/suspended.html", context, status=403)


def _typed(request: HttpRequest) -> list[str]:
    """Nothing is kept for them, but they can copy what they wrote."""
    return [text for name in WRITTEN if (text := request.POST.get(name, "").strip())]
