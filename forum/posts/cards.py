"""The cards of posts without running the template for each of them.

Posts of one shape have the same card but for a few values. It is rendered once, with a mark for
each of these, and cut at the marks.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape

from forum.accounts.models import User
from forum.posts.fragments import UNPUBLISHED, render_card
from forum.posts.models import Post

# None of them stands in what anybody wrote: no column keeps a NUL, and no post has that number.
NAME, MEMBER, HTML = "\x00name\x00", "\x00member\x00", "\x00html\x00"
NUMBER = 10**17 + 1
MOMENT = datetime(2222, 2, 2, 2, 2, tzinfo=UTC)


class Pattern(NamedTuple):
    """The card between its marks, a gap at each of these; and which value goes into each gap."""

    parts: list[str]
    values: list[int]


def render_cards(posts: Iterable[Post]) -> Iterator[str]:
    """Of each what `render_card` gives."""
    writers: dict[int, tuple[str, str]] = {}
    for post in posts:
        if post.moved_url or post.moved_away or post.status_url:
            yield render_card(post)
            continue
        if post.author_id not in writers:
            writers[post.author_id] = _writer(post.author)
        yield _filled(_pattern(*_shape(post)), post, writers[post.author_id])


def store_card(post: Post, *, is_unpublished: bool = False) -> None:
    (card,) = render_cards([post])
    post.card_html = (UNPUBLISHED if is_unpublished else "") + card


def _writer(author: User) -> tuple[str, str]:
    return escape(author.name), escape(author.get_absolute_url())


def _shape(post: Post) -> tuple[Any, ...]:
    return post.status, post.as_author, bool(post.edit_count), bool(post.author.erased_at)


@cache
def _pattern(status: str, as_author: bool, is_edited: bool, is_erased: bool) -> Pattern:  # noqa: FBT001
    author = SimpleNamespace(name=NAME, get_absolute_url=MEMBER, erased_at=is_erased)
    post = SimpleNamespace(
        pk=NUMBER, status=status, status_url="", as_author=as_author,
        edit_count=int(is_edited), author=author, created_at=MOMENT, html=HTML,
        moved_url=None, moved_away=None,
    )  # fmt: skip
    with timezone.override(None):
        card = get_template("posts/_card.html").render({"post": post}).strip()
    marks = [NAME, MEMBER, HTML, str(NUMBER), *_moments(MOMENT)]
    parts = re.split(f"({'|'.join(map(re.escape, marks))})", card)
    return Pattern(parts, [marks.index(mark) for mark in parts[1::2]])


def _moments(at: datetime) -> tuple[str, str]:
    """As the template says it, for machines and for the slot: by the site's clock."""
    here = timezone.localtime(at, timezone.get_default_timezone())
    return f"{here:%Y-%m-%dT%H:%M%z}", f"{here:%Y-%m-%d-%H:%M}"


def _filled(pattern: Pattern, post: Post, writer: tuple[str, str]) -> str:
    values = (*writer, post.html, str(post.pk), *_moments(post.created_at))
    parts = pattern.parts.copy()
    parts[1::2] = [values[place] for place in pattern.values]
    return "".join(parts)
