"""Holding the row of a case: whoever changes a case does it behind its lock."""

from datetime import datetime

from forum.accounts.models import User
from forum.moderation.models import Case, CaseState
from forum.posts.models import Post


def open_case_of(post: Post, now: datetime, opened_by: User | None = None) -> Case:
    """The post's one open case, its row held. A decision in between makes it take a new one."""
    while True:
        case, _ = Case.objects.get_or_create(
            post=post, state=CaseState.OPEN, defaults={"opened_at": now, "opened_by": opened_by}
        )
        held = locked(case)
        if held.is_open:
            return held


def locked(case: Case) -> Case:
    """The case as it is now, its row held until the transaction ends."""
    rows = Case.objects.with_appeals().select_related("post__author", "post__thread__essay")
    return rows.select_for_update(of=("self",)).get(pk=case.pk)
