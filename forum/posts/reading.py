"""One page of a thread: which posts are on it, in four orders, paged by key.

A page takes top-level posts until it holds about PAGE_SIZE posts; each brings the first of its
branch, in order of writing. A branch alone is read in the order of its tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from forum.lib.converters import number_in
from forum.lib.prepared import Prepared
from forum.posts import paths
from forum.posts.cursors import Top, after_of, cursor_of, is_path
from forum.posts.fragments import UNPUBLISHED
from forum.posts.models import Post, Thread, Vote
from forum.posts.statuses import PostStatus
from forum.posts.tops import DEFAULT_ORDER, PAGE_SIZE, tops_of, with_kept, without

# Five branches of five are a page: so the first page always has a fifth place.
SHOWN_IN_BRANCH = 5
# A permalink into a long branch shows so many posts before the one that it leads to.
LEAD = 8


# As they are stored: asked for each post, an enumeration's members cost more than all else here.
_VISIBLE = str(PostStatus.VISIBLE)
_READABLE = frozenset({_VISIBLE, str(PostStatus.WITHDRAWN)})


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
        return self.status == _VISIBLE

    @property
    def is_unpublished(self) -> bool:
        return self.status not in _READABLE and self.card_html.startswith(UNPUBLISHED)

    @property
    def is_readable(self) -> bool:
        return self.status in _READABLE


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
    tops, kept = tops_of(thread, order, cursor), 0
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
