from typing import Any

from django.urls import reverse

from forum.moderation.permissions import can_moderate, can_slow_branch
from forum.moderation.relocation_permissions import can_move
from forum.posts.models import Post
from forum.posts.pace import branch_pace


def branch_acts(user: Any, post: Post) -> dict[str, str]:
    """Addresses of what this reader may do with the post's branch; empty where they may not."""
    acts = {"move_url": "", "slow_url": "", "unslow_url": ""}
    if can_move(user, post):
        acts["move_url"] = reverse("moderation:relocation", args=[post.pk])
    if can_moderate(user) and post.branch_id is not None and not post.thread.is_locked:
        if branch_pace(post.thread, post.branch_id):
            acts["unslow_url"] = reverse("moderation:unslow-branch", args=[post.branch_id])
        elif can_slow_branch(user, _top(post)):
            acts["slow_url"] = reverse("moderation:slow-branch", args=[post.branch_id])
    return acts


def _top(post: Post) -> Post:
    if post.branch_id in {None, post.pk}:
        return post
    top: Post = post.branch  # type: ignore[assignment]
    top.thread = post.thread
    return top
