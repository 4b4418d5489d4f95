"""What a moderator sees before a branch is moved: what goes, where to, and what becomes of it."""

from typing import Any

from forum.counterpoints.foreseeing import labels_after
from forum.counterpoints.link_choice import offered
from forum.moderation import words
from forum.moderation.destinations import ALONE, Destination
from forum.moderation.models import Decision, Outcome, Relocation
from forum.posts.models import Post, ThreadKind
from forum.posts.moving_branches import branch_of

ASKED_LENGTH = 300


def _common(post: Post) -> dict[str, Any]:
    branch = branch_of(post).order_by()
    return {
        "section": "log",
        "post": post,
        "subject": words.subject_of(post),
        "is_claims": post.thread.kind == ThreadKind.CLAIM,
        "size": branch.count(),
        "writers": branch.values("author").distinct().count(),
    }


def choosing(post: Post, asked: str) -> dict[str, Any]:
    """Of a counterpoint the claims that it may be meant for are offered: by their words, too."""
    is_claims = post.thread.kind == ThreadKind.CLAIM
    return _common(post) | {
        "asked": asked,
        "candidates": offered(post.thread.claim, asked) if is_claims else [],
        "alone": ALONE if post.depth > 1 else "",
    }


def carried_out(decision: Decision | None) -> dict[str, Any] | None:
    """Of a decision to move something: from where to where; 1 query."""
    if decision is None or decision.outcome != Outcome.MOVE:
        return None
    known = Relocation.objects.select_related(
        "source__essay", "source__claim", "target__essay", "target__claim",
        "answered_before", "answered",
    )  # fmt: skip
    done = known.get(decision=decision)
    return {
        "origin": Destination(done.source, done.answered_before),
        "to": Destination(done.target, done.answered, is_alone=done.is_split),
        "count": done.count,
    }


def preview(post: Post, to: Destination) -> dict[str, Any]:
    found = _common(post) | {"to": to, "source": post.thread}
    if found["is_claims"] and to.thread.kind == ThreadKind.CLAIM:
        labels = labels_after(post, to.thread.pk, to.answered.pk if to.answered else None)
        found |= {"label_there": labels[to.thread.pk], "label_here": labels[post.thread_id]}
    return found
