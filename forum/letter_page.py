"""Where keepers answer somebody who asked by letter for their data, or to be erased."""

from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forum.accounts.models import User
from forum.departures import forget_traces
from forum.exchange.erasing import erase, erase_person
from forum.exchange.letters_asked import answered_by
from forum.exchange.models import DataRequest
from forum.exchange.own_data import archive_of
from forum.exchange.permissions import can_answer_letters
from forum.guard.actions import done_before, run_once
from forum.letter_form import EXPORT, KEEP, LetterForm, as_told_to
from forum.lib.verdict import Refused, ensure
from forum.posts.erasing import number_of_posts

# Of the form's key; it names nobody, as it outlives the name.
ACTION = "letter"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letter(request: HttpRequest) -> HttpResponseBase:
    """Data are handed out at once. Before an erasure it asks once more."""
    ensure(can_answer_letters(request.user))
    if request.method != "POST":
        return _show(request, LetterForm(initial=_begun_with(request.GET.get("member", ""))))
    form = LetterForm(request.POST)
    if not form.is_valid():
        key = form.cleaned_data.get("form_key")
        before = done_before(user=request.user, key=key, action=ACTION) if key else ""
        return redirect(before) if before else _show(request, form, status=422)
    if "back" in request.POST:
        return _show(request, form)
    if form.cleaned_data["what"] == EXPORT:
        return _hand_out(request, form)
    if "sure" in request.POST:
        return _erase(request, form)
    return _ask_once_more(request, form)


def _begun_with(pk: str) -> dict[str, str]:
    """From the page of an account: by number, as addresses are kept in logs and names can go."""
    member = User.objects.filter(pk=pk).first() if pk.isdecimal() else None
    return {"username": member.username} if member else {}


def _show(request: HttpRequest, form: LetterForm, status: int = 200) -> HttpResponse:
    return _page(request, "letter", {"form": form}, status)


def _ask_once_more(request: HttpRequest, form: LetterForm) -> HttpResponse:
    member = form.cleaned_data["username"]
    context = {
        "form": form,
        "member": member,
        "number": number_of_posts(member),
        "keeps_posts": form.cleaned_data["what"] == KEEP,
    }
    return _page(request, "letter_sure", context)


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Answer a letter about data"),
        "opts": DataRequest._meta,
        **context,
    }
    template = f"admin/exchange/datarequest/{name}.html"
    return TemplateResponse(request, template, context, status=status)


def _hand_out(request: HttpRequest, form: LetterForm) -> FileResponse:
    """Its key is not used up: twice is two archives, and neither changes anything."""
    member = form.cleaned_data["username"]
    archive = archive_of(
        member, asked_by=answered_by(request.user), asked_at=form.cleaned_data["came_on"]  # type: ignore[arg-type]
    )  # fmt: skip
    name = f"counterpoint-{member.get_username()}.zip"
    return FileResponse(archive, as_attachment=True, filename=name)


def _erase(request: HttpRequest, form: LetterForm) -> HttpResponse:
    """The person goes with the form's key, in one transaction; the words follow, post by post.
    Where that is interrupted, the worker goes on with it."""
    told = form.cleaned_data
    how: dict[str, Any] = {
        "keeps_posts": told["what"] == KEEP, "asked_by": answered_by(request.user),  # type: ignore[arg-type]
        "asked_at": told["came_on"], "now": timezone.now(),
    }  # fmt: skip
    erased: list[User] = []

    def work() -> str:
        erased[:] = [erase_person(told["username"], **how)]
        return reverse("admin:exchange_datarequest_changelist")

    try:
        address = run_once(user=request.user, key=told["form_key"], action=ACTION, work=work)
    except Refused as refusal:
        form.add_error("username", as_told_to(told["username"], str(refusal)))
        return _show(request, form, status=422)
    for member in erased:
        erase(member=member, **how)
        forget_traces()
        words = _("Erased. What is left is %(username)s.") % {"username": member.username}
        messages.success(request, words)
    return redirect(address)
