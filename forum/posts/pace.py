"""Where an essay is slowed down, a member waits between two posts there."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from essays.actions import raise_version
from essays.models import Essay, Openness
from essays.notices import Part, between_words, openness_of, pace_words
from forum.lib.moments import next_minute
from forum.posts.grounds import Grounds, is_over
from forum.posts.models import Post, Thread, ThreadKind

PARTS: dict[str, Part] = {
    ThreadKind.DISCUSSION: Part.DISCUSSION,
    ThreadKind.CLAIM: Part.CLAIMS,
}
# So many of a member's posts are read at once: hardly anybody writes more within a wait.
AT_ONCE = 50


class Written(NamedTuple):
    """What counts of a post here; much cheaper than the post itself."""

    pk: int
    created_at: datetime
    depth: int
    thread: int
    thread__essay: int
    thread__kind: str
    branch: int | None


class Pace(NamedTuple):
    """Minutes between two posts of one member, why, until when, and the grounds of that.

    As it is stored: nothing in it but what JSON has.
    """

    minutes: int
    why: str
    until: str | None = None
    grounds: dict[str, Any] | None = None

    @property
    def ends_at(self) -> datetime | None:
        return datetime.fromisoformat(self.until) if self.until else None


def is_slow(essay: Essay, part: Part) -> bool:
    return openness_of(essay, part) == Openness.SLOW


def thread_pace(thread: Thread | None) -> Pace | None:
    """Where the whole thread is slow by itself, and still is."""
    if thread is None or not thread.is_slow:
        return None
    until = thread.slow_until.isoformat() if thread.slow_until else None
    return Pace(thread.slow_minutes or 0, thread.slow_reason or "", until, thread.slow_grounds)


def branch_paces(thread: Thread) -> dict[int, Pace]:
    """By top-level post, those that are slow by themselves, and still are."""
    slow = {int(top): Pace(*known) for top, known in (thread.slow_branches or {}).items()}
    return {top: pace for top, pace in slow.items() if not is_over(pace.ends_at)}


def branch_pace(thread: Thread | None, branch: int | None) -> Pace | None:
    """Of the branch with this top-level post, where that is slow by itself."""
    if thread is None or branch is None or not thread.slow_branches:
        return None
    return branch_paces(thread).get(branch)


def free_from(
    user: Any,
    essay: Essay,
    part: Part,
    thread: Thread | None = None,
    post: Post | None = None,
    branch: int | None = None,
) -> datetime | None:
    """When this member may write there again, if not now; one query, where it is slow.

    A part of an essay can be slow, the `thread` that is written to, and a `branch` of that: the
    longest wait decides. A claim and its first counterpoint are one contribution: in that thread,
    the statement does not count. Nor does the `post` itself, once it is there.
    """
    found = []
    if is_slow(essay, part):
        found.append(_free(user, essay.slow_minutes, thread, post, lambda one: (
            one.thread__essay == essay.pk and PARTS[one.thread__kind] == part
        )))  # fmt: skip
    if thread is not None and (pace := thread_pace(thread)):
        found.append(_free(user, pace.minutes, thread, post, lambda one: one.thread == thread.pk))
    if pace := branch_pace(thread, branch):
        found.append(_free(user, pace.minutes, thread, post, lambda one: one.branch == branch))
    return max((free for free in found if free), default=None)


def _free(
    user: Any, minutes: int, thread: Thread | None, post: Post | None,
    is_there: Callable[[Written], bool],
) -> datetime | None:  # fmt: skip
    wait = timedelta(minutes=minutes)
    for one in written_since(timezone.now() - wait, user):
        is_statement = thread is not None and one.thread == thread.pk and one.depth == 0
        if is_there(one) and not is_statement and (post is None or one.pk != post.pk):
            return next_minute(one.created_at + wait)
    return None


def written_since(since: datetime, user: Any) -> Iterator[Written]:
    """What this member wrote anywhere, from the newest on: never more is read than is needed,
    whether they wrote three posts or 20,000.
    """
    posts = Post.objects.filter(author=user).order_by("-pk").values_list(*Written._fields)
    rows = [Written._make(row) for row in posts[:AT_ONCE]]
    while rows:
        yield from (row for row in rows if row.created_at > since)
        if len(rows) < AT_ONCE or rows[-1].created_at <= since:
            return
        rows = [Written._make(row) for row in posts.filter(pk__lt=rows[-1].pk)[:AT_ONCE]]


def slow_words(essay: Essay, part: Part, thread: Thread | None, branch: int | None = None) -> str:
    """What is slow, by how much and why: of several, the one for which the wait is longest."""
    by_essay = essay.slow_minutes if is_slow(essay, part) else 0
    whole, pace = thread_pace(thread), branch_pace(thread, branch)
    if pace and pace.minutes > max(by_essay, whole.minutes if whole else 0):
        return _("This branch is slowed down, %(pace)s: “%(why)s”") % {
            "pace": between_words(pace.minutes), "why": pace.why,
        }  # fmt: skip
    if whole and whole.minutes >= by_essay:
        return _("This thread is slowed down, %(pace)s: “%(why)s”") % {
            "pace": between_words(whole.minutes), "why": whole.why,
        }  # fmt: skip
    said = {"pace": pace_words(essay), "why": essay.openness_reason}
    if part == Part.DISCUSSION:
        return _("The discussion is slowed down, %(pace)s: “%(why)s”") % said
    return _("The claims are slowed down, %(pace)s: “%(why)s”") % said


@transaction.atomic
def set_pace(
    *,
    thread: Thread,
    minutes: int | None,
    reason: str | None = None,
    until: datetime | None = None,
    grounds: Grounds | None = None,
) -> None:
    """Slow it down, or no more. Whoever calls it has asked its permission."""
    Thread.objects.filter(pk=thread.pk).update(
        slow_minutes=minutes,
        slow_reason=reason,
        slow_until=until,
        slow_grounds=grounds._asdict() if grounds else None,
        version=F("version") + 1,
    )
    raise_version(thread.essay_id)


@transaction.atomic
def set_branch_pace(*, thread: Thread, branch: int, pace: Pace | None) -> None:
    """The same of one branch. Whoever calls it holds the thread's row."""
    others = {
        top: known for top, known in (thread.slow_branches or {}).items() if top != str(branch)
    }
    slow = others | ({str(branch): list(pace)} if pace else {})
    Thread.objects.filter(pk=thread.pk).update(slow_branches=slow or None, version=F("version") + 1)
    raise_version(thread.essay_id)
