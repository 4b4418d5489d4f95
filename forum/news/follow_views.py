"""Following and no longer following: each thing has its own address for it, below its page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST
from taggit.models import Tag

from essays.models import Essay
from forum.accounts.models import User
from forum.counterpoints.finding import find_claim
from forum.guard.actions import run_once
from forum.guard.deeds import deed_of
from forum.guard.forms import key_of
from forum.notifications.following import set_following
from forum.notifications.models import FollowKind


@require_POST
def essay(request: HttpRequest, slug: str) -> HttpResponse:
    found = _essay(request, slug)
    return _follow(request, FollowKind.ESSAY, found.pk, found.get_absolute_url())


@require_POST
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    found = _essay(request, slug)
    url = reverse("discussion:thread", args=[found.slug])
    return _follow(request, FollowKind.DISCUSSION, found.pk, url)


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_claim(request.user, pk)
    return _follow(request, FollowKind.CLAIM, found.pk, found.get_absolute_url())


@require_POST
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    return _follow(request, FollowKind.TAG, found.pk, reverse("tag", args=[found.slug]))


@require_POST
def member(request: HttpRequest, username: str) -> HttpResponse:
    found = get_object_or_404(User, username=username, is_active=True)
    return _follow(request, FollowKind.MEMBER, found.pk, found.get_absolute_url())


def _essay(request: HttpRequest, slug: str) -> Any:
    return get_object_or_404(Essay.objects.visible_to(request.user).only("slug"), slug=slug)


def _follow(request: HttpRequest, kind: FollowKind, thing: int, url: str) -> HttpResponse:
    """Says what shall be, not what to change: a double click says the same twice."""
    follows = request.POST.get("follows") == "yes"

    def work() -> str:
        set_following(member=request.user, kind=kind, thing=thing, follows=follows)  # type: ignore[arg-type]
        return url

    action = f"follow:{kind}:{thing}:{follows}"
    return HttpResponseRedirect(
        run_once(
            user=request.user,
            key=key_of(request),
            action=action,
            work=work,
            deed=deed_of(request, "follow"),
        )  # fmt: skip
    )
