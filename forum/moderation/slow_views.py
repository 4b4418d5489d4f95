from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from forum.guard.actions import run_once
from forum.guard.forms import KeyedForm
from forum.lib.verdict import Verdict, ensure
from forum.moderation import permissions, slowing, words
from forum.moderation.forms import GroundsForm
from forum.moderation.thread_forms import SlowForm
from forum.posts.models import Post, Thread
from forum.posts.pace import Pace, branch_pace, thread_pace


@dataclass(frozen=True, slots=True)
class Change:
    """Who may, and what it does."""

    may: Callable[[Any, Any], Verdict]
    act: Callable[..., Any]
    is_slow: bool


SLOW = Change(permissions.can_slow, slowing.slow_thread, is_slow=True)
UNSLOW = Change(permissions.can_unslow, slowing.unslow_thread, is_slow=False)
SLOW_BRANCH = Change(permissions.can_slow_branch, slowing.slow_branch, is_slow=True)
UNSLOW_BRANCH = Change(permissions.can_unslow_branch, slowing.unslow_branch, is_slow=False)


@require_http_methods(["GET", "HEAD", "POST"])
def slow(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _thread(pk)
    return _change(request, thread, _slow_form(request, thread_pace(thread)), SLOW)


@require_http_methods(["GET", "HEAD", "POST"])
def unslow(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, _thread(pk), GroundsForm(request.POST or None), UNSLOW)


@require_http_methods(["GET", "HEAD", "POST"])
def slow_branch(request: HttpRequest, pk: int) -> HttpResponse:
    top = _top(pk)
    form = _slow_form(request, branch_pace(top.thread, top.pk))
    return _change(request, top, form, SLOW_BRANCH)


@require_http_methods(["GET", "HEAD", "POST"])
def unslow_branch(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, _top(pk), GroundsForm(request.POST or None), UNSLOW_BRANCH)


def _thread(pk: int) -> Thread:
    return get_object_or_404(Thread.objects.select_related("essay", "claim"), pk=pk)


def _top(pk: int) -> Post:
    posts = Post.objects.select_related("thread__essay", "thread__claim")
    return get_object_or_404(posts, pk=pk)


def _slow_form(request: HttpRequest, pace: Pace | None) -> SlowForm:
    begun = {"minutes": pace.minutes} if pace else None
    ends_at = pace.ends_at if pace else None
    return SlowForm(request.POST or None, initial=begun, ends_at=ends_at)


def _change(
    request: HttpRequest, what: Thread | Post, form: KeyedForm, change: Change
) -> HttpResponse:
    """Whoever may not is shown no form; whether they may still is asked by the action itself."""
    if request.method != "POST" or not form.is_valid():
        ensure(change.may(request.user, what))
        context = {
            "what": what,
            "subject": words.slowed_subject(what),
            "form": form,
            "is_slow": change.is_slow,
            "is_branch": isinstance(what, Post),
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "moderation/slow.html", context, status=status)
    chosen = dict(form.cleaned_data)
    key = chosen.pop("form_key")
    chosen["thread" if isinstance(what, Thread) else "top"] = what

    def work() -> str:
        change.act(moderator=request.user, **chosen)
        return what.get_absolute_url()

    action = f"{change.act.__name__}:{what.pk}"
    return redirect(run_once(user=request.user, key=key, action=action, work=work))
