"""Takes the words out of the posts of somebody who left. Replies keep their place beneath them."""

from datetime import datetime

from django.db import transaction

from forum.accounts.models import User
from forum.lib.rendering import Unrenderable, render_post
from forum.notifications.actions import forget_words
from forum.posts.actions import dress, set_status
from forum.posts.cards import store_card
from forum.posts.holding import is_unpublished
from forum.posts.models import Post, PostVersion
from forum.posts.statuses import PostStatus

# Decided by moderators: that it was taken down, and why, is still to be read.
DECIDED = {PostStatus.HIDDEN, PostStatus.REMOVED}
WORDS = ["source", "html", "text", "folded", "card_html", "edit_count", "edited_at"]


@transaction.atomic
def blank(*, post: Post) -> Post:
    """No word of it is left, nor of what it said before. Whoever calls it moves the standing."""
    forget_versions(post)
    post.source = post.html = post.text = post.folded = ""
    # What was never public leaves no line either.
    store_card(post, is_unpublished=is_unpublished(post))
    post.save(update_fields=WORDS)
    return post


@transaction.atomic
def replace_words(*, post: Post, source: str, fallback: str) -> Post:
    """Put other words, which are nobody's, in the place of a claim's statement."""
    forget_versions(post)
    try:
        rendered = render_post(source)
        post.source = source
        dress(post, rendered)
    except Unrenderable:
        post.source = fallback
        dress(post, render_post(fallback))
    store_card(post)
    post.save(update_fields=WORDS)
    return post


def forget_versions(post: Post) -> None:
    PostVersion.objects.filter(post=post).delete()
    post.edit_count, post.edited_at = 0, None
    forget_words(actor=post.author, url=post.get_absolute_url())


def erased_status(post: Post) -> str:
    return post.status if post.status in DECIDED else PostStatus.ERASED


@transaction.atomic
def erase_comment(*, post: Post, now: datetime) -> None:
    """Of an open discussion; counterpoints go through their own app."""
    post = set_status(
        post=post, status=erased_status(post), url=post.status_url, rule=post.status_rule, now=now
    )
    blank(post=post)


def number_of_posts(member: User) -> int:
    return Post.objects.filter(author=member).count()


def posts_of(member: User, *, after: int, most: int) -> list[Post]:
    found = Post.objects.filter(author=member, pk__gt=after).order_by("pk")
    return list(found.select_related("author", "thread__essay")[:most])
