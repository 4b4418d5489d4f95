"""What the pages of discussions show, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.shortcuts import get_object_or_404

from essays.models import Essay
from essays.notices import STATE
from essays.querysets import is_readable_by
from forum.lib.keyset import Order, page
from forum.lib.prepared import Prepared
from forum.lib.visitor_pages import Probe
from forum.notifications.following import is_following
from forum.notifications.models import Follow, FollowKind
from forum.notifications.muting import silent_for
from forum.posts.models import Draft, Post, Thread, ThreadKind
from forum.posts.statuses import PostStatus
from forum.posts.visits import COLUMNS as NEWS_COLUMNS
from forum.posts.visits import NOTHING_NEW, News, ago, with_news

THREADS_A_PAGE = 20
THREAD_COLUMNS = (
    "id", "essay_id", "kind", "locked_at", "lock_reason", "locked_until", "lock_grounds",
    "slow_minutes", "slow_reason", "slow_until", "slow_grounds", "slow_branches", "moved_away",
    "version", "post_count", "top_count", "last_post_at",
)  # fmt: skip
ESSAY_COLUMNS = (
    "id", "slug", "title", "author_name", "author_id", "published_at", "current_revision_id",
    "version", *STATE,
)  # fmt: skip
PLACE = "comment:"
LAST_ACTIVE_FIRST = Order("last_post_at", is_falling=True, is_moment=True)


@dataclass(frozen=True, slots=True)
class LatelyPage:
    threads: list[Any]
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What a discussion is to the one who reads it."""

    news: News = NOTHING_NEW
    follows: bool = False
    # A remark that they began and have not posted.
    has_draft: bool = False


def place_of(essay_id: int) -> str:
    """What a draft of a remark is kept under."""
    return f"{PLACE}{essay_id}"


def find_discussion(
    user: Any, slug: str, probed: list[Any] | None = None, *, now: datetime | None = None
) -> tuple[Thread, Own]:
    """The essay's open discussion, and what it is to this reader; 1 query.

    One that nobody has opened yet is not stored: it has no pk.
    """
    known = _known(user, slug, probed, ago(now))
    if not known:
        essays = Essay.objects.visible_to(user).defer("folded")
        essay = get_object_or_404(essays, slug=slug)
        follows = is_following(user, FollowKind.DISCUSSION, essay.pk)
        # Whether there is a draft is asked when it is looked for.
        own = Own(follows=follows, has_draft=True)
        return Thread(essay=essay, kind=ThreadKind.DISCUSSION), own
    values = known[0]
    width, end = len(THREAD_COLUMNS), len(THREAD_COLUMNS) + len(ESSAY_COLUMNS)
    thread = Thread.from_db(DEFAULT_DB_ALIAS, THREAD_COLUMNS, values[:width])
    thread.essay = Essay.from_db(DEFAULT_DB_ALIAS, ESSAY_COLUMNS, values[width:end])
    if not is_readable_by(user, thread.essay):
        raise Http404("This essay is not published.")
    return thread, _own(values[end:])


def _own(values: Sequence[Any]) -> Own:
    if not values:
        return Own()
    *news, follows, has_draft = values
    return Own(News(*news), bool(follows), bool(has_draft))


def _known(user: Any, slug: str, probed: list[Any] | None, ago: datetime) -> list[Any]:
    if user.is_authenticated:
        silent = silent_for(user)
        return _news_query()(slug=slug, member=user.pk, ago=ago, silent=silent)
    query = _discussion_query()
    return query(slug=slug) if probed is None else query.read(probed, slug=slug)


DISCUSSION_COLUMNS = (*THREAD_COLUMNS, *(f"essay__{name}" for name in ESSAY_COLUMNS))


def _discussions(slug: str) -> "QuerySet[Thread]":
    return Thread.objects.filter(kind=ThreadKind.DISCUSSION, essay__slug=slug)


@cache
def _discussion_query() -> Prepared:
    return Prepared(lambda slug: _discussions(slug).values_list(*DISCUSSION_COLUMNS))


@cache
def _news_query() -> Prepared:
    def build(slug: str, member: int, ago: datetime, silent: list[int]) -> Any:
        follows = Follow.objects.filter(
            member=member, kind=FollowKind.DISCUSSION, thing=OuterRef("essay_id"), is_on=True
        )
        place = Concat(Value(PLACE), Cast(OuterRef("essay_id"), CharField()))
        drafts = Draft.objects.filter(author=member, place=place)
        threads = with_news(_discussions(slug), member, ago, silent).annotate(
            follows=Exists(follows), has_draft=Exists(drafts)
        )
        return threads.values_list(*DISCUSSION_COLUMNS, *NEWS_COLUMNS, "follows", "has_draft")

    return Prepared(build)


def version_probe(slug: str) -> Probe:
    """Tells the version of all that a visitor's page of the discussion shows."""
    told = tuple(
        DISCUSSION_COLUMNS.index(name) for name in ("essay_id", "essay__version", "version")
    )
    return Probe("discussion", *_discussion_query().statement(slug=slug), told)


def lately(user: Any, after: str = "") -> LatelyPage:
    """Discussions, the last active first, each with its newest top-level remark; 2 queries."""
    shown, following = page(_active(user), LAST_ACTIVE_FIRST, size=THREADS_A_PAGE, after=after)
    newest = Post.objects.select_related("author").only("text", "created_at", "author", "thread")
    posts = newest.in_bulk([thread.newest_id for thread in shown if thread.newest_id])
    for thread in shown:
        thread.newest = posts.get(thread.newest_id)
    return LatelyPage(shown, following)


def _active(user: Any) -> "QuerySet[Thread]":
    newest = Post.objects.filter(
        thread=OuterRef("pk"), depth=1, status=PostStatus.VISIBLE
    ).order_by("-path")
    return (
        Thread.objects.filter(
            kind=ThreadKind.DISCUSSION,
            last_post_at__isnull=False,
            essay__in=Essay.objects.listed_for(user).order_by(),
        )
        .select_related("essay")
        .defer("essay__folded", "essay__summary")
        .annotate(newest_id=Subquery(newest.values("pk")[:1]))
    )
