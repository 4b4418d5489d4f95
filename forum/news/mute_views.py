"""Whom a member does not want to hear of. Nobody but they themselves ever sees any of it."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.accounts.models import User
from forum.guard.actions import run_once
from forum.guard.forms import key_of
from forum.lib.keyset import page
from forum.lib.verdict import ensure
from forum.news.forms import MutedListForm, MuteEndingForm, MuteForm
from forum.notifications.muting import NEWEST, Silence, end_mute, mutes_of, silence, silence_of
from forum.notifications.permissions import can_mute

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, username: str) -> HttpResponse:
    member = request.user
    other = get_object_or_404(User, username=username, is_active=True)
    now_so = silence_of(member, other)
    # Whoever comes here means to: the lesser of the two is chosen for them.
    initial = {"how": (now_so if now_so != Silence.NONE else Silence.MUTE).value}
    form = MuteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        how = form.cleaned_data["how"]

        def work() -> str:
            silence(member=member, other=other, how=how)  # type: ignore[arg-type]
            return other.get_absolute_url() if how == Silence.NONE else reverse("news:muted")

        key, action = form.cleaned_data["form_key"], f"mute:{other.pk}:{how}"
        return HttpResponseRedirect(run_once(user=member, key=key, action=action, work=work))
    ensure(can_mute(member, other))
    return TemplateResponse(
        request,
        "news/mute.html",
        {"other": other, "form": form},
        status=400 if request.method == "POST" else 200,
    )


@require_safe
def muted(request: HttpRequest) -> HttpResponse:
    asked = MutedListForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such list of whom you mute.")
    after = asked.cleaned_data["after"]
    shown, next_after = page(mutes_of(request.user), NEWEST, size=PAGE_SIZE, after=after)
    return TemplateResponse(
        request,
        "news/muted.html",
        {
            "mutes": shown,
            "previous_url": reverse("news:muted") if after else "",
            "next_url": f"?after={next_after}" if next_after else "",
        },
    )


@require_POST
def muting_end(request: HttpRequest) -> HttpResponse:
    form = MuteEndingForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form did not say whom to mute no longer.")
    pk = form.cleaned_data["mute"]

    def work() -> str:
        end_mute(member=request.user, pk=pk)  # type: ignore[arg-type]
        return reverse("news:muted")

    key = key_of(request)
    return HttpResponseRedirect(
        run_once(user=request.user, key=key, action=f"unmute:{pk}", work=work)
    )
