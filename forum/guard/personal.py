"""What nobody else's page says, where a page is put together of kept parts (see lib/shells.py)."""

from uuid import uuid4

from django.http import HttpRequest
from django.middleware.csrf import get_token

from forum.guard import machines
from forum.templatetags.look import masthead_of

PERSONAL = ("masthead_html", "csrf_token", "form_key", "begun")


def personal_fills(request: HttpRequest, section: str) -> dict[str, str]:
    """Who reads it, and the keys of the forms: a visitor's page has none."""
    head = masthead_of(request, section)
    if not request.user.is_authenticated:
        return {"masthead_html": head, "csrf_token": "", "form_key": "", "begun": ""}
    return {
        "masthead_html": head,
        "csrf_token": get_token(request),
        "form_key": str(uuid4()),
        "begun": machines.begun(),
    }
