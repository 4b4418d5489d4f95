from typing import Any

from django.urls import reverse

from forum.moderation.permissions import can_slow_branch, can_unslow_branch
from forum.moderation.relocation_permissions import can_move
from forum.posts.models import Post


def branch_acts(user: Any, post: Post) -> dict[str, str]:
    """Addresses of what this reader may do with the post's branch; empty where they may not."""
    acts = {"move_url": "", "slow_url": "", "unslow_url": ""}
    if can_move(user, post):
        acts["move_url"] = reverse("moderation:relocation", args=[post.pk])
    top = _top(post)
    if can_unslow_branch(user, top):
        acts["unslow_url"] = reverse("moderation:unslow-branch", args=[top.pk])
    elif can_slow_branch(user, top):
        acts["slow_url"] = reverse("moderation:slow-branch", args=[top.pk])
    return acts


def _top(post: Post) -> Post:
    if post.branch_id in {None, post.pk}:
        return post
    top: Post = post.branch  # type: ignore[assignment]
    top.thread = post.thread
    return top
