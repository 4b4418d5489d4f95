"""What there is to subscribe to: which lists of rows each feed reads. Strangers' eyes only."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from taggit.models import Tag

from essays.models import Essay, Revision
from forum.accounts.models import User
from forum.counterpoints.models import Claim
from forum.exchange.feeds.entries import (
    Entries,
    whole_claims,
    whole_essays,
    whole_posts,
    whole_revisions,
)
from forum.exchange.feeds.streams import Stream
from forum.lib.keyset import Order
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.statuses import PostStatus

LATELY_PUBLISHED = Order("published_at", is_falling=True, is_moment=True)


def listed(tag: Tag | None = None) -> "QuerySet[Essay]":
    essays: QuerySet[Essay] = Essay.objects.listed_for(AnonymousUser()).order_by()
    return essays if tag is None else essays.filter(essaytag__tag=tag)


def posts_of(member: User) -> "QuerySet[Post]":
    """What strangers may read of it under the member's own name."""
    return _readable().filter(author=member, as_author=False, thread__essay__in=listed())


def _readable() -> "QuerySet[Post]":
    """What hangs below a claim that was taken down has no page to be read on."""
    is_below_sight = Q(thread__claim=None) | Q(thread__claim__opening__status=PostStatus.VISIBLE)
    posts: QuerySet[Post] = Post.objects.filter(is_below_sight, status=PostStatus.VISIBLE)
    return posts


def essays_and_claims(entries: Entries, tag: Tag | None = None) -> list[Stream]:
    """Of the whole site, or under a tag."""
    claims = Claim.objects.filter(
        opening__status=PostStatus.VISIBLE, merged_into=None, essay__in=listed(tag)
    )
    return [_essays(entries, listed(tag)), _claims(entries, claims)]


def debate_of(entries: Entries, essay: Essay) -> list[Stream]:
    """Claims, counterpoints and revisions of an essay."""
    posts = _readable().filter(thread__essay=essay, thread__kind=ThreadKind.CLAIM)
    revisions = Revision.objects.filter(essay=essay).order_by()
    return [
        _posts(entries, posts),
        Stream(revisions, whole_revisions(), _made, entries.revision),
    ]


def counterpoints_on(entries: Entries, thread_id: int) -> list[Stream]:
    posts = _visible_in(thread_id).filter(depth__gt=0)
    return [_posts(entries, posts)]


def remarks_in(entries: Entries, thread: Thread) -> list[Stream]:
    return [_posts(entries, _visible_in(thread.pk))]


def written_by(entries: Entries, member: User) -> list[Stream]:
    essays = listed().filter(author=member)
    return [_essays(entries, essays), _posts(entries, posts_of(member))]


def _visible_in(thread_id: int | None) -> "QuerySet[Post]":
    posts: QuerySet[Post] = Post.objects.filter(thread=thread_id, status=PostStatus.VISIBLE)
    return posts


def _essays(entries: Entries, essays: "QuerySet[Essay]") -> Stream:
    return Stream(essays, whole_essays(), _published, entries.essay, LATELY_PUBLISHED)


def _claims(entries: Entries, claims: "QuerySet[Claim]") -> Stream:
    return Stream(claims, whole_claims(), _made, entries.claim)


def _posts(entries: Entries, posts: "QuerySet[Post]") -> Stream:
    return Stream(posts, whole_posts(), _made, entries.post)


def _made(row: Any) -> Any:
    return row.created_at


def _published(essay: Any) -> Any:
    return essay.published_at
