from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from forum.notifications.actions import mark, mark_read
from forum.notifications.choosing import settings_of
from forum.notifications.days import by_day
from forum.notifications.forms import InboxForm, MarkForm, ReadingForm
from forum.notifications.kinds import Tab, kinds_of
from forum.notifications.models import Notice

PAGE_SIZE = 30

TABS = (("", _("All")), *Tab.choices)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    asked = InboxForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such list of notifications.")
    tab, before = asked.cleaned_data["kind"], asked.cleaned_data["before"]
    kinds = kinds_of(tab) if tab else []
    found = list(
        Notice.objects.for_inbox(request.user, kinds=kinds, before=before)[: PAGE_SIZE + 1]
    )
    notices = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return TemplateResponse(
        request,
        "notifications/inbox.html",
        {
            "days": by_day(notices, timezone.localdate()),
            "kind": tab,
            "tabs": [(value, words, inbox_url(kind=value)) for value, words in TABS],
            "newest_id": Notice.objects.newest_id(request.user),
            "letters_come": settings_of(request.user).letters_stopped_at is None,  # type: ignore[arg-type]
            "previous_url": inbox_url(kind=tab) if before else "",
            "next_url": inbox_url(kind=tab, before=notices[-1].pk) if has_more else "",
        },
    )


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Without a form key: it names the newest notice read, so twice is the same as once."""
    form = ReadingForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form did not say up to which notification.")
    mark_read(user=request.user, upto_id=form.cleaned_data["upto"])  # type: ignore[arg-type]
    return redirect("notifications:inbox")


@require_POST
def mark_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what the notice shall be, so it needs no form key; a beacon of the inbox sends it, too,
    when the notice's page is opened. Somebody else's is not found, and nothing is said of that.
    """
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form did not say whether it is read.")
    mark(user=request.user, pk=pk, is_read=form.cleaned_data["read"] == "yes")  # type: ignore[arg-type]
    return redirect("notifications:inbox")


def inbox_url(*, kind: str = "", before: int | None = None) -> str:
    asked = {key: value for key, value in (("kind", kind), ("before", before)) if value}
    return reverse("notifications:inbox") + (f"?{urlencode(asked)}" if asked else "")
