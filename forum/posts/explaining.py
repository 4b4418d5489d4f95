"""What a reader sees of posts that are not public, where they stand in their thread."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from forum.posts.holding import held_cards
from forum.posts.statuses import PostStatus

TAKEN_DOWN = frozenset({PostStatus.HIDDEN.value, PostStatus.REMOVED.value})


def explained(user: Any, rows: Iterable[Any]) -> dict[int, str]:
    """HTML by post: of what a rule holds back, and of the reader's own that was taken down. Whoever
    decides on that stands higher, so the settings name them. No query if there is none of either.
    """
    shown = list(rows)
    cards = held_cards(user, shown)
    mine = [row.pk for row in shown if row.author_id == user.pk and row.status in TAKEN_DOWN]
    if mine:
        cards |= import_string(settings.TAKEN_DOWN_POSTS)(user, mine)
    return cards
