"""What is new in a thread since a member's last visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Case, F, FilteredRelation, IntegerField, OuterRef, Q, Subquery, When
from django.utils import timezone

from forum.accounts.actions import note_reading
from forum.accounts.models import User
from forum.lib.prepared import Prepared
from forum.lib.verdict import ensure
from forum.notifications.muting import silent_for
from forum.posts import permissions
from forum.posts.models import Post, Thread, Visit
from forum.posts.reading import Page, Row
from forum.posts.statuses import PostStatus
from forum.posts.tops import PAGE_SIZE

# Whoever comes back sooner is still on the same visit: going from page to page ends none.
VISIT_LASTS = timedelta(minutes=30)
# Nobody reads more news one by one; counting on would cost more the longer a member was away.
MOST_COUNTED = 100
ONLY_NEW = "new"
READABLE = (PostStatus.VISIBLE, PostStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class News:
    """`since` is the newest post of the last visit, made at `at`; None where there was none."""

    since: int | None = None
    at: datetime | None = None
    # Of posts that others wrote since; at most MOST_COUNTED.
    count: int = 0
    # The newest post of the whole site: with it the browser says what was there to be seen.
    newest: int = 0

    @property
    def is_more(self) -> bool:
        return self.count >= MOST_COUNTED

    def is_new(self, row: Row, reader: int | None) -> bool:
        since = self.since
        return since is not None and row.pk > since and row.author_id != reader and row.is_readable

    def first_on(self, page: Page, reader: int | None) -> Row | None:
        return next((row for row in page.rows if self.is_new(row, reader)), None)


NOTHING_NEW = News()
COLUMNS = ("since", "since_at", "news", "newest")


class _Counted(Subquery):
    """How many rows the query gives, without counting on past its limit."""

    template = '(SELECT count(*) FROM (%(subquery)s) "found")'
    output_field = IntegerField()


def with_news(threads: Any, member: int, ago: datetime, silent: list[int]) -> Any:
    """Threads with COLUMNS of this member. `ago`: a visit last heard of before then has ended;
    `silent`: whose posts are no news to them."""
    found = threads.annotate(
        visit=FilteredRelation("visits", condition=Q(visits__member=member)),
        since=Case(When(visit__at__lt=ago, then=F("visit__seen")), default="visit__seen_before"),
        since_at=Case(When(visit__at__lt=ago, then=F("visit__at")), default="visit__at_before"),
    )
    posts = Post.objects.filter(
        thread=OuterRef("pk"), pk__gt=OuterRef("since"), status__in=READABLE
    ).exclude(author__in=silent)
    return found.annotate(
        news=_Counted(posts.values("pk")[:MOST_COUNTED]),
        newest=Subquery(Post.objects.order_by("-pk").values("pk")[:1]),
    )


def ago(now: datetime | None = None) -> datetime:
    return (now or timezone.now()) - VISIT_LASTS


@cache
def _news_query() -> Prepared:
    def build(thread: int, member: int, ago: datetime, silent: list[int]) -> Any:
        threads = Thread.objects.filter(pk=thread)
        return with_news(threads, member, ago, silent).values_list(*COLUMNS)

    return Prepared(build)


def news_of(user: Any, thread: Thread, *, now: datetime | None = None) -> News:
    """For whoever reads this thread; 1 query, none for a visitor."""
    if not user.is_authenticated:
        return NOTHING_NEW
    silent = silent_for(user)
    rows = _news_query()(thread=thread.pk, member=user.pk, ago=ago(now), silent=silent)
    return News(*rows[0]) if rows else NOTHING_NEW


@cache
def _new_posts_query() -> Prepared:
    def build(thread: int, after: int, silent: list[int]) -> Any:
        posts = Post.objects.filter(
            thread=thread, pk__gt=after, depth__gt=0, status__in=READABLE
        ).exclude(author__in=silent)
        return posts.order_by("pk").values_list(*Row._fields)[: PAGE_SIZE + 1]

    return Prepared(build)


def read_new(thread: Thread, user: Any, news: News, *, after: int = 0) -> Page:
    """Only what is new, in order of writing; 1 query."""
    if news.since is None:
        return Page([], order=ONLY_NEW)
    start = max(news.since, after)
    values = _new_posts_query()(thread=thread.pk, after=start, silent=silent_for(user))
    found = [Row._make(row) for row in values]
    rows = found[:PAGE_SIZE]
    next_after = str(rows[-1].pk) if len(found) > PAGE_SIZE else ""
    return Page(rows, next_after, not after, ONLY_NEW)


@transaction.atomic
def visit(
    *,
    member: User,
    thread: Thread,
    newest: int,
    is_done: bool = False,
    now: datetime | None = None,
) -> Visit:
    """The member has seen the thread as it was when `newest` was the site's newest post.

    What was new stays marked until the visit ends; `is_done`: they say that it has.
    """
    ensure(permissions.can_visit(member, thread))
    now = now or timezone.now()
    note_reading(member, now)
    there = Post.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    newest = min(max(newest, 0), there)
    found, is_first = Visit.objects.select_for_update().get_or_create(
        thread=thread, member=member, defaults={"seen": newest, "at": now}
    )
    if is_first and not is_done:
        return found
    if now - found.at > VISIT_LASTS:
        found.seen_before, found.at_before = found.seen, found.at
    found.seen, found.at = max(found.seen, newest), now
    if is_done:
        found.seen_before, found.at_before = found.seen, now
    found.save(update_fields=["seen", "at", "seen_before", "at_before"])
    return found
