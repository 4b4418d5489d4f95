from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from forum.accounts.logins import note_activity

ONLY_READ = {"GET", "HEAD", "OPTIONS"}


class ActivityMiddleware:
    """Tells a member's list of logins when each was last used to send something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before the view: it may end this very login.
        if request.method not in ONLY_READ and request.session.session_key:
            note_activity(request.session.session_key)
        return self.get_response(request)
