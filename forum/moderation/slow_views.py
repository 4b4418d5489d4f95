from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm
from forum.lib.verdict import ensure
from forum.moderation import permissions, slowing, words
from forum.moderation.thread_forms import LockForm, SlowForm
from forum.posts.models import Post, Thread
from forum.posts.pace import branch_pace

SLOWS = (slowing.slow_thread, slowing.slow_branch)


def _find(pk: int) -> Thread:
    return get_object_or_404(Thread.objects.select_related("essay", "claim"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def slow(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _find(pk)
    ensure(permissions.can_slow(request.user, thread))
    begun = {"minutes": thread.slow_minutes} if thread.slow_minutes else None
    return _change(
        request, thread, SlowForm(request.POST or None, initial=begun), slowing.slow_thread
    )


@require_http_methods(["GET", "HEAD", "POST"])
def unslow(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _find(pk)
    ensure(permissions.can_unslow(request.user, thread))
    return _change(request, thread, LockForm(request.POST or None), slowing.unslow_thread)


@require_http_methods(["GET", "HEAD", "POST"])
def slow_branch(request: HttpRequest, pk: int) -> HttpResponse:
    top = _top(pk)
    ensure(permissions.can_slow_branch(request.user, top))
    pace = branch_pace(top.thread, top.pk)
    begun = {"minutes": pace.minutes} if pace else None
    form = SlowForm(request.POST or None, initial=begun)
    return _change(request, top, form, slowing.slow_branch)


@require_http_methods(["GET", "HEAD", "POST"])
def unslow_branch(request: HttpRequest, pk: int) -> HttpResponse:
    top = _top(pk)
    ensure(permissions.can_unslow_branch(request.user, top))
    return _change(request, top, LockForm(request.POST or None), slowing.unslow_branch)


def _top(pk: int) -> Post:
    posts = Post.objects.select_related("thread__essay", "thread__claim")
    return get_object_or_404(posts, pk=pk)


def _change(
    request: HttpRequest, what: Thread | Post, form: KeyedForm, change: Callable[..., Any]
) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        context = {
            "what": what,
            "subject": words.slowed_subject(what),
            "form": form,
            "is_slow": change in SLOWS,
            "is_branch": isinstance(what, Post),
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "moderation/slow.html", context, status=status)
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")
    chosen["thread" if isinstance(what, Thread) else "top"] = what

    def work() -> str:
        change(moderator=request.user, **chosen)
        return what.get_absolute_url()

    action = f"{change.__name__}:{what.pk}"
    return redirect(run_once(user=request.user, key=key, action=action, work=work))
