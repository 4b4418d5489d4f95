"""What the pages of discussions show, and to whom."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from essays.models import Essay
from forum.lib.visitor_pages import Probe
from forum.posts.cursors import number_in
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.prepared import Prepared
from forum.posts.querysets import PostQuerySet
from forum.posts.statuses import PostStatus

THREADS_A_PAGE = 20
THREAD_COLUMNS = (
    "id", "essay_id", "kind", "locked_at", "lock_reason", "version", "post_count", "top_count",
    "last_post_at",
)  # fmt: skip
ESSAY_COLUMNS = (
    "id", "slug", "title", "author_name", "author_id", "published_at", "current_revision_id",
    "version",
)  # fmt: skip
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class LatelyPage:
    threads: list[Any]
    next_after: str = ""


def find_discussion(user: Any, slug: str, probed: list[Any] | None = None) -> Thread:
    """The essay's open discussion. One that nobody has opened yet is not stored: it has no pk."""
    query = _discussion_query()
    known = query(slug=slug) if probed is None else query.read(probed, slug=slug)
    if not known:
        essays = Essay.objects.visible_to(user).defer("folded")
        return Thread(essay=get_object_or_404(essays, slug=slug), kind=ThreadKind.DISCUSSION)
    values = known[0]
    width = len(THREAD_COLUMNS)
    thread = Thread.from_db(DEFAULT_DB_ALIAS, THREAD_COLUMNS, values[:width])
    thread.essay = Essay.from_db(DEFAULT_DB_ALIAS, ESSAY_COLUMNS, values[width:])
    if not is_readable_by(user, thread.essay):
        raise Http404("This essay is not published.")
    return thread


def is_readable_by(user: Any, essay: Essay) -> bool:
    """The rule of `Essay.objects.visible_to`, asked of an essay in hand."""
    may_see = essay.is_published or getattr(user, "is_editor", False)
    return may_see and essay.current_revision_id is not None


@cache
def _discussion_query() -> Prepared:
    def build(slug: str) -> Any:
        columns = (*THREAD_COLUMNS, *(f"essay__{name}" for name in ESSAY_COLUMNS))
        threads = Thread.objects.filter(kind=ThreadKind.DISCUSSION, essay__slug=slug)
        return threads.values_list(*columns)

    return Prepared(build)


def version_probe(slug: str) -> Probe:
    """Tells the version of all that a visitor's page of the discussion shows."""
    columns = [*THREAD_COLUMNS, *(f"essay__{name}" for name in ESSAY_COLUMNS)]
    told = tuple(columns.index(name) for name in ("essay_id", "essay__version", "version"))
    return Probe("discussion", *_discussion_query().statement(slug=slug), told)


def remarks(user: Any) -> PostQuerySet:
    """The posts of open discussions, one of which is answered, voted on or taken back."""
    posts: PostQuerySet = Post.objects.in_place(user).filter(thread__kind=ThreadKind.DISCUSSION)
    return posts


def lately(user: Any, after: str = "") -> LatelyPage:
    """Discussions, the last active first, each with its newest top-level remark; 2 queries."""
    threads = _active(user)
    position = _position(after)
    if position:
        moment, pk = position
        threads = threads.filter(
            Q(last_post_at__lt=moment) | Q(last_post_at=moment, pk__lt=pk),
            last_post_at__lte=moment,
        )
    found: list[Any] = list(threads[: THREADS_A_PAGE + 1])
    shown = found[:THREADS_A_PAGE]
    newest = Post.objects.for_cards().defer(None).only("text", "created_at", "author", "thread")
    posts = newest.in_bulk([thread.newest_id for thread in shown if thread.newest_id])
    for thread in shown:
        thread.newest = posts.get(thread.newest_id)
    has_more = len(found) > len(shown)
    return LatelyPage(shown, _after(shown[-1]) if has_more else "")


def _active(user: Any) -> "QuerySet[Thread]":
    newest = Post.objects.filter(
        thread=OuterRef("pk"), depth=1, status=PostStatus.VISIBLE
    ).order_by("-path")
    return (
        Thread.objects.filter(
            kind=ThreadKind.DISCUSSION,
            last_post_at__isnull=False,
            essay__in=Essay.objects.visible_to(user).order_by(),
        )
        .select_related("essay")
        .defer("essay__folded", "essay__summary")
        .annotate(newest_id=Subquery(newest.values("pk")[:1]))
        .order_by("-last_post_at", "-pk")
    )


def _after(thread: Thread) -> str:
    moment = thread.last_post_at or EPOCH
    return f"{(moment - EPOCH) // MICROSECOND}~{thread.pk}"


def _position(raw: str) -> tuple[datetime, int] | None:
    first, _, second = raw.partition("~")
    micros, pk = number_in(first), number_in(second)
    if micros is None or pk is None:
        return None
    try:
        return EPOCH + micros * MICROSECOND, pk
    except OverflowError:
        return None
