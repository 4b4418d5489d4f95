"""The top-level posts of a thread in four orders, from where a page begins."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Least

from forum.lib.prepared import Prepared
from forum.posts import paths
from forum.posts.cursors import RANKED, Cursor, Top
from forum.posts.models import Post, Thread
from forum.posts.statuses import PostStatus

PAGE_SIZE = 25

ORDERS = {
    "best": ("-ranked_by", "-id"),
    "newest": ("-path",),
    "oldest": ("path",),
    "contested": ("-ranked_by", "-id"),
}
# The more votes there are on the side that has fewer, the more contested is a post.
RANKS = {"contested": Least("up", "down")}
DEFAULT_ORDER = "best"

# One place of the first page is kept for a post that few have seen yet.
KEPT_PLACE = 5
FRESH = timedelta(hours=24)
FEW_VOTES = 3
# However many were written today, only the newest are asked: a busy day must not slow the page.
FRESH_WINDOW = 200


def order_of(raw: str) -> str:
    return raw if raw in ORDERS else DEFAULT_ORDER


def tops_of(thread: Thread, order: str, cursor: Cursor | None) -> list[Top]:
    if cursor is None:
        rows = _tops_query(order, is_first=True)(thread=thread.pk)
    elif order in RANKED:
        query = _tops_query(order, is_first=False)
        rows = query(thread=thread.pk, ranked_by=cursor.ranked_by, pk=cursor.pk)
    else:
        rows = _tops_query(order, is_first=False)(thread=thread.pk, path=cursor.path)
    return [Top._make(row) for row in rows]


@cache
def _tops_query(order: str, *, is_first: bool) -> Prepared:
    def build(thread: int, ranked_by: float = 0.0, pk: int = 0, path: str = "") -> Any:
        posts = Post.objects.filter(thread=thread, depth=1)
        posts = posts.annotate(ranked_by=RANKS.get(order, F("best"))).order_by(*ORDERS[order])
        if not is_first and order in RANKED:
            # The last says the same again, so that the index is entered at the right place.
            posts = posts.filter(
                Q(ranked_by__lt=ranked_by) | Q(ranked_by=ranked_by, pk__lt=pk),
                ranked_by__lte=ranked_by,
            )
        elif not is_first:
            posts = (
                posts.filter(path__lt=path) if order == "newest" else posts.filter(path__gt=path)
            )
        # One for the post that was kept a place, one to know whether there is more.
        return posts.values_list(*Top._fields)[: PAGE_SIZE + 2]

    return Prepared(build)


@cache
def _fresh_query() -> Prepared:
    def build(thread: int, path: str, since: datetime) -> Any:
        newest = Post.objects.filter(thread=thread, depth=1, path__gt=path, created_at__gt=since)
        fresh = newest.filter(status=PostStatus.VISIBLE, up__lt=FEW_VOTES - F("down"))
        fresh = fresh.annotate(ranked_by=F("best"))
        return fresh.order_by("path").values_list(*Top._fields)[:1]

    return Prepared(build)


def with_kept(thread: Thread, tops: list[Top], now: datetime) -> tuple[list[Top], int]:
    """The first page with the place that is kept, and for which post; none: 0. 1 query at most."""
    fresh = _fresh(thread, now)
    return (_with_kept(tops, fresh), fresh.pk) if fresh else (tops, 0)


def without(tops: list[Top], kept: int) -> list[Top]:
    return [top for top in tops if top.pk != kept]


def _fresh(thread: Thread, now: datetime) -> Top | None:
    """The oldest top-level post of the last day that few have voted on."""
    since = now - FRESH
    if thread.last_post_at is None or thread.last_post_at <= since:
        return None
    before = thread.top_count - FRESH_WINDOW
    path = paths.step(before) if before > 0 else ""
    rows = _fresh_query()(thread=thread.pk, path=path, since=since)
    return Top._make(rows[0]) if rows else None


def _with_kept(tops: list[Top], kept: Top) -> list[Top]:
    """The same with the kept one at its place, unless it stands as high by itself."""
    if kept.pk in {top.pk for top in tops[:KEPT_PLACE]}:
        return tops
    others = [top for top in tops if top.pk != kept.pk]
    return [*others[: KEPT_PLACE - 1], kept, *others[KEPT_PLACE - 1 :]]
