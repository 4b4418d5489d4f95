"""Hiding a post with all replies to it, and showing exactly those again.

Which posts a decision hid, and what each was before, is kept beside the decision. So nothing else
comes back with them: not what was hidden before, nor what was decided on by itself since.
"""

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from forum.counterpoints import branches as counterpoints
from forum.moderation import log
from forum.moderation.models import BranchPost, Decision
from forum.posts import branches as posts
from forum.posts.models import Post, ThreadKind
from forum.posts.moving_branches import branch_of
from forum.posts.statuses import PostStatus

# A reply is below one hidden branch of a decision at most; those of one branch are one statement.
_KEEP = (
    "INSERT INTO moderation_branchpost (decision_id, post_id, status_before, version)"
    " SELECT %s, p.id, p.status, p.edit_count + 1 FROM posts_post p WHERE p.id IN ({rows})"
)


def hide(decision: Decision, url: str) -> None:
    """All replies that can be read; the post itself is hidden after them."""
    _keep(decision, posts.shown_below(decision.case.post))
    _hide(decision, url, decision.created_at)


def restore(decision: Decision) -> None:
    """Those that the last decision to hide the branch hid, and that nobody decided on since."""
    hiding = Decision.objects.that_hid_branch(decision.case.post)
    if hiding is None:
        return
    _keep(decision, _still_hidden(hiding))
    _show(hiding, decision, decision.created_at)


def show_again(decision: Decision, now: datetime) -> None:
    """The decision that hid the branch is taken back."""
    _show(decision, decision, now)


def hide_again(decision: Decision, now: datetime) -> None:
    """The decision that restored the branch is taken back."""
    hiding = Decision.objects.that_hid_branch(decision.case.post)
    if hiding is not None:
        _hide(decision, hiding.log_entry.get_absolute_url(), now)


def _keep(decision: Decision, rows: "QuerySet[Post]") -> None:
    sql, values = rows.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(rows=sql), [decision.pk, *values])


def _of(decision: Decision) -> "QuerySet[Post]":
    """Those that are there still: what was moved away since is decided on by itself."""
    return branch_of(decision.case.post).filter(pk__in=decision.branch_posts.values("post"))


def _still_hidden(hiding: Decision) -> "QuerySet[Post]":
    return _of(hiding).filter(
        status=PostStatus.HIDDEN, status_url=hiding.log_entry.get_absolute_url()
    )


def _hide(decision: Decision, url: str, now: datetime) -> None:
    thread = decision.case.post.thread
    rows = _of(decision).filter(status__in=posts.SHOWN)
    if rows.exists():
        app = counterpoints if thread.kind == ThreadKind.CLAIM else posts
        app.hide_posts(rows=rows, thread=thread, url=url, rule=log.rule_at(url), now=now)


def _show(hiding: Decision, decision: Decision, now: datetime) -> None:
    """`hiding` says what each was before; `decision` which of them come back."""
    rows = _still_hidden(hiding)
    if hiding.pk != decision.pk:
        rows = rows.filter(pk__in=decision.branch_posts.values("post"))
    statuses = dict(hiding.branch_posts.values_list("post", "status_before"))
    if not statuses:
        return
    post = decision.case.post
    if post.thread.kind == ThreadKind.CLAIM:
        counterpoints.show_posts(top=post, rows=rows, statuses=statuses, now=now)
    else:
        posts.show_posts(rows=rows, statuses=statuses, thread=post.thread, now=now)


def authors(decision: Decision) -> list[int]:
    """Whose replies it hid, or showed again."""
    rows = BranchPost.objects.filter(decision=decision).order_by()
    return list(rows.values_list("post__author", flat=True).distinct())
