"""Holding the row of a case: whoever changes a case does it behind its lock."""

from datetime import datetime
from typing import Any

from forum.accounts.models import User
from forum.moderation.models import Case, CaseState
from forum.posts.models import Post


def open_case_of(post: Post, now: datetime, opened_by: User | None = None) -> Case:
    """The post's one open case, its row held. A decision in between makes it take a new one."""
    return _held({"post": post}, now, opened_by)


def open_case_about(member: User, now: datetime, opened_by: User | None = None) -> Case:
    """The same of the one about a member."""
    return _held({"member": member}, now, opened_by)


def open_again(case: Case, now: datetime, opened_by: User | None = None) -> Case:
    """The open case of what this one is about."""
    if case.is_about_member:
        return open_case_about(case.accused, now, opened_by)
    return open_case_of(case.post, now, opened_by)


def _held(about: dict[str, Any], now: datetime, opened_by: User | None) -> Case:
    while True:
        case, _ = Case.objects.get_or_create(
            **about, state=CaseState.OPEN, defaults={"opened_at": now, "opened_by": opened_by}
        )
        held = locked(case)
        if held.is_open:
            return held


def locked(case: Case) -> Case:
    """The case as it is now, its row held until the transaction ends."""
    rows = Case.objects.with_appeals()
    rows = rows.select_related("post__author", "post__thread__essay", "member")
    return rows.select_for_update(of=("self",)).get(pk=case.pk)
