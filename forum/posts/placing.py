"""Where a new post stands in the tree of its thread."""

from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from forum.lib.prepared import Prepared, PreparedUpdate
from forum.lib.verdict import Refused
from forum.posts import paths
from forum.posts.models import Post, Thread

MOVED = _("This post was moved to another place meanwhile. Load the page again.")


def place(post: Post, parent: Post | None) -> None:
    """Give the post its place in the tree, under a lock on the row that hands out the number."""
    if parent is not None and parent.depth >= paths.MAX_DEPTH:
        parent = parent.parent
    post.parent = parent
    if parent is None or parent.is_statement:
        thread = Thread.objects.select_for_update().get(pk=post.thread_id)
        Thread.objects.filter(pk=thread.pk).update(top_count=thread.top_count + 1)
        post.path, post.depth = paths.child("", thread.top_count + 1), 1
        return
    # The branch before the parent, always: two writers cannot wait for each other.
    top = _held(parent.branch_id or parent.pk)
    above = top if top.pk == parent.pk else _held(parent.pk)
    if (above.thread_id, above.branch_id or above.pk) != (post.thread_id, top.pk):
        raise Refused(str(MOVED))
    _one_in_branch(pk=top.pk)
    _one_reply(pk=above.pk)
    post.branch_id, post.place_in_branch = top.pk, top.branch_count + 1
    post.path = paths.child(above.path, above.reply_count + 1)
    post.depth = paths.depth(post.path)


class _Held(NamedTuple):
    """Of a post whose row is locked until the transaction ends."""

    pk: int
    thread_id: int
    branch_id: int | None
    reply_count: int
    branch_count: int
    path: str


_locked = Prepared(
    lambda pk: Post.objects.select_for_update().filter(pk=pk).values_list(*_Held._fields)
)
_one_in_branch = PreparedUpdate(
    lambda pk: (Post.objects.filter(pk=pk), {"branch_count": F("branch_count") + 1})
)
_one_reply = PreparedUpdate(
    lambda pk: (Post.objects.filter(pk=pk), {"reply_count": F("reply_count") + 1})
)


def _held(pk: int) -> _Held:
    (row,) = _locked(pk=pk)
    return _Held._make(row)
