"""Moving a branch as a decision: what it does, and how that is taken back."""

from datetime import datetime
from typing import Any

from forum.counterpoints import moving as counterpoints
from forum.discussion import moving as discussion
from forum.lib.verdict import Refused
from forum.moderation.destinations import Destination, opened
from forum.moderation.models import Decision, LogEntry, Relocation
from forum.posts.models import Post, ThreadKind
from forum.posts.moving_branches import Origin, branch_of
from forum.posts.placing import MOVED


def carry_out(decision: Decision, to: Destination, entry: LogEntry) -> None:
    top, thread = decision.case.post, opened(to)
    url = entry.get_absolute_url()
    origin: Origin
    if thread.kind == ThreadKind.CLAIM:
        origin = counterpoints.move_branch(
            top=top, thread=thread, parent=to.answered, url=url, now=decision.created_at
        )
    else:
        origin = discussion.move_branch(top=top, thread=thread, parent=to.answered, url=url)
    Relocation.objects.create(
        decision=decision, target=thread, answered=to.answered, source_id=origin.thread,
        answered_before_id=origin.parent, step_before=origin.step, order_before=origin.order,
        moved_url_before=origin.moved_url or "", count=origin.count, took_sign=origin.took_sign,
        pace_before=origin.pace, pace_there_before=origin.pace_there,
    )  # fmt: skip


def take_back(decision: Decision, now: datetime) -> None:
    """To where it was; below what it answered, wherever that stands by now."""
    done = decision.relocation
    posts = Post.objects.select_related("thread", "author")
    top = posts.get(pk=decision.case.post.pk)
    parent = posts.get(pk=done.answered_before_id) if done.answered_before_id else None
    if top.thread_id != done.target_id:
        # It went on with a branch of which it was a part.
        raise Refused(str(MOVED))
    back: dict[str, Any] = {
        "top": top, "origin": done.origin, "parent": parent, "answered": done.answered_id,
    }  # fmt: skip
    if top.thread.kind == ThreadKind.CLAIM:
        counterpoints.move_back(**back, now=now)
    else:
        discussion.move_back(**back)


def authors(decision: Decision) -> list[int]:
    """Of all that went over with the post."""
    top = Post.objects.get(pk=decision.case.post.pk)
    return sorted(set(branch_of(top).order_by().values_list("author", flat=True)))
