"""Ends the locks and slow modes whose time is over, and says so in the log.

No member waits for it, for permissions ask the clock. Pages that are kept for visitors cannot: they
are made anew when it has raised their versions.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from forum.moderation import log, words
from forum.moderation.models import LogKind, Rule
from forum.posts import locking
from forum.posts.grounds import Grounds, is_over
from forum.posts.models import Post, Thread
from forum.posts.pace import Pace, set_branch_pace, set_pace

# What is over: its end, its grounds, what it was laid upon, and what takes it off.
Over = tuple[datetime, Grounds | None, Thread | Post, Callable[[], None]]


def end_due() -> int:
    """Returns in how many threads something ended."""
    return sum(_end(thread) for thread in _due())


def _due() -> list[Thread]:
    """Few branches are slow at any time: which of them are over is asked without the database."""
    now = timezone.now()
    due = Q(locked_until__lte=now) | Q(slow_until__lte=now) | Q(slow_branches__isnull=False)
    return [thread for thread in Thread.objects.filter(due).order_by("pk") if _has_over(thread)]


def _has_over(thread: Thread) -> bool:
    ends = [thread.locked_until, thread.slow_until, *(pace.ends_at for _, pace in _paces(thread))]
    return any(is_over(until) for until in ends)


def _paces(thread: Thread) -> list[tuple[int, Pace]]:
    return [(int(top), Pace(*known)) for top, known in (thread.slow_branches or {}).items()]


@transaction.atomic
def _end(thread: Thread) -> bool:
    """Nothing, where another worker was quicker."""
    return bool(_end_in(_hold(thread)))


def held(thread: Thread) -> Thread:
    """As it is now, held until the transaction ends, with nothing on it whose time is over: a new
    lock finds no old one that would never have been logged as ended.
    """
    thread = _hold(thread)
    return _hold(thread) if _end_in(thread) else thread


def _hold(thread: Thread) -> Thread:
    log.hold()
    rows = Thread.objects.select_related("essay").select_for_update(of=("self",))
    return rows.get(pk=thread.pk)


def _end_in(thread: Thread) -> int:
    over = _over(thread) if _has_over(thread) else []
    for until, grounds, what, take_off in over:
        take_off()
        _log(until, grounds, what)
    return len(over)


def _over(thread: Thread) -> list[Over]:
    found: list[Over] = []
    if thread.locked_until is not None and is_over(thread.locked_until):
        grounds = Grounds.of(thread.lock_grounds)
        found.append((thread.locked_until, grounds, thread, partial(locking.unlock, thread=thread)))
    if thread.slow_until is not None and is_over(thread.slow_until):
        grounds = Grounds.of(thread.slow_grounds)
        take_off = partial(set_pace, thread=thread, minutes=None)
        found.append((thread.slow_until, grounds, thread, take_off))
    for top, pace in _paces(thread):
        if pace.ends_at is not None and is_over(pace.ends_at):
            post = Post.objects.select_related("thread__essay").get(pk=top)
            take_off = partial(_end_branch, thread, top)
            found.append((pace.ends_at, Grounds.of(pace.grounds), post, take_off))
    return found


def _end_branch(thread: Thread, top: int) -> None:
    thread.refresh_from_db(fields=["slow_branches"])
    set_branch_pace(thread=thread, branch=top, pace=None)


def _log(until: datetime, grounds: Grounds | None, what: Thread | Post) -> None:
    """What no entry began, none ends."""
    if grounds is None:
        return
    log.append(
        kind=LogKind.LAPSE, subject=words.for_log(words.slowed_subject, what),
        subject_url=what.get_absolute_url(), rule=Rule.objects.get(number=grounds.rule),
        reason=words.for_log(str, words.RAN_OUT), moderator=None, at=timezone.now(),
        about=grounds.entry, until=until,
    )  # fmt: skip


@task
def end_when_due() -> int:
    """For the worker. It looks for all that is due, not only for what it was ordered for."""
    return end_due()


def order_end(until: datetime | None) -> None:
    """Where there is no worker, `tidy` does it."""
    if until is not None:
        end_when_due.using(run_after=until).enqueue()
