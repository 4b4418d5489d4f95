from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm
from forum.lib.verdict import ensure
from forum.moderation import permissions, words
from forum.moderation.forms import LockForm, SlowForm
from forum.moderation.slowing import slow_thread, unslow_thread
from forum.posts.models import Thread


def _find(pk: int) -> Thread:
    return get_object_or_404(Thread.objects.select_related("essay", "claim"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def slow(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _find(pk)
    ensure(permissions.can_slow(request.user, thread))
    begun = {"minutes": thread.slow_minutes} if thread.slow_minutes else None
    return _change(request, thread, SlowForm(request.POST or None, initial=begun), slow_thread)


@require_http_methods(["GET", "HEAD", "POST"])
def unslow(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _find(pk)
    ensure(permissions.can_unslow(request.user, thread))
    return _change(request, thread, LockForm(request.POST or None), unslow_thread)


def _change(
    request: HttpRequest, thread: Thread, form: KeyedForm, change: Callable[..., Any]
) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        context = {
            "thread": thread,
            "subject": words.thread_subject(thread),
            "form": form,
            "is_slow": change is slow_thread,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "moderation/slow.html", context, status=status)
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")

    def work() -> str:
        change(moderator=request.user, thread=thread, **chosen)
        return thread.get_absolute_url()

    action = f"{change.__name__}:{thread.pk}"
    return redirect(run_once(user=request.user, key=key, action=action, work=work))
