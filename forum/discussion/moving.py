"""A remark goes over to another essay's discussion, or elsewhere in its own, with all below it."""

from django.db import transaction

from essays.actions import raise_version
from forum.posts import moving_branches as posts
from forum.posts.models import Post, Thread
from forum.posts.moving_branches import Origin


@transaction.atomic
def move_branch(*, top: Post, thread: Thread, parent: Post | None, url: str) -> Origin:
    """Below another remark, or below none. Whoever calls it has asked permission."""
    origin = posts.move_branch(top=top, thread=thread, parent=parent, url=url)
    _count(top.pk, origin.thread)
    return origin


@transaction.atomic
def move_back(
    *, top: Post, origin: Origin, parent: Post | None, answered: int | None = None
) -> None:
    source = Post.objects.values_list("thread", flat=True).get(pk=top.pk)
    posts.move_back(top=top, origin=origin, parent=parent, answered=answered)
    _count(top.pk, source)


def _count(moved: int, source: int) -> None:
    top = Post.objects.select_related("thread").get(pk=moved)
    left, come = Thread.objects.get(pk=source).essay_id, top.thread.essay_id
    public = posts.branch_of(top).filter(holding__isnull=True).count()
    for essay in sorted({left, come}):
        raise_version(essay, post_count=public * ((essay == come) - (essay == left)))
