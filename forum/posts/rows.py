"""Posts and threads as rows that others change, too: held while they are changed, and marked as
changed for the pages that show them.
"""

from django.db.models import F

from essays.actions import raise_version as raise_essay_version
from forum.lib.verdict import Refused
from forum.posts.models import Post, Thread
from forum.posts.placing import MOVED


def held(post: Post) -> Post:
    """The row as it is now, held until the transaction ends, so that no change is lost.

    Permissions are asked of it, not of what a page read before: a post that was taken down in the
    meantime is not withdrawn into sight again.
    """
    fresh = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if fresh.thread_id != post.thread_id:
        raise Refused(str(MOVED))
    fresh.thread, fresh.author = post.thread, post.author
    return fresh


def raise_thread_version(thread_id: int) -> None:
    """The thread's page shows something else now, and no other page does."""
    Thread.objects.filter(pk=thread_id).update(version=F("version") + 1)


def touch(post: Post) -> None:
    raise_thread_version(post.thread_id)
    raise_essay_version(post.thread.essay_id)
