from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from essays.actions import raise_version as raise_essay_version
from essays.models import Essay
from essays.permissions import speaks_as_author
from forum.accounts.models import User
from forum.guard.deeds import level_of
from forum.guard.limits import Deed, count
from forum.lib.folding import fold
from forum.lib.rendering import RENDERER_VERSION, RenderedPost, Unrenderable, render_post
from forum.lib.verdict import ensure
from forum.notifications.actions import forget_words, notify
from forum.posts import paths, permissions
from forum.posts.fragments import store_card
from forum.posts.models import Post, PostVersion, Thread, Vote
from forum.posts.pace import PARTS, is_slow
from forum.posts.statuses import PostStatus

# A slip of the pen can be mended unseen for this long, unless somebody answered or voted.
GRACE = timedelta(minutes=15)
EXCERPT_LENGTH = 200
# Nobody speaks to more people in one post; whoever names hundreds wants to be a nuisance.
MENTIONS_TOLD = 20


def excerpt(text: str, length: int = EXCERPT_LENGTH) -> str:
    """The first words on one line, cut after a whole one."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = line[: length - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


@transaction.atomic
def open_thread(*, essay: Any, kind: str) -> Thread:
    return Thread.objects.create(essay=essay, kind=kind)


@transaction.atomic
def write(
    *,
    author: User,
    thread: Thread,
    parent: Post | None,
    source: str,
    as_author: bool = False,
    now: datetime | None = None,
) -> Post:
    """Add a post to a thread. `parent` None makes it top-level; the deepest place takes the rest.

    The building block of comments and counterpoints: whoever calls it has asked its permission.
    Raises `Unrenderable` with a sentence.
    """
    if parent is not None:
        ensure(permissions.can_reply(author, parent, as_author=as_author))
    else:
        ensure(permissions.can_post(author, thread, as_author=as_author))
    rendered = render_post(source)
    post = Post(
        thread=thread, author=author, source=source, as_author=as_author,
        created_at=now or timezone.now(),
    )  # fmt: skip
    dress(post, rendered)
    _place(post, parent)
    post.save()
    if post.branch_id is None:
        post.branch = post
    store_card(post)
    post.save(update_fields=["branch", "card_html"])
    _count_in(post)
    _tell_mentioned(post, rendered.mentions)
    return post


@transaction.atomic
def write_opening(*, author: User, thread: Thread, source: str, now: datetime) -> Post:
    """The post that opens a claim: its statement, above the tree."""
    by_author = speaks_as_author(author, thread.essay)
    ensure(permissions.can_post(author, thread, as_author=by_author))
    post = Post(thread=thread, author=author, source=source, path="", depth=0, created_at=now)
    dress(post, render_post(source))
    post.save()
    store_card(post)
    post.save(update_fields=["card_html"])
    User.objects.filter(pk=author.pk).update(post_count=F("post_count") + 1)
    return post


def dress(post: Post, rendered: RenderedPost) -> None:
    if not rendered.text.strip():
        raise Unrenderable("There is nothing to read in it yet.")
    post.html, post.text, post.folded = rendered.html, rendered.text, fold(rendered.text)
    post.renderer_version = RENDERER_VERSION


def _place(post: Post, parent: Post | None) -> None:
    """Give the post its place in the tree, under a lock on the row that hands out the number."""
    if parent is not None and parent.depth >= paths.MAX_DEPTH:
        parent = parent.parent
    post.parent = parent
    if parent is None or parent.is_statement:
        thread = Thread.objects.select_for_update().get(pk=post.thread_id)
        Thread.objects.filter(pk=thread.pk).update(top_count=thread.top_count + 1)
        post.path, post.depth = paths.child("", thread.top_count + 1), 1
        return
    rows = Post.objects.select_for_update().only("pk", "reply_count", "branch_count", "path")
    # The branch before the parent, always: two writers cannot wait for each other.
    top = rows.get(pk=parent.branch_id or parent.pk)
    above = top if top.pk == parent.pk else rows.get(pk=parent.pk)
    Post.objects.filter(pk=top.pk).update(branch_count=top.branch_count + 1)
    Post.objects.filter(pk=above.pk).update(reply_count=above.reply_count + 1)
    post.branch_id, post.place_in_branch = top.pk, top.branch_count + 1
    post.path = paths.child(above.path, above.reply_count + 1)
    post.depth = paths.depth(post.path)


def _count_in(post: Post) -> None:
    Thread.objects.filter(pk=post.thread_id).update(
        post_count=F("post_count") + 1,
        version=F("version") + 1,
        last_post_at=post.created_at,
    )
    _keep_pace(post)
    User.objects.filter(pk=post.author_id).update(post_count=F("post_count") + 1)


def _keep_pace(post: Post) -> None:
    """Two posts sent at once would each be the first: it is asked again behind the essay's row,
    which all that is written on the essay passes one by one, thread before essay before members.
    """
    essay, part = post.thread.essay, PARTS[post.thread.kind]
    if is_slow(essay, part) and not post.as_author:
        Essay.objects.select_for_update(no_key=True).only("pk").get(pk=essay.pk)
        ensure(permissions.has_waited(post.author, essay, part, post.thread, post))


def _tell_mentioned(post: Post, names: Sequence[str]) -> None:
    """Whoever is answered hears of the answer, and need not hear of it twice."""
    if not names:
        return
    silent = [post.author_id, *([post.parent.author_id] if post.parent else [])]
    members = list(User.objects.named(list(names[:MENTIONS_TOLD])).exclude(pk__in=silent))
    if members:
        deed = Deed("mention", account=str(post.author_id), level=level_of(post.author))
        count(deed, times=len(members))
    post.told = [member.pk for member in members]
    for member in members:
        notify(
            recipient=member, kind="mentioned", actor=post.author, sign="pen",
            sentence=f"mentions you in a post on {post.thread.essay.title}",
            excerpt=excerpt(post.text), url=post.get_absolute_url(), now=post.created_at,
            about=f"thread:{post.thread_id}", place=post.thread.essay.title,
        )  # fmt: skip


@transaction.atomic
def edit(*, by: User, post: Post, source: str, now: datetime | None = None) -> Post:
    """Replace the words. What they were stays readable, but for a slip mended unseen."""
    post = _locked(post)
    ensure(permissions.can_edit(by, post))
    now = now or timezone.now()
    if source == post.source:
        return post
    known = _mentioned_in(post.source)
    mentions = _replace(post, source, now, is_unseen=_is_unseen(post, now))
    _tell_mentioned(post, [name for name in mentions if name not in known])
    return post


@transaction.atomic
def amend(*, by: User, post: Post, source: str, now: datetime | None = None) -> Post:
    """Replace the words of a post that a moderator hid. It stays hidden, and what it said was
    taken down: no reader finds it in the history. Nobody is called to what cannot be read.
    """
    post = _locked(post)
    ensure(permissions.can_amend(by, post))
    _replace(post, source, now or timezone.now(), is_public=False)
    return post


def _replace(
    post: Post, source: str, now: datetime, *, is_unseen: bool = False, is_public: bool = True
) -> Sequence[str]:
    """Gives the names that the new words mention."""
    rendered = render_post(source)
    if not is_unseen:
        PostVersion.objects.create(
            post=post, number=post.edit_count + 1, source=post.source, html=post.html,
            written_at=post.edited_at or post.created_at, is_public=is_public,
        )  # fmt: skip
        post.edit_count += 1
        post.edited_at = now
    post.source = source
    dress(post, rendered)
    store_card(post)
    post.save(
        update_fields=[
            "source", "html", "text", "folded", "renderer_version", "edit_count", "edited_at",
            "card_html",
        ]
    )  # fmt: skip
    _touch(post)
    return rendered.mentions


def _mentioned_in(source: str) -> Sequence[str]:
    try:
        return render_post(source).mentions
    except Unrenderable:  # taken when the limits were wider
        return ()


def _is_unseen(post: Post, now: datetime) -> bool:
    has_echo = post.reply_count or post.up or post.down or post.edit_count
    return not has_echo and now - post.created_at <= GRACE


@transaction.atomic
def withdraw(*, by: User, post: Post, now: datetime | None = None) -> Post:
    post = _locked(post)
    ensure(permissions.can_withdraw(by, post))
    return set_status(post=post, status=PostStatus.WITHDRAWN, now=now)


@transaction.atomic
def set_status(*, post: Post, status: str, url: str = "", now: datetime | None = None) -> Post:
    """Hide, hold, remove, withdraw or restore. Whoever calls it has asked its permission."""
    post = _locked(post)
    post.status, post.status_url = status, url
    post.status_since = now or timezone.now()
    store_card(post)
    post.save(update_fields=["status", "status_url", "status_since", "card_html"])
    if status not in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        forget_words(actor=post.author, url=post.get_absolute_url())
    _touch(post)
    return post


@transaction.atomic
def vote(*, voter: User, post: Post, is_up: bool | None) -> Post:
    """Say whether a post convinces; None takes the vote back. The last word counts."""
    post = _locked(post)
    ensure(permissions.can_vote(voter, post))
    cast = Vote.objects.filter(voter=voter, post=post).first()
    before = cast.is_up if cast else None
    if before == is_up:
        return post
    # The post's row is held, so nobody casts this vote at the same time.
    if is_up is None:
        Vote.objects.filter(voter=voter, post=post).delete()
    elif cast is None:
        Vote.objects.create(voter=voter, post=post, is_up=is_up)
    else:
        # Cast anew: on the words under debate as they are now.
        Vote.objects.filter(pk=cast.pk).update(is_up=is_up, created_at=timezone.now())
    post.up += (is_up is True) - (before is True)
    post.down += (is_up is False) - (before is False)
    post.rank()
    post.save(update_fields=["up", "down", "best"])
    _touch(post)
    return post


@transaction.atomic
def lock(*, thread: Thread, reason: str, now: datetime | None = None) -> None:
    Thread.objects.filter(pk=thread.pk).update(
        locked_at=now or timezone.now(), lock_reason=reason, version=F("version") + 1
    )
    raise_essay_version(thread.essay_id)


@transaction.atomic
def unlock(*, thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(
        locked_at=None, lock_reason="", version=F("version") + 1
    )
    raise_essay_version(thread.essay_id)


def _locked(post: Post) -> Post:
    """The row as it is now, held until the transaction ends, so that no change is lost.

    Permissions are asked of it, not of what a page read before: a post that was taken down in the
    meantime is not withdrawn into sight again.
    """
    fresh = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    fresh.thread, fresh.author = post.thread, post.author
    return fresh


def raise_thread_version(thread_id: int) -> None:
    """The thread's page shows something else now, and no other page does."""
    Thread.objects.filter(pk=thread_id).update(version=F("version") + 1)


def _touch(post: Post) -> None:
    raise_thread_version(post.thread_id)
    raise_essay_version(post.thread.essay_id)
