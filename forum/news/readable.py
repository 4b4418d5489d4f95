"""Which of the pages that news leads to everybody may still read: asked before anybody is told."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone

from essays.models import Essay
from forum.posts.models import Post
from forum.posts.statuses import PostStatus


def readable(urls: Collection[str]) -> set[str]:
    """Of pages that are neither a post's nor an essay's, all: they ask for themselves.

    Two queries at most, however many are asked for.
    """
    posts: dict[str, int] = {}
    essays: dict[str, str] = {}
    for url in urls:
        name, kwargs = _resolved(url)
        if name == "posts:post":
            posts[url] = kwargs["pk"]
        elif name in {"essay", "revision-diff", "revision"}:
            essays[url] = kwargs["slug"]
    shown = _shown_posts(posts.values()) if posts else set()
    published = _published(essays.values()) if essays else set()
    hidden = {url for url, pk in posts.items() if pk not in shown}
    hidden |= {url for url, slug in essays.items() if slug not in published}
    return set(urls) - hidden


def _resolved(url: str) -> tuple[str, dict[str, Any]]:
    try:
        match = resolve(url.partition("?")[0].partition("#")[0])
    except Resolver404:
        return "", {}
    return match.view_name, match.kwargs


def _shown_posts(numbers: Collection[int]) -> set[int]:
    """What was withdrawn can be read, but nobody is called to it."""
    posts = Post.objects.filter(
        # What hangs below a claim that was taken down has no page to be read on.
        Q(thread__claim=None) | Q(thread__claim__opening__status=PostStatus.VISIBLE),
        pk__in=list(numbers),
        status=PostStatus.VISIBLE,
        thread__essay__published_at__lte=timezone.now(),
    )
    return set(posts.values_list("pk", flat=True))


def _published(slugs: Collection[str]) -> set[str]:
    essays = Essay.objects.filter(
        slug__in=list(slugs), published_at__lte=timezone.now(), current_revision__isnull=False
    )
    return set(essays.values_list("slug", flat=True))
