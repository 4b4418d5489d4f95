"""Where a new post stands in the tree of its thread."""

from typing import NamedTuple

from django.db.models import Case, F, When
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
    top, above = _held(parent.branch_id or parent.pk, parent.pk)
    if (above.thread_id, above.branch_id or above.pk) != (post.thread_id, top.pk):
        raise Refused(str(MOVED))
    _one_more(pks=[top.pk, above.pk], top=top.pk, above=above.pk)
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


# The branch before the parent, always: two writers cannot wait for each other.
_locked = Prepared(
    lambda pks: (
        Post.objects.select_for_update()
        .filter(pk__in=pks)
        .order_by("depth")
        .values_list(*_Held._fields)
    )
)


def _one_if(pk: int) -> Case:
    return Case(When(pk=pk, then=1), default=0)


_one_more = PreparedUpdate(
    lambda pks, top, above: (
        Post.objects.filter(pk__in=pks),
        {
            "branch_count": F("branch_count") + _one_if(top),
            "reply_count": F("reply_count") + _one_if(above),
        },
    )
)


def _held(top: int, parent: int) -> tuple[_Held, _Held]:
    """Both, which may be one."""
    wanted = list(dict.fromkeys((top, parent)))
    rows = [_Held._make(row) for row in _locked(pks=wanted)]
    if [row.pk for row in rows] != wanted:
        raise Refused(str(MOVED))
    return rows[0], rows[-1]
