"""Whether a post convinces: votes, and the rank that comes of them."""

from django.utils import timezone

from forum.accounts.models import MEMBER, User
from forum.guard.deeds import level_of
from forum.lib.transactions import joined
from forum.lib.verdict import ensure
from forum.posts import permissions
from forum.posts.models import Post, Vote
from forum.posts.rows import held, touch


def weight_of(voter: User) -> int:
    """Whoever has only just come may vote: it counts where they vote again as a member."""
    return int(level_of(voter) >= MEMBER)


@joined
def vote(*, voter: User, post: Post, is_up: bool | None) -> Post:
    """Say whether a post convinces; None takes the vote back. The last word counts."""
    post = held(post)
    ensure(permissions.can_vote(voter, post))
    cast = Vote.objects.filter(voter=voter, post=post).first()
    if (cast.is_up if cast else None) == is_up:
        return post
    # The post's row is held, so nobody casts this vote at the same time.
    if is_up is None:
        Vote.objects.filter(voter=voter, post=post).delete()
    elif cast is None:
        Vote.objects.create(voter=voter, post=post, is_up=is_up, weight=weight_of(voter))
    else:
        # Cast anew: on the words under debate as they are now.
        Vote.objects.filter(pk=cast.pk).update(
            is_up=is_up, weight=weight_of(voter), created_at=timezone.now()
        )
    if cast is not None:
        post.count_vote(is_up=cast.is_up, by=-cast.weight)
    if is_up is not None:
        post.count_vote(is_up=is_up, by=weight_of(voter))
    post.rank()
    post.save(update_fields=["up", "down", "best"])
    touch(post)
    return post
