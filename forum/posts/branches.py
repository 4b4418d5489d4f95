"""Many posts of a thread at once: hidden with what they answer, and shown again.

Building blocks: whoever calls them has asked permission, knows which posts, and moves the standing.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from essays.actions import raise_version as raise_essay_version
from forum.accounts.models import User
from forum.notifications.actions import forget_words_at
from forum.posts import paths
from forum.posts.acts import address
from forum.posts.cards import render_cards
from forum.posts.fragments import render_card
from forum.posts.models import Post, Thread
from forum.posts.rows import raise_thread_version
from forum.posts.statuses import PostStatus, StatedRule

# What readers see, and so what hiding takes from them.
SHOWN = (PostStatus.VISIBLE, PostStatus.WITHDRAWN)
# Posts named one by one in a statement.
AT_ONCE = 500
# Many in one statement: with each, SQLite's index of words is written out once, and its rows are
# found by their number. A CASE with a row for each takes twenty times as long.
_SHOW = (
    "UPDATE posts_post SET status = told.column2, status_url = '', status_rule = NULL,"
    " status_since = %s, card_html = told.column3 FROM (VALUES {rows}) AS told"
    " WHERE posts_post.id = told.column1"
)


def shown_below(post: Post) -> "QuerySet[Post]":
    """All replies to it that can be read, at any depth."""
    first, last = paths.below(post.path)
    below = Post.objects.filter(thread=post.thread_id, path__gt=first, path__lt=last)
    return below.filter(status__in=SHOWN)


@transaction.atomic
def hide_posts(
    *,
    rows: "QuerySet[Post]",
    thread: Thread,
    url: str,
    rule: StatedRule | None = None,
    now: datetime,
) -> int:
    """One statement, however many: what is left of a hidden post is the same line for each."""
    forget_words_at(_addresses(rows))
    hiding = {
        "status": PostStatus.HIDDEN, "status_url": url, "status_rule": rule, "status_since": now,
    }  # fmt: skip
    hidden = rows.update(**hiding, card_html=render_card(Post(thread=thread, **hiding)))
    _touch(thread)
    return hidden


def _addresses(rows: "QuerySet[Post]") -> Any:
    """Of their pages, which the notices of them lead to."""
    before, _, after = address("posts:post").partition("%(pk)d")
    where = Concat(Value(before), Cast("pk", CharField()), Value(after), output_field=CharField())
    return rows.order_by().values_list(where, flat=True)


@transaction.atomic
def show_posts(
    *, rows: "QuerySet[Post]", statuses: Mapping[int, str], thread: Thread, now: datetime
) -> None:
    """Each as what it was: visible, or withdrawn by its author. Each card is rendered anew."""
    shown = list(rows.defer("text", "folded", "card_html"))
    authors = User.objects.in_bulk({post.author_id for post in shown})
    for post in shown:
        post.thread, post.author = thread, authors[post.author_id]
        # Whoever left meanwhile has taken the words along.
        post.status = statuses[post.pk] if post.source else PostStatus.ERASED
        post.status_url, post.status_rule = "", None
    at = connection.ops.adapt_datetimefield_value(now)
    cards = zip(shown, render_cards(shown), strict=True)
    told: list[tuple[Any, ...]] = [(post.pk, str(post.status), card) for post, card in cards]
    with connection.cursor() as cursor:
        for start in range(0, len(told), AT_ONCE):
            batch = told[start : start + AT_ONCE]
            marks = ", ".join(["(%s, %s, %s)"] * len(batch))
            cursor.execute(_SHOW.format(rows=marks), [at, *chain.from_iterable(batch)])
    _touch(thread)


def _touch(thread: Thread) -> None:
    raise_thread_version(thread.pk)
    raise_essay_version(thread.essay_id)
