"""Where a new post stands in the tree of its thread."""

from django.utils.translation import gettext_lazy as _

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
    rows = Post.objects.select_for_update().only(
        "pk", "thread_id", "branch_id", "reply_count", "branch_count", "path"
    )
    # The branch before the parent, always: two writers cannot wait for each other.
    top = rows.get(pk=parent.branch_id or parent.pk)
    above = top if top.pk == parent.pk else rows.get(pk=parent.pk)
    if (above.thread_id, above.branch_id or above.pk) != (post.thread_id, top.pk):
        raise Refused(str(MOVED))
    Post.objects.filter(pk=top.pk).update(branch_count=top.branch_count + 1)
    Post.objects.filter(pk=above.pk).update(reply_count=above.reply_count + 1)
    post.branch_id, post.place_in_branch = top.pk, top.branch_count + 1
    post.path = paths.child(above.path, above.reply_count + 1)
    post.depth = paths.depth(post.path)
