from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from essays.models import Essay
from essays.notices import Part
from essays.permissions import is_author, is_open_to, speaks_as_author
from essays.querysets import is_readable_by
from forum.guard.permissions import can_make_good, can_write
from forum.lib.moments import minute_words
from forum.lib.nouns import digits
from forum.lib.verdict import ALLOWED, Verdict, denied
from forum.posts.models import Draft, Post, Thread, ThreadKind
from forum.posts.pace import PARTS, free_from, slow_words
from forum.posts.statuses import PostStatus

# Nobody has fifty unfinished texts that they know of.
MOST_DRAFTS = 50
# A post has at most 10,000 characters; its statement, restatement and passage go with it.
DRAFT_LENGTH = 25_000


def can_add(
    user: Any,
    essay: Essay,
    part: Part,
    *,
    as_author: bool = False,
    thread: Thread | None = None,
    branch: int | None = None,
) -> Verdict:
    """Say something new on an essay; `thread` is the one that it goes to, if there is one yet, and
    `branch` the top-level post of the branch."""
    verdict = is_open_to(user, essay, part, as_author=as_author) and can_write(user)
    if not verdict or as_author or is_author(user, essay):
        return verdict
    return has_waited(user, essay, part, thread, branch=branch)


def has_waited(
    user: Any,
    essay: Essay,
    part: Part,
    thread: Thread | None = None,
    post: Post | None = None,
    branch: int | None = None,
) -> Verdict:
    """Since whatever they wrote there before; `post` is the one that it is asked for."""
    free = free_from(user, essay, part, thread, post, branch)
    if free is None:
        return ALLOWED
    return denied(
        _("%(reason)s You can write here again from %(moment)s.")
        % {"reason": slow_words(essay, part, thread, branch), "moment": minute_words(free)}
    )


def can_post(
    user: Any, thread: Thread, *, as_author: bool = False, branch: int | None = None
) -> Verdict:
    return is_unlocked(thread) and can_add(
        user, thread.essay, PARTS[thread.kind], as_author=as_author, thread=thread, branch=branch
    )


def is_unlocked(thread: Thread) -> Verdict:
    if not thread.is_locked:
        return ALLOWED
    if thread.locked_until is None:
        said = _("This thread is closed: %(reason)s") % {"reason": thread.lock_reason}
    else:
        said = _("This thread is closed until %(until)s: %(reason)s") % {
            "until": minute_words(thread.locked_until), "reason": thread.lock_reason,
        }  # fmt: skip
    return denied(said.rstrip(": "))


def may_be_answered(user: Any, thread: Thread) -> Verdict:
    """Whether answers are offered to this reader, who may have to log in or to wait for it."""
    # In the debate of a claim, whoever may speak for the essay chooses with each answer.
    as_author = thread.kind == ThreadKind.CLAIM and speaks_as_author(user, thread.essay)
    return is_unlocked(thread) and is_open_to(
        user, thread.essay, PARTS[thread.kind], as_author=as_author
    )


def may_be_replied_to(user: Any, post: Post) -> Verdict:
    """As `may_be_answered`, of one post."""
    return _is_there_to_answer(post) and may_be_answered(user, post.thread)


def can_reply(user: Any, post: Post, *, as_author: bool = False) -> Verdict:
    return _is_there_to_answer(post) and can_post(
        user, post.thread, as_author=as_author, branch=post.branch_id
    )


def _is_there_to_answer(post: Post) -> Verdict:
    if post.status == PostStatus.WITHDRAWN:
        return denied(_("Its author has withdrawn this post."))
    if not post.is_visible:
        return denied(_("This post is no longer here."))
    return ALLOWED


def can_edit(user: Any, post: Post) -> Verdict:
    own = can_see_source(user, post)
    if not own:
        return own
    if post.status not in {PostStatus.VISIBLE, PostStatus.HELD}:
        return denied(_("A post that was withdrawn or taken down cannot be edited."))
    if post.thread.is_locked:
        return denied(_("This thread is closed."))
    return can_write(user)


def can_amend(user: Any, post: Post) -> Verdict:
    """Mend what a moderator hid, for a moderator to read again."""
    own = can_see_source(user, post)
    if not own:
        return own
    if post.status != PostStatus.HIDDEN:
        return denied(_("Only what a moderator has hidden is amended."))
    return can_make_good(user)


def can_see_source(user: Any, post: Post) -> Verdict:
    """Its Markdown, to edit it: whether it may be edited now is another question."""
    if post.author_id != user.pk:
        return denied(_("Only its author can edit a post."))
    return ALLOWED


def can_withdraw(user: Any, post: Post) -> Verdict:
    if post.author_id != user.pk:
        return denied(_("Only its author can withdraw a post."))
    # A withdrawn post is read by everybody: nothing that is kept back gets out by this door.
    if not post.is_visible:
        return denied(_("This post is not public any more."))
    if post.is_statement:
        return denied(_("A claim stays where others can answer it."))
    return can_write(user)


def can_retract(user: Any, post: Post) -> Verdict:
    """Take back what waits for a moderator, before anybody else has read it: whoever may not write
    any more, too.
    """
    if not user.is_authenticated or post.author_id != user.pk:
        return denied(_("Only its author can take a post back."))
    if not post.is_held:
        return denied(_("Only a post that waits for a moderator is taken back so."))
    return ALLOWED


def can_visit(user: Any, thread: Thread) -> Verdict:
    """Keep how far they have seen it, for themselves."""
    if not user.is_authenticated:
        return denied(_("Log in, and the site will know what you have seen."))
    if not is_readable_by(user, thread.essay):
        return denied(_("Its essay is not published."))
    return ALLOWED


def can_vote(user: Any, post: Post) -> Verdict:
    if not user.is_authenticated:
        return denied(_("Log in to vote."))
    if post.author_id == user.pk:
        return denied(_("Nobody votes on their own post."))
    if post.is_statement:
        return denied(_("A claim is not voted on: its counterpoints are."))
    if not post.is_visible:
        return denied(_("This post is no longer here."))
    if post.thread.is_locked:
        return denied(_("This thread is closed."))
    if not post.thread.essay.is_published:
        return denied(_("This essay is not published yet."))
    if post.thread.essay.retired_at is not None:
        return denied(_("This essay was retired: its votes are counted."))
    return can_write(user)


def can_read(user: Any, post: Post) -> Verdict:
    if post.status in {PostStatus.VISIBLE, PostStatus.WITHDRAWN}:
        return ALLOWED
    if getattr(user, "is_moderator", False) or post.author_id == user.pk:
        return ALLOWED
    return denied(_("This post is no longer here."))


def can_keep_draft(user: Any, fields: Mapping[str, Sequence[str]], *, is_new: bool) -> Verdict:
    """Whoever has an account, the silenced too: nobody else ever reads it."""
    if not user.is_authenticated:
        return denied(_("Log in to keep a draft."))
    verdict = can_begin(fields)
    if not verdict:
        return verdict
    if is_new and user.text_drafts.count() >= MOST_DRAFTS:
        return denied(
            _("You keep %(most)s drafts already. Throw some away to keep this one.")
            % {"most": MOST_DRAFTS}
        )
    return ALLOWED


def can_begin(fields: Mapping[str, Sequence[str]]) -> Verdict:
    """Have it kept, account or not."""
    size = sum(len(text) for values in fields.values() for text in values)
    if size > DRAFT_LENGTH:
        return denied(
            _("A draft has at most %(most)s characters: this one was not kept.")
            % {"most": digits(DRAFT_LENGTH)}
        )
    return ALLOWED


def can_throw_away(user: Any, draft: Draft) -> Verdict:
    if draft.author_id != user.pk:
        return denied(_("Only who wrote a draft throws it away."))
    return ALLOWED
