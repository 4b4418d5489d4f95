from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from essays.models import Essay
from essays.permissions import speaks_as_author
from forum.accounts.models import User
from forum.guard.judging import Judgement
from forum.lib.folding import fold
from forum.lib.prepared import PreparedUpdate
from forum.lib.prepared_insert import PreparedInsert
from forum.lib.rendering import RENDERER_VERSION, RenderedPost, Unrenderable, render_post
from forum.lib.seeded_words import as_read
from forum.lib.transactions import joined
from forum.lib.verdict import Refused, ensure
from forum.notifications.actions import forget_words
from forum.posts import holding, permissions
from forum.posts.cards import store_card
from forum.posts.mentioning import mentioned_in, tell_mentioned
from forum.posts.models import Post, PostVersion, Thread
from forum.posts.pace import PARTS, branch_pace, is_slow
from forum.posts.placing import place
from forum.posts.rows import held, touch
from forum.posts.statuses import PostStatus, StatedRule

_new_post = PreparedInsert(Post)
_own_branch = PreparedUpdate(lambda pk: (Post.objects.filter(pk=pk), {"branch": F("pk")}))
_one_in_thread = PreparedUpdate(
    lambda pk, at: (
        Thread.objects.filter(pk=pk),
        {"post_count": F("post_count") + 1, "version": F("version") + 1, "last_post_at": at},
    )
)
_one_of_author = PreparedUpdate(
    lambda pk: (User.objects.filter(pk=pk), {"post_count": F("post_count") + 1})
)

# A slip of the pen can be mended unseen for this long, unless somebody answered, voted or called
# the moderators.
GRACE = timedelta(minutes=15)


@transaction.atomic
def open_thread(*, essay: Any, kind: str) -> Thread:
    return Thread.objects.create(essay=essay, kind=kind)


@joined
def write(
    *,
    author: User,
    thread: Thread,
    parent: Post | None,
    source: str,
    as_author: bool = False,
    now: datetime | None = None,
    held_by: str = "",
) -> Post:
    """Add a post to a thread. `parent` None makes it top-level; the deepest place takes the rest.

    The building block of comments and counterpoints: whoever calls it has asked its permission,
    and counts nothing of a post that is held back. `held_by`: with what it is posted together, it
    is so already, by this rule. Raises `Unrenderable` with a sentence.
    """
    rendered = render_post(source)
    if held_by:
        judged = Judgement(held_by)
    else:
        if parent is not None:
            ensure(permissions.can_reply(author, parent, as_author=as_author))
        else:
            ensure(permissions.can_post(author, thread, as_author=as_author))
        judged = holding.judge_post(author, rendered)
    post = Post(
        thread=thread, author=author, source=source, as_author=as_author,
        created_at=now or timezone.now(),
    )  # fmt: skip
    dress(post, rendered)
    place(post, parent)
    _save_judged(post, judged)
    if post.branch_id is None:
        post.branch = post
        _own_branch(pk=post.pk)
    if not post.is_held:
        _count_in(post)
        tell_mentioned(post, rendered.mentions)
    if not held_by:
        holding.flag(post, judged)
    return post


def _save_judged(post: Post, judged: Judgement) -> None:
    if judged.held_by:
        post.status, post.status_since = PostStatus.HELD, post.created_at
    store_card(post, is_unpublished=post.is_held)
    _new_post(post)
    if judged.held_by:
        holding.hold_back(post, judged.held_by)


@joined
def write_opening(
    *, author: User, thread: Thread, source: str, now: datetime, with_source: str = ""
) -> Post:
    """The post that opens a claim: its statement, above the tree. It is judged together with what
    its author posts `with` it."""
    by_author = speaks_as_author(author, thread.essay)
    ensure(permissions.can_post(author, thread, as_author=by_author))
    post = Post(thread=thread, author=author, source=source, path="", depth=0, created_at=now)
    rendered = render_post(source)
    dress(post, rendered)
    others = [render_post(with_source)] if with_source else []
    judged = holding.judge_post(author, rendered, *others)
    _save_judged(post, judged)
    if not post.is_held:
        _count_of_author(post)
    holding.flag(post, judged)
    return post


def dress(post: Post, rendered: RenderedPost) -> None:
    if not rendered.text.strip():
        raise Unrenderable(_("There is nothing to read in it yet."))
    post.html, post.text, post.folded = rendered.html, rendered.text, fold(rendered.text)
    post.renderer_version = RENDERER_VERSION


def _count_in(post: Post, *, keeps_pace: bool = True) -> None:
    _one_in_thread(pk=post.thread_id, at=post.created_at)
    if keeps_pace:
        _keep_pace(post)
    _count_of_author(post)


def _count_of_author(post: Post) -> None:
    _one_of_author(pk=post.author_id)


def _keep_pace(post: Post) -> None:
    """Two posts sent at once would each be the first: it is asked again behind the essay's row,
    which all that is written on the essay passes one by one, thread before essay before members.
    """
    essay, part = post.thread.essay, PARTS[post.thread.kind]
    thread, branch = post.thread, post.branch_id
    is_paced = is_slow(essay, part) or thread.is_slow or branch_pace(thread, branch)
    if is_paced and not post.as_author:
        Essay.objects.select_for_update(no_key=True).only("pk").get(pk=essay.pk)
        ensure(permissions.has_waited(post.author, essay, part, thread, post, branch))


@transaction.atomic
def edit(*, by: User, post: Post, source: str, now: datetime | None = None) -> Post:
    """Replace the words. What they were stays readable, but for a slip mended unseen."""
    post = held(post)
    ensure(permissions.can_edit(by, post))
    now = now or timezone.now()
    if source == post.source:
        return post
    rendered = render_post(source)
    judged = holding.judge_post(by, rendered)
    if judged.held_by and not post.is_held:
        raise Refused(holding.EDIT_HELD % {"rule": as_read(judged.held_by)})
    known = mentioned_in(post.source)
    unseen = _is_unseen(post, now)
    # What was never let through is in no history that readers open.
    _replace(post, source, rendered, now, is_unseen=unseen, is_public=not post.is_held)
    if not post.is_held:
        tell_mentioned(post, [name for name in rendered.mentions if name not in known])
        holding.flag(post, judged)
        holding.tell_edited(post)
    return post


@transaction.atomic
def amend(*, by: User, post: Post, source: str, now: datetime | None = None) -> Post:
    """Replace the words of a post that a moderator hid. It stays hidden, and what it said was
    taken down: no reader finds it in the history. Nobody is called to what cannot be read.
    """
    post = held(post)
    ensure(permissions.can_amend(by, post))
    _replace(post, source, render_post(source), now or timezone.now(), is_public=False)
    return post


def _replace(
    post: Post,
    source: str,
    rendered: RenderedPost,
    now: datetime,
    *,
    is_unseen: bool = False,
    is_public: bool = True,
) -> None:
    if not is_unseen:
        PostVersion.objects.create(
            post=post, number=post.edit_count + 1, source=post.source, html=post.html,
            written_at=post.edited_at or post.created_at, is_public=is_public,
        )  # fmt: skip
        post.edit_count += 1
        post.edited_at = now
    post.source = source
    dress(post, rendered)
    store_card(post, is_unpublished=holding.is_unpublished(post))
    post.save(
        update_fields=[
            "source", "html", "text", "folded", "renderer_version", "edit_count", "edited_at",
            "card_html",
        ]
    )  # fmt: skip
    touch(post)


def _is_unseen(post: Post, now: datetime) -> bool:
    has_echo = post.reply_count or post.up or post.down or post.edit_count or post.called_at
    return not has_echo and now - post.created_at <= GRACE


@transaction.atomic
def keep_words(*, post: Post, now: datetime) -> Post:
    """Moderators are called to it: from here on each edit leaves what it said before. Gives the
    post as it is now.
    """
    Post.objects.filter(pk=post.pk, called_at=None).update(called_at=now)
    return Post.objects.only("source", "edit_count").get(pk=post.pk)


@transaction.atomic
def withdraw(*, by: User, post: Post, now: datetime | None = None) -> Post:
    post = held(post)
    ensure(permissions.can_withdraw(by, post))
    return set_status(post=post, status=PostStatus.WITHDRAWN, now=now)


@transaction.atomic
def set_status(
    *,
    post: Post,
    status: str,
    url: str = "",
    rule: StatedRule | None = None,
    now: datetime | None = None,
) -> Post:
    """Hide, hold, remove, withdraw or restore. Whoever calls it has asked its permission.

    What stays as it was decided stays so since then, whatever becomes of its words.
    """
    post = held(post)
    is_same = post.status_since is not None and (post.status, post.status_url) == (status, url)
    if not is_same:
        post.status_since = now or timezone.now()
    post.status, post.status_url, post.status_rule = status, url, rule
    if status == PostStatus.VISIBLE and holding.let_through(post):
        _publish(post, post.status_since or timezone.now())
    store_card(post, is_unpublished=holding.is_unpublished(post))
    post.save(
        update_fields=[
            "status", "status_url", "status_rule", "status_since", "created_at", "card_html"
        ]
    )  # fmt: skip
    if status not in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        forget_words(actor=post.author, url=post.get_absolute_url())
    touch(post)
    return post


def _publish(post: Post, now: datetime) -> None:
    """As if it were posted in this minute."""
    post.created_at, post.is_published_now = now, True
    if post.is_statement:
        _count_of_author(post)
        return
    _count_in(post, keeps_pace=False)
    tell_mentioned(post, mentioned_in(post.source))
