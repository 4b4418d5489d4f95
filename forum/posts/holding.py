"""Posts that a stated rule holds back before anybody else has read them.

What was never public counts nowhere, is told to nobody and has no place in what others read. The
moment in which a moderator lets it through is the moment in which it is posted.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from forum.guard.judging import Judgement, judge
from forum.lib.rendering import RenderedPost, trusted
from forum.posts.models import Holding, Post
from forum.posts.reading import Row
from forum.posts.statuses import PostStatus

# So many of an author's last posts a new one is compared with.
RECENT = 20
EDIT_HELD = _("With this edit the post would be held back: %(rule)s. What it said still stands.")


def judge_post(author: Any, *parts: RenderedPost) -> Judgement:
    """Whether what these say together may be public at once. Raises `Unrenderable`."""

    def recent() -> Iterable[str]:
        posts = Post.objects.filter(author=author).order_by("-pk")
        return posts.values_list("text", flat=True)[:RECENT]

    return judge(author, [(part.text, part.html) for part in parts], recent)


def hold_back(post: Post, rule: str) -> None:
    """Once it is stored: nobody but its author and the moderators will see it."""
    Holding.objects.create(post=post, rule=rule, held_at=post.created_at)


def is_unpublished(post: Post) -> bool:
    """Held back from its first moment on, whatever was decided since; 1 query unless public."""
    is_public = post.status in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}
    return not is_public and Holding.objects.filter(post=post.pk).exists()


def let_through(post: Post) -> bool:
    """Says whether it was held back until now."""
    return bool(Holding.objects.filter(post=post.pk).delete()[0])


def flag(post: Post, judged: Judgement) -> None:
    """Tell whoever decides on it. They stand higher, so the settings name them."""
    if judged.held_by or judged.reported_by:
        import_string(settings.FLAGGED_POSTS)(post, judged)


def tell_edited(post: Post) -> None:
    """Whoever decided on it once. They stand higher, too."""
    import_string(settings.EDITED_POSTS)(post)


def held_cards(user: Any, rows: Iterable[Row]) -> dict[int, str]:
    """What the author, or a moderator, sees of each held post of a page; 1 query if there is one.
    HTML by post."""
    is_moderator = getattr(user, "is_moderator", False)
    pks = [
        row.pk
        for row in rows
        if row.status == PostStatus.HELD and (is_moderator or row.author_id == user.pk)
    ]
    if not pks:
        return {}
    found = Holding.objects.filter(post__in=pks).select_related("post")
    return {each.post_id: card_of(each, user) for each in found}


def card_of(holding: Holding, user: Any) -> str:
    context = {
        "holding": holding,
        "post": holding.post,
        "body_html": trusted(holding.post.html),
        "is_own": holding.post.author_id == user.pk,
    }
    return render_to_string("posts/_held.html", context)
