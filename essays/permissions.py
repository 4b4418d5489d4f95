from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from essays.models import Essay, Openness
from essays.models.essay import REASON_LENGTH
from essays.notices import Part, openness_of
from essays.querysets import is_readable_by
from essays.replacements import leads_to
from forum.guard.permissions import can_write
from forum.lib.nouns import digits
from forum.lib.verdict import ALLOWED, Verdict, denied

# Whoever has to wait longer is not slowed down but shut out.
SLOWEST = 24 * 60
# More than anybody reads again, and few enough to count each time.
MOST_BOOKMARKS = 2_000


def can_edit(user: Any, essay: Essay) -> Verdict:
    """Editors edit every essay; `essay` is there for rules that name single ones."""
    if user is None or not getattr(user, "is_editor", False) or not user.is_active:
        return denied(_("Only editors change essays."))
    return can_write(user)


def can_bookmark(user: Any, essay: Essay, *, is_new: bool) -> Verdict:
    """Keep one of its sentences; whoever may not write may still read, and note what they read."""
    if not user.is_authenticated:
        return denied(_("Log in to keep sentences."))
    if not is_readable_by(user, essay):
        return denied(_("This essay is not published."))
    if is_new and user.bookmarks.count() >= MOST_BOOKMARKS:
        return denied(
            _("You keep %(most_bookmarks)s sentences already: let one go first.")
            % {"most_bookmarks": digits(MOST_BOOKMARKS)}
        )
    return ALLOWED


def can_settle(user: Any) -> Verdict:
    """Say by hand where a doubtful passage stands: editors and moderators do."""
    if not (getattr(user, "is_editor", False) or getattr(user, "is_moderator", False)):
        return denied(_("Only editors and moderators settle passages."))
    return can_write(user)


def can_keep_images(user: Any) -> Verdict:
    if user is None or not getattr(user, "is_editor", False) or not user.is_active:
        return denied(_("Only editors keep images."))
    return can_write(user)


def can_remove_image(user: Any, shown_in: Sequence[Essay]) -> Verdict:
    """A version of an essay is never changed, and so nothing that it shows goes away."""
    if shown_in:
        return denied(
            _("This image is shown in “%(title)s”, so it stays.") % {"title": shown_in[0].title}
        )
    return can_keep_images(user)


def speaks_as_author(user: Any, essay: Essay) -> bool:
    """Whether this member may answer as the essay's author: the author, or an editor."""
    return user.is_authenticated and (essay.author_id == user.pk or user.is_editor)


def is_open_to(user: Any, essay: Essay, part: Part, *, as_author: bool = False) -> Verdict:
    """Whether anything new may be said there. Who speaks as its author may where others may not:
    an objection can be granted after the debate was closed.
    """
    if not essay.is_published:
        return denied(_("This essay is not published yet."))
    if essay.retired_at is not None:
        return denied(
            _("This essay was retired, so nothing is added to it: “%(retired_reason)s”")
            % {"retired_reason": essay.retired_reason}
        )
    if openness_of(essay, part) == Openness.CLOSED and not (as_author or is_author(user, essay)):
        closed = part.said(
            _("The discussion is closed: “%(reason)s” Votes still count."),
            _("The claims are closed: “%(reason)s” Votes still count."),
        )
        return denied(closed % {"reason": essay.openness_reason})
    return ALLOWED


def is_author(user: Any, essay: Essay) -> bool:
    return user.is_authenticated and essay.author_id == user.pk


def is_explained(reason: str) -> Verdict:
    """Whatever is closed, slowed down or retired says why to everybody."""
    if not reason:
        return denied(_("Say why: readers see it beside what is closed, slowed down or retired."))
    if len(reason) > REASON_LENGTH:
        return denied(
            _("A reason has at most %(reason_length)s characters.")
            % {"reason_length": REASON_LENGTH}
        )
    return ALLOWED


def is_pace(minutes: int) -> Verdict:
    if 1 <= minutes <= SLOWEST:
        return ALLOWED
    return denied(_("Between two posts lie one minute at least and one day at most."))


def can_lead_to(essay: Essay, other: Essay) -> Verdict:
    """Whether the address of this essay, once it is retired, may lead to the other one."""
    if other.pk == essay.pk:
        return denied(_("An essay cannot lead to itself."))
    if leads_to(other, essay):
        return denied(_("That essay leads here: readers would be sent round in a ring."))
    return ALLOWED
