from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from forum.notifications.actions import mark_read
from forum.notifications.days import by_day
from forum.notifications.forms import InboxForm, ReadingForm
from forum.notifications.models import Notice, NoticeKind

PAGE_SIZE = 30

TABS = (
    ("", "All"),
    (NoticeKind.ANSWERED.value, "Answers"),
    (NoticeKind.DECIDED.value, "Decisions"),
    (NoticeKind.MENTIONED.value, "Mentions"),
    (NoticeKind.REVISED.value, "Revisions"),
)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    asked = InboxForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such list of notifications.")
    kind, before = asked.cleaned_data["kind"], asked.cleaned_data["before"]
    found = Notice.objects.for_inbox(request.user, kind=kind, before=before)[: PAGE_SIZE + 1]
    notices = list(found)[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return TemplateResponse(
        request,
        "notifications/inbox.html",
        {
            "days": by_day(notices, timezone.localdate()),
            "kind": kind,
            "tabs": [(value, words, inbox_url(kind=value)) for value, words in TABS],
            "newest_id": Notice.objects.newest_id(request.user),
            "previous_url": inbox_url(kind=kind) if before else "",
            "next_url": inbox_url(kind=kind, before=notices[-1].pk) if has_more else "",
        },
    )


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """The one form without a key: it names the newest notice read, so twice is the same as once."""
    form = ReadingForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form did not say up to which notification.")
    mark_read(user=request.user, upto_id=form.cleaned_data["upto"])  # type: ignore[arg-type]
    return redirect("notifications:inbox")


def inbox_url(*, kind: str = "", before: int | None = None) -> str:
    asked = {key: value for key, value in (("kind", kind), ("before", before)) if value}
    return reverse("notifications:inbox") + (f"?{urlencode(asked)}" if asked else "")
