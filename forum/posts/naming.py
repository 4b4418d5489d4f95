"""A member's name stands in the stored card of each post of theirs: a new name is stored anew."""

from django.db import transaction
from django.db.models import F
from django_tasks import task

from essays.models import Essay
from forum.accounts.actions import change_name
from forum.accounts.models import User
from forum.posts.fragments import render_card
from forum.posts.models import Post, Thread

# One transaction each: on SQLite nobody else writes meanwhile.
BATCH = 200
# Done at once, so that most members see their new name everywhere on the next page.
AT_ONCE = 200


def rename(*, member: User, display_name: str, about: str) -> User:
    """What stands beside what they wrote follows: the newest posts at once, the rest by a task."""
    before = member.name
    member = change_name(member=member, display_name=display_name, about=about)
    if member.name != before:
        renew_cards(member)
    return member


def renew_cards(member: User) -> None:
    last = renew_batch(member.pk, before=None, size=AT_ONCE)
    if last is not None:
        renew_the_rest.enqueue(member.pk, last)


@task
def renew_the_rest(member_id: int, before: int) -> None:
    """Each batch looks the name up again, so of two new names the last one stands."""
    last: int | None = before
    while last is not None:
        last = renew_batch(member_id, before=last, size=BATCH)


@transaction.atomic
def renew_batch(member_id: int, *, before: int | None, size: int) -> int | None:
    """The newest `size` posts below number `before`; gives the last one's, if there are more."""
    posts = Post.objects.select_for_update(of=("self",)).filter(author=member_id)
    if before is not None:
        posts = posts.filter(pk__lt=before)
    found = list(posts.select_related("author").order_by("-pk")[: size + 1])
    renewed = found[:size]
    for post in renewed:
        post.card_html = render_card(post)
    Post.objects.bulk_update(renewed, ["card_html"], batch_size=BATCH)
    show_anew({post.thread_id for post in renewed})
    return renewed[-1].pk if len(found) > size else None


def show_anew(threads: set[int]) -> None:
    """Threads before their essays, each in the order of its number, as every action takes them."""
    held = Thread.objects.select_for_update().filter(pk__in=threads).order_by("pk")
    essays = {thread.essay_id for thread in held}
    Thread.objects.filter(pk__in=threads).update(version=F("version") + 1)
    for pk in sorted(essays):
        Essay.objects.filter(pk=pk).update(version=F("version") + 1)
