"""Posts that were taken down, explained to their authors where they stand."""

from collections.abc import Collection
from typing import Any

from django.template.loader import render_to_string

from forum.lib.rendering import trusted
from forum.moderation.own_states import judged_of
from forum.posts.models import Post


def explain(user: Any, numbers: Collection[int]) -> dict[int, str]:
    """HTML by post; 5 queries, however many they are."""
    columns = ("html", "status", "status_url", "author")
    posts = list(Post.objects.filter(pk__in=numbers).only(*columns))
    judged = judged_of(posts, user)
    return {
        post.pk: render_to_string(
            "moderation/_taken_down.html",
            {"post": post, "judged": judged[post.pk], "body_html": trusted(post.html)},
        )
        for post in posts
        if post.pk in judged
    }
