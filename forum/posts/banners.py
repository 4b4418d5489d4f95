"""What every reader is told of a thread: that moderators locked it, slowed it down, or moved
branches away. Each banner says by which rule, by whom, since when and until when, and leads to its
line in the log.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essays.notices import Notice, between_words
from forum.lib.moments import minute_words
from forum.lib.one_line import isolated
from forum.posts.grounds import Grounds
from forum.posts.models import Thread, ThreadKind
from forum.posts.pace import Pace, branch_paces, thread_pace


def thread_notices(thread: Thread) -> list[Notice]:
    """In the order in which they keep a member from writing; no query."""
    notices = []
    if thread.is_locked:
        notices.append(_locked(thread))
    if pace := thread_pace(thread):
        title = _("This thread is slowed down: %(pace)s") % {"pace": between_words(pace.minutes)}
        notices.append(_slow(title, pace))
    for top, pace in branch_paces(thread).items():
        title = _("A branch is slowed down: %(pace)s") % {"pace": between_words(pace.minutes)}
        url, link = reverse("posts:post", args=[top]), _("The branch")
        notices.append(_slow(title, pace)._replace(url=url, link=link))
    if thread.moved_away:
        notices.append(_moved_away(len(thread.moved_away)))
    return notices


def _locked(thread: Thread) -> Notice:
    grounds = Grounds.of(thread.lock_grounds)
    told = {
        "meta": grounds_words(grounds, thread.locked_at, thread.locked_until),
        "log_url": grounds.url if grounds else "",
    }
    if thread.kind == ThreadKind.CLAIM:
        return Notice("held", "lock", _("This debate is closed"), thread.lock_reason, **told)
    title = _("Locked: it can be read, not answered")
    return Notice("removed", "lock", title, thread.lock_reason, **told)


def _slow(title: str, pace: Pace) -> Notice:
    grounds = Grounds.of(pace.grounds)
    since = grounds.began_at if grounds else None
    meta = grounds_words(grounds, since, pace.ends_at)
    url = grounds.url if grounds else ""
    return Notice("waiting", "clock", title, pace.why, meta=meta, log_url=url)


def grounds_words(grounds: Grounds | None, since: datetime | None, until: datetime | None) -> str:
    """By whom, under which rule, from when until when: as much of it as is known."""
    said = []
    if grounds is not None:
        said.append(
            _("By %(who)s, under rule %(number)s, “%(title)s”.")
            % {
                "who": isolated(grounds.by),
                "number": grounds.rule,
                "title": isolated(grounds.shown_title),
            }  # fmt: skip
        )
    if since is not None:
        said.append(_span(since, until))
    return " ".join(said)


def _span(since: datetime, until: datetime | None) -> str:
    if until is None:
        return _("Since %(since)s, until a moderator ends it.") % {"since": minute_words(since)}
    return _("From %(since)s until %(until)s.") % {
        "since": minute_words(since), "until": minute_words(until),
    }  # fmt: skip


def _moved_away(number: int) -> Notice:
    """Where each went is in the log, which stands above."""
    title = ngettext(
        "A branch was moved from here", "%(number)d branches were moved from here", number
    )
    url = f"{reverse('moderation:log')}?outcome=move"
    why = _("Their posts keep their addresses. Where they went, and why, is in the log.")
    return Notice("held", "moved", title % {"number": number}, why, url, _("The log"))
