"""What may be moved, and where to. Each answer is a Verdict with its reason."""

from typing import Any

from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.moderation.destinations import Destination
from forum.moderation.permissions import can_open_case
from forum.posts import moving_branches as posts
from forum.posts.models import Post, Thread, ThreadKind


def can_move(user: Any, post: Post) -> Verdict:
    """Anywhere at all."""
    verdict = can_open_case(user, post)
    if not verdict:
        return verdict
    if post.is_statement:
        return denied(_("A claim is not moved: it is put on other words, or merged."))
    if not post.is_visible:
        return denied(_("Only what everybody can read is moved."))
    return ALLOWED


def can_move_to(user: Any, post: Post, to: Destination) -> Verdict:
    verdict = can_move(user, post)
    if not verdict:
        return verdict
    if to.thread.kind != post.thread.kind:
        return denied(
            _("A counterpoint goes to a claim or another counterpoint, a remark to a discussion.")
        )
    answered = to.answered.pk if to.answered is not None else None
    if to.thread.pk == post.thread_id and answered == post.parent_id:
        return denied(_("It stands there already."))
    return _is_open(to) and posts.fits(post, to.answered) and _may_leave(post, to)


def _is_open(to: Destination) -> Verdict:
    if to.thread.is_locked:
        return denied(_("The thread there is locked: nothing is added to it."))
    if not to.thread.essay.is_published or to.thread.essay.retired_at is not None:
        return denied(_("The essay there takes nothing any more."))
    if to.answered is not None and not to.answered.is_visible:
        return denied(_("What it would answer there was taken down or withdrawn."))
    return _is_claim_open(to.thread) if to.thread.kind == ThreadKind.CLAIM else ALLOWED


def _is_claim_open(thread: Thread) -> Verdict:
    if thread.claim.merged_into_id is not None:
        return denied(_("That claim has become part of another one."))
    if not thread.claim.opening.is_visible:
        return denied(_("That claim was taken down."))
    return ALLOWED


def _may_leave(post: Post, to: Destination) -> Verdict:
    """Whoever speaks for an essay speaks for no other one: what they grant holds there alone."""
    if to.thread.essay_id == post.thread.essay_id:
        return ALLOWED
    if posts.branch_of(post).filter(as_author=True).exists():
        return denied(_("The essay’s author speaks in this branch: it stays with their essay."))
    return ALLOWED
