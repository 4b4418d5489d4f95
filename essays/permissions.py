from collections.abc import Sequence
from typing import Any

from essays.models import Essay
from forum.guard.permissions import can_write
from forum.lib.verdict import Verdict, denied


def can_edit(user: Any, essay: Essay) -> Verdict:
    """Editors edit every essay; `essay` is there for rules that name single ones."""
    if user is None or not getattr(user, "is_editor", False) or not user.is_active:
        return denied("Only editors change essays.")
    return can_write(user)


def can_settle(user: Any) -> Verdict:
    """Say by hand where a doubtful passage stands: editors and moderators do."""
    if not (getattr(user, "is_editor", False) or getattr(user, "is_moderator", False)):
        return denied("Only editors and moderators settle passages.")
    return can_write(user)


def can_keep_images(user: Any) -> Verdict:
    if user is None or not getattr(user, "is_editor", False) or not user.is_active:
        return denied("Only editors keep images.")
    return can_write(user)


def can_remove_image(user: Any, shown_in: Sequence[Essay]) -> Verdict:
    """A version of an essay is never changed, and so nothing that it shows goes away."""
    if shown_in:
        return denied(f"This image is shown in “{shown_in[0].title}”, so it stays.")
    return can_keep_images(user)


def speaks_as_author(user: Any, essay: Essay) -> bool:
    """Whether this member may answer as the essay's author: the author, or an editor."""
    return user.is_authenticated and (essay.author_id == user.pk or user.is_editor)
