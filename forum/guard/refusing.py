"""What is answered where a limit is reached: a page of its own, or the form with what was typed."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.guard.limits import Spent

TOO_MANY = 429


class LimitsMiddleware:
    """Says 429, and when to come back, whichever way the page tells of a limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        spent: Spent | None = getattr(request, "spent", None)
        if spent is not None:
            response.status_code = TOO_MANY
            response["Retry-After"] = str(spent.ends_in)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Spent):
            return None
        note(request, error)
        return render(request, "429.html", {"reason": str(error)})


def note(request: HttpRequest, spent: Spent) -> None:
    """The answer to this request is a refusal, however its page looks."""
    request.spent = spent  # type: ignore[attr-defined]


def as_error(request: HttpRequest, spent: Spent) -> forms.ValidationError:
    """For a form that is shown again."""
    note(request, spent)
    return forms.ValidationError(str(spent), code="spent")
