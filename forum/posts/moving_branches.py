"""A post goes over to another place with all below it: in another thread, or in its own.

Within the branch nothing changes, and all addresses stay: a post is found by its number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from forum.lib.verdict import ALLOWED, Verdict, denied, ensure
from forum.posts import paths
from forum.posts.cards import store_card
from forum.posts.holding import is_unpublished
from forum.posts.models import Post, Thread
from forum.posts.pace import Pace, branch_pace, set_branch_pace

_MOVE = (
    "UPDATE posts_post SET thread_id = %s, path = %s || substr(path, %s), depth = depth + %s,"
    " branch_id = %s, place_in_branch = place_in_branch + %s"
    " WHERE thread_id = %s AND path >= %s AND path < %s"
)
_RENUMBER = (
    "UPDATE posts_post SET place_in_branch = ordered.place FROM (SELECT id AS post,"
    " ROW_NUMBER() OVER (ORDER BY place_in_branch, id) AS place FROM posts_post"
    " WHERE branch_id = %s) AS ordered"
    " WHERE posts_post.id = ordered.post AND posts_post.place_in_branch <> ordered.place"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a branch stood: all that it takes to put it back exactly there."""

    thread: int
    parent: int | None
    # Which reply to its parent it was. No other one ever gets that number.
    step: int
    # The posts of the branch that it was a part of, in the order of writing.
    order: list[int]
    moved_url: str | None
    # So many posts went over.
    count: int
    # There stood a line, where it came to, that it had once been moved from there.
    took_sign: bool = False
    # How slow it was by itself, and the branch of which it became a part.
    pace: Pace | None = None
    pace_there: Pace | None = None


def _branch_pk(post: Post) -> int:
    """The top-level post of the branch that it is a part of: itself, maybe."""
    return post.branch_id or post.pk


def branch_of(top: Post) -> "QuerySet[Post]":
    """The post and all below it."""
    end = paths.below(top.path)[1]
    return Post.objects.filter(thread=top.thread_id, path__gte=top.path, path__lt=end)


def fits(top: Post, parent: Post | None) -> Verdict:
    """Whether all of the branch finds room below that post, and is no part of itself there."""
    if parent is None:
        return ALLOWED
    is_below = parent.thread_id == top.thread_id and parent.path.startswith(top.path)
    if is_below:
        return denied(_("A branch is not moved into itself."))
    deepest = branch_of(top).aggregate(deepest=Max("depth"))["deepest"] or top.depth
    if parent.depth + 1 + deepest - top.depth > paths.MAX_DEPTH:
        return denied(_("The branch would be deeper there than a thread gets."))
    return ALLOWED


@transaction.atomic
def move_branch(*, top: Post, thread: Thread, parent: Post | None, url: str) -> Origin:
    """Below `parent` in that thread, or below nothing, as its newest. `url` says why.

    A building block: whoever calls it has asked permission, and in a claim's debate holds both
    claims. Elsewhere the posts are held before the threads, as by everybody who writes.
    """
    top, parent = _hold(top, parent)
    ensure(fits(top, parent))
    origin = _origin_of(top)
    _leave_sign(top, thread)
    pace, pace_there = _carry(top, thread.pk, parent, _next_step(thread, parent))
    took_sign = _take_sign(top)
    _dress(top, url)
    return replace(origin, took_sign=took_sign, pace=pace, pace_there=pace_there)


@transaction.atomic
def move_back(
    *, top: Post, origin: Origin, parent: Post | None, answered: int | None = None
) -> None:
    """Taken back: to the very place, in the order in which all of it was written.

    `parent` is what it answered, wherever that stands now; `answered` what it was moved below.
    """
    top, parent = _hold(top, parent)
    ensure(fits(top, parent))
    left, joined = top.thread_id, _branch_pk(top)
    _carry(top, parent.thread_id if parent else origin.thread, parent, origin.step)
    if origin.took_sign:
        _set_sign(top.pk, answered, left, is_away=True)
    if joined != top.pk:
        _set_paces_back(top, left, joined, origin)
    _put_in_order(parent.branch_id if parent else None, origin.order)
    _take_sign(top)
    _dress(top, origin.moved_url)


def _hold(top: Post, parent: Post | None) -> tuple[Post, Post | None]:
    """As they are now. First what hands out numbers in a branch, then the rest, then its parent."""
    rows = Post.objects.select_for_update(of=("self",)).order_by("pk")
    branches = {_branch_pk(one) for one in (top, parent) if one is not None}
    list(rows.filter(pk__in=branches).only("pk"))
    top = Post.objects.select_related("author").get(pk=top.pk)
    list(rows.filter(pk__in=branch_of(top).order_by().values("pk")).only("pk"))
    return top, rows.get(pk=parent.pk) if parent is not None else None


def _origin_of(top: Post) -> Origin:
    branch = Post.objects.filter(branch=top.branch_id).order_by("place_in_branch", "pk")
    return Origin(
        thread=top.thread_id, parent=top.parent_id, moved_url=top.moved_url,
        step=paths.number(top.path[-paths.STEP_WIDTH :]),
        order=list(branch.values_list("pk", flat=True)) if top.depth > 1 else [],
        count=branch_of(top).count(),
    )  # fmt: skip


def _next_step(thread: Thread, parent: Post | None) -> int:
    if parent is not None:
        Post.objects.filter(pk=parent.pk).update(reply_count=F("reply_count") + 1)
        return parent.reply_count + 1
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    Thread.objects.filter(pk=held.pk).update(top_count=held.top_count + 1)
    return held.top_count + 1


def _carry(
    top: Post, thread: int, parent: Post | None, number: int
) -> tuple[Pace | None, Pace | None]:
    """The rows themselves, one statement however many, and what is counted of them. Gives how slow
    it was, and what it joined."""
    source, old_branch, old_path = top.thread_id, _branch_pk(top), top.path
    moved = branch_of(top)
    public = moved.filter(holding__isnull=True).count()
    branch = _branch_pk(parent) if parent is not None else top.pk
    is_joined = branch not in {old_branch, top.pk}
    after = Post.objects.get(pk=branch).branch_count if is_joined else 0
    path = paths.child(parent.path if parent is not None else "", number)
    shift = paths.depth(path) - top.depth
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVE,
            [
                thread, path, len(old_path) + 1, shift, branch, after,
                source, old_path, paths.below(old_path)[1],
            ],
        )  # fmt: skip
        for each in {old_branch, branch}:
            cursor.execute(_RENUMBER, [each])
    new_parent = parent.pk if parent is not None else None
    Post.objects.filter(pk=top.pk).update(parent=new_parent, branch_count=1)
    for each in {old_branch, branch}:
        size = Post.objects.filter(branch=each).count()
        Post.objects.filter(pk=each, depth=1).update(branch_count=size)
    _count(source, thread, public)
    paces = _carry_pace(top.pk, old_branch, source, thread, branch)
    top.thread_id, top.parent_id, top.branch_id, top.path = thread, new_parent, branch, path
    top.depth = paths.depth(path)
    return paces


def _count(source: int, target: int, public: int) -> None:
    for pk in sorted({source, target}):
        by = 0 if source == target else public if pk == target else -public
        Thread.objects.filter(pk=pk).update(
            post_count=F("post_count") + by, last_post_at=_last_in(pk), version=F("version") + 1
        )


def _carry_pace(
    top: int, old_branch: int, source: int, target: int, branch: int
) -> tuple[Pace | None, Pace | None]:
    """A branch that is slow stays so, and so does a part of it that is split off. What it becomes a
    part of gets the stricter pace of both."""
    before = Thread.objects.get(pk=source)
    pace = branch_pace(before, old_branch)
    if pace is None or (source == target and branch == old_branch):
        return pace, None
    if old_branch == top:
        set_branch_pace(thread=before, branch=top, pace=None)
    after = Thread.objects.get(pk=target)
    there = branch_pace(after, branch)
    set_branch_pace(thread=after, branch=branch, pace=_stricter(pace, there))
    return pace, there


def _stricter(pace: Pace, there: Pace | None) -> Pace:
    return there if there is not None and there.minutes >= pace.minutes else pace


def _set_paces_back(top: Post, left: int, joined: int, origin: Origin) -> None:
    """A branch again, it is as slow as it was; so is what it leaves, unless that was changed."""
    there = Thread.objects.get(pk=left)
    if origin.pace and branch_pace(there, joined) == _stricter(origin.pace, origin.pace_there):
        set_branch_pace(thread=there, branch=joined, pace=origin.pace_there)
    home = Thread.objects.get(pk=top.thread_id)
    if _branch_pk(top) == top.pk and branch_pace(home, top.pk) != origin.pace:
        set_branch_pace(thread=home, branch=top.pk, pace=origin.pace)


def _last_in(thread: int) -> object:
    """The newest of what was ever public there: nearly always among the last few written."""
    posts = Post.objects.filter(thread=thread, depth__gt=0, holding__isnull=True)
    return posts.aggregate(last=Max("created_at"))["last"]


def _put_in_order(branch: int | None, order: Iterable[int]) -> None:
    known = {pk: place for place, pk in enumerate(order)}
    if branch is None or not known:
        return
    rows = list(Post.objects.filter(branch=branch).values_list("pk", "place_in_branch"))
    # What was written since comes after what there was.
    rows.sort(key=lambda row: (row[0] not in known, known.get(row[0], row[1])))
    changed = [(place, pk) for place, (pk, was) in enumerate(rows, 1) if was != place]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE posts_post SET place_in_branch = %s WHERE id = %s", changed)


def _leave_sign(top: Post, thread: Thread) -> None:
    """What it answered says where it stands now; a thread says it of what answered nothing."""
    if top.parent_id is not None or thread.pk != top.thread_id:
        _set_sign(top.pk, top.parent_id, top.thread_id, is_away=True)


def _take_sign(top: Post) -> bool:
    """From where it stands now. Says whether there was one."""
    return _set_sign(top.pk, top.parent_id, top.thread_id, is_away=False)


def _set_sign(moved: int, parent: int | None, thread: int, *, is_away: bool) -> bool:
    """Says whether that changes anything."""
    if parent is None:
        return _sign_thread(thread, moved, is_away=is_away)
    return _sign(parent, moved, is_away=is_away)


def _sign(parent: int, moved: int, *, is_away: bool) -> bool:
    post = Post.objects.select_for_update(of=("self",)).select_related("author").get(pk=parent)
    signs = _signs(post.moved_away, moved, is_away=is_away)
    if signs == post.moved_away:
        return False
    post.moved_away = signs
    _store_card(post)
    return True


def _sign_thread(thread: int, moved: int, *, is_away: bool) -> bool:
    held = Thread.objects.select_for_update().get(pk=thread)
    signs = _signs(held.moved_away, moved, is_away=is_away)
    if signs == held.moved_away:
        return False
    Thread.objects.filter(pk=thread).update(moved_away=signs)
    return True


def _signs(known: list[int] | None, moved: int, *, is_away: bool) -> list[int] | None:
    others = [pk for pk in known or [] if pk != moved]
    return ([*others, moved] if is_away else others) or None


def _dress(top: Post, url: str | None) -> None:
    top.moved_url = url
    _store_card(top)


def _store_card(post: Post) -> None:
    store_card(post, is_unpublished=is_unpublished(post))
    post.save(update_fields=["moved_url", "moved_away", "card_html"])
