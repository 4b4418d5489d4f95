"""Where the links of letters lead that stop them. Signed out, too: the address itself says, under
the site's key, whose letters and which; a form key or a cookie would keep out the mail programs
that do it for their readers with one POST (RFC 8058).
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from forum.accounts.models import User
from forum.lib.small_letters import small
from forum.notifications.choosing import ALL, resume_letters, stop_letters
from forum.notifications.kinds import KINDS, NoticeKind, Way
from forum.notifications.tokens import Stop, read_token, token_for

DIGEST_WORDS = {
    Way.DAILY: gettext_lazy("The daily letter"),
    Way.WEEKLY: gettext_lazy("The weekly letter"),
}


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    """Looking stops nothing: programs that check links for their readers look, too."""
    stop, member = _read(token)
    if request.method == "POST":
        stop_letters(member=member, what=stop.what)
        return _page(request, stop, "stopped")
    return _page(request, stop, "asked")


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def resumption(request: HttpRequest, token: str) -> HttpResponse:
    stop, member = _read(token)
    resume_letters(member=member, what=stop.what)
    return _page(request, stop, "resumed")


def _read(token: str) -> tuple[Stop, User]:
    stop = read_token(token)
    if stop is None:
        raise Http404("This link is not one of ours, or a part of it is missing.")
    return stop, get_object_or_404(User, pk=stop.member_id, is_active=True)


def _page(request: HttpRequest, stop: Stop, state: str) -> HttpResponse:
    """An answer, and no way elsewhere: a mail program follows none."""
    context: dict[str, Any] = {
        "state": state,
        "what": _words(stop.what),
        "is_all": stop.what == ALL,
        "token": token_for(stop.member_id, stop.what),
        "all_token": token_for(stop.member_id, ALL),
    }
    return TemplateResponse(request, "notifications/unsubscription.html", context)


def _words(what: str) -> str:
    if what == ALL:
        return _("All letters with news")
    if what in DIGEST_WORDS:
        return str(DIGEST_WORDS[Way(what)])
    kind = small(KINDS[NoticeKind(what)].words)
    return _("Letters of this kind (%(kind)s)") % {"kind": kind}
