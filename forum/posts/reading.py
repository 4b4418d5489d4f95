"""One page of a thread: which posts are on it, in four orders, paged by key.

A page takes top-level posts until it holds about PAGE_SIZE posts; each brings the first of its
branch, in order of writing. A branch alone is read in the order of its tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone

from forum.lib.converters import number_in
from forum.lib.prepared import Prepared
from forum.posts import paths
from forum.posts.cursors import RANKED, Cursor, Top, after_of, cursor_of, is_path
from forum.posts.models import Post, Thread, Vote
from forum.posts.statuses import PostStatus

PAGE_SIZE = 25
# Five branches of five are a page: so the first page always has a fifth place.
SHOWN_IN_BRANCH = 5
# A permalink into a long branch shows so many posts before the one that it leads to.
LEAD = 8

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


class Row(NamedTuple):
    """What a page needs of a post; much cheaper than the post itself."""

    pk: int
    author_id: int
    parent_id: int | None
    branch_id: int
    path: str
    depth: int
    place_in_branch: int
    branch_count: int
    status: str
    up: int
    down: int
    card_html: str

    @property
    def is_visible(self) -> bool:
        return self.status == PostStatus.VISIBLE

    @property
    def is_readable(self) -> bool:
        return self.status in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` are in the order of the page, each branch in the order of its tree."""

    rows: list[Row]
    # What `after` says in the address of the next page; empty on the last.
    next_after: str = ""
    is_first: bool = True
    order: str = DEFAULT_ORDER
    # The branch that is read alone, if one is; the post in it with what it answers and its answers.
    branch_id: int | None = None
    context_id: int | None = None


def order_of(raw: str) -> str:
    return raw if raw in ORDERS else DEFAULT_ORDER


def read_thread(
    thread: Thread,
    *,
    order: str = DEFAULT_ORDER,
    after: str = "",
    shown: int = SHOWN_IN_BRANCH,
    now: datetime | None = None,
) -> Page:
    """A page of the thread's top-level posts with the first of their branches; 2 or 3 queries."""
    cursor = cursor_of(order, after)
    tops, kept = _tops(thread, order, cursor), 0
    if cursor is not None:
        tops, kept = without(tops, cursor.kept), cursor.kept
    elif order == DEFAULT_ORDER:
        tops, kept = with_kept(thread, tops, now or timezone.now())
    rows, last = fill_page(tops, shown=shown, kept=kept)
    next_after = after_of(order, last, kept) if last else ""
    return Page(rows, next_after, cursor is None, order)


def fill_page(
    tops: list[Top], *, shown: int = SHOWN_IN_BRANCH, kept: int = 0
) -> tuple[list[Row], Top | None]:
    """As many of these as make a page, with the first of their branches; 1 query.

    If there are more of them: the last that stands on it by its own rank.
    """
    taken = _fill(tops, shown)
    has_more = len(tops) > len(taken)
    last = next((top for top in reversed(taken) if top.pk != kept), None) if has_more else None
    return _branches(taken, shown), last


def with_kept(thread: Thread, tops: list[Top], now: datetime) -> tuple[list[Top], int]:
    """The first page with the place that is kept, and for which post; none: 0. 1 query at most."""
    fresh = _fresh(thread, now)
    return (_with_kept(tops, fresh), fresh.pk) if fresh else (tops, 0)


def without(tops: list[Top], kept: int) -> list[Top]:
    return [top for top in tops if top.pk != kept]


def read_branch(thread: Thread, top: Post, *, after: str = "") -> Page:
    """A page of one branch, in the order of its tree; 1 query."""
    start, end = paths.below(top.path)
    is_first = not (is_path(after) and start <= after < end)
    query = _branch_query(is_first=is_first)
    values = query(thread=thread.pk, start=start if is_first else after, end=end)
    found = [Row._make(row) for row in values]
    rows = found[:PAGE_SIZE]
    next_after = rows[-1].path if len(found) > PAGE_SIZE else ""
    return Page(rows, next_after, is_first, branch_id=top.pk)


def read_context(thread: Thread, post: Post, *, after: str = "") -> Page:
    """One post below the line of posts that it answers, with all that answers it; 2 queries."""
    below = read_branch(thread, post, after=after)
    line = []
    if below.is_first and (above := paths.ancestors(post.path)):
        line = [Row._make(row) for row in _line_query()(thread=thread.pk, line=above)]
    return replace(below, rows=[*line, *below.rows], branch_id=post.branch_id, context_id=post.pk)


@cache
def _line_query() -> Prepared:
    def build(thread: int, line: list[str]) -> Any:
        posts = Post.objects.filter(thread=thread, path__in=line).order_by("path")
        return posts.values_list(*Row._fields)

    return Prepared(build)


def find_in(thread: Thread, raw: str) -> Post | None:
    """The post that `?context=` names; None if this thread has no such post."""
    pk = number_in(raw)
    if pk is None:
        return None
    posts = Post.objects.only("path", "thread_id", "branch_id")
    return posts.filter(pk=pk, thread=thread, depth__gt=0).first()


def find_top(thread: Thread, raw: str) -> Post | None:
    """The top-level post that `?branch=` names; None if this thread has no such branch."""
    pk = number_in(raw)
    if pk is None:
        return None
    tops = Post.objects.only("path", "thread_id", "branch_count")
    return tops.filter(pk=pk, thread=thread, depth=1).first()


def place_of(post: Post) -> str:
    """The query and fragment under which the thread's page shows this post, in its branch."""
    fragment = f"#post-{post.pk}"
    if post.is_statement or post.branch_id is None:
        return fragment
    address = f"?branch={post.branch_id}"
    if post.pk == post.branch_id:
        return address + fragment
    before = (
        Post.objects.filter(
            thread=post.thread_id, path__gte=paths.top(post.path), path__lt=post.path
        )
        .order_by("-path")
        .values_list("path", flat=True)[:PAGE_SIZE]
    )
    found = list(before)
    if len(found) == PAGE_SIZE:
        address += f"&after={found[LEAD]}"
    return address + fragment


def votes_of(user: Any, rows: Iterable[Row]) -> dict[int, bool]:
    """How this member voted on the posts of a page: post → convincing or not; 1 query."""
    if not user.is_authenticated:
        return {}
    pks = [row.pk for row in rows]
    return dict(votes_query()(voter=user.pk, posts=pks)) if pks else {}


@cache
def votes_query() -> Prepared:
    def build(voter: int, posts: list[int]) -> Any:
        votes = Vote.objects.filter(voter=voter, post__in=posts)
        return votes.values_list("post_id", "is_up")

    return Prepared(build)


def _tops(thread: Thread, order: str, cursor: Cursor | None) -> list[Top]:
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


@cache
def _branches_query(shown: int) -> Prepared:
    def build(branches: list[int]) -> Any:
        posts = Post.objects.filter(branch__in=branches, place_in_branch__lte=shown)
        return posts.values_list(*Row._fields)

    return Prepared(build)


@cache
def _branch_query(*, is_first: bool) -> Prepared:
    def build(thread: int, start: str, end: str) -> Any:
        rule = Q(path__gte=start) if is_first else Q(path__gt=start)
        posts = Post.objects.filter(rule, thread=thread, path__lt=end).order_by("path")
        return posts.values_list(*Row._fields)[: PAGE_SIZE + 1]

    return Prepared(build)


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


def _fill(tops: list[Top], shown: int) -> list[Top]:
    """As many as make a page."""
    taken = []
    total = 0
    for top in tops:
        if total >= PAGE_SIZE:
            break
        taken.append(top)
        total += min(top.branch_count, shown)
    return taken


def _branches(tops: list[Top], shown: int) -> list[Row]:
    if not tops:
        return []
    rank = {top.pk: place for place, top in enumerate(tops)}
    rows = [Row._make(row) for row in _branches_query(shown)(branches=list(rank))]
    rows.sort(key=lambda row: (rank[row.branch_id], row.path))
    return rows
