"""What decisions are called in the log and in members' inboxes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.accounts.models import User
from forum.moderation.destinations import Destination, place_of
from forum.moderation.models import (
    Appeal,
    AppealResult,
    Case,
    Decision,
    Outcome,
    Ruling,
    Sanction,
)
from forum.moderation.permissions import gave_notice
from forum.moderation.reversing import has_ended, is_reversed, ruling_of
from forum.moderation.sanction_words import sanction_words
from forum.posts.mentioning import excerpt
from forum.posts.models import Post, Thread, ThreadKind
from forum.posts.statuses import PostStatus

T = TypeVar("T")

# The log and what it vouches for are hashed and never changed: they are kept in one language,
# whoever decides.
LOG_LANGUAGE = "en-gb"

# As much as the log’s line holds.
SUBJECT = 290

TAKEN_BACK = gettext_lazy("Taken back by the moderator who decided, before anybody was told.")

RAN_OUT = gettext_lazy("Its time was over.")

BECAME = {
    Outcome.KEEP: gettext_lazy("stays as it is"),
    Outcome.NOTE: gettext_lazy("stays as it is, with a note from a moderator"),
    Outcome.AMEND: gettext_lazy("was hidden until it is amended"),
    Outcome.HIDE: gettext_lazy("was hidden"),
    Outcome.BRANCH: gettext_lazy("was hidden with all replies to it"),
    Outcome.REMOVE: gettext_lazy("was removed"),
    Outcome.RESTORE: gettext_lazy("is back in its place"),
    Outcome.MOVE: gettext_lazy("was moved to another place, with all that answers it"),
    Outcome.ACQUIT: gettext_lazy("was looked into, and nothing follows"),
    Outcome.CENSURE: gettext_lazy("was found to break a rule"),
}


def for_log(make: Callable[..., T], *about: Any) -> T:
    """Words that are kept for ever, in the language of the log."""
    with translation.override(LOG_LANGUAGE):
        return make(*about)


def became(decision: Decision) -> str:
    outcome = Outcome(decision.outcome)
    if decision.leaves_down:
        is_hidden = decision.status_before == PostStatus.HIDDEN
        return _("stays hidden") if is_hidden else _("stays removed")
    if outcome == Outcome.RESTORE and decision.status_before == PostStatus.HELD:
        return _("is public now")
    return str(BECAME[outcome])


def _place(thread: Thread) -> dict[str, object]:
    number = thread.claim.number if thread.kind == ThreadKind.CLAIM else None
    return {"claim": number, "essay": thread.essay.title}


def place_words(case: Case) -> str:
    """Where it happened, for a line in the inbox; a member’s conduct is in no one place."""
    return "" if case.is_about_member else case.post.thread.essay.title


def subject_of(judged: Post | User, to: Destination | None = None) -> str:
    """How the log names a post, for those who do not know whose it is; and where it was moved. A
    member has no name there.
    """
    return _("A member") if isinstance(judged, User) else _subject_of(judged, to)


def _subject_of(post: Post, to: Destination | None) -> str:
    if to is not None:
        there = {"post": subject_of(post), "place": to.name}
        return excerpt(_("%(post)s, with all below it, to %(place)s") % there, SUBJECT)
    place = _place(post.thread) | {"post": post.pk}
    if post.thread.kind != ThreadKind.CLAIM:
        return _("Post %(post)s in the discussion of %(essay)s") % place
    if post.is_statement:
        return _("The statement of claim %(claim)s of %(essay)s") % place
    return _("Counterpoint %(post)s to claim %(claim)s of %(essay)s") % place


def thread_subject(thread: Thread) -> str:
    if thread.kind == ThreadKind.CLAIM:
        return _("The debate of claim %(claim)s of %(essay)s") % _place(thread)
    return _("The discussion of %(essay)s") % _place(thread)


def slowed_subject(what: Thread | Post) -> str:
    """A thread, or the branch of a top-level post."""
    if isinstance(what, Thread):
        return thread_subject(what)
    return excerpt(_("The branch of: %(post)s") % {"post": subject_of(what)}, SUBJECT)


def _yours(case: Case) -> str:
    if case.is_about_member:
        return _("Your conduct")
    post = case.post
    place = _place(post.thread)
    if post.thread.kind != ThreadKind.CLAIM:
        return _("Your post in the discussion of %(essay)s") % place
    if post.is_statement:
        return _("Your statement of claim %(claim)s of %(essay)s") % place
    return _("Your counterpoint to claim %(claim)s of %(essay)s") % place


def _reported(post: Post) -> str:
    place = _place(post.thread)
    if post.thread.kind != ThreadKind.CLAIM:
        return _("The post in the discussion of %(essay)s that you reported") % place
    if post.is_statement:
        return _("The statement of claim %(claim)s of %(essay)s that you reported") % place
    return _("The counterpoint to claim %(claim)s of %(essay)s that you reported") % place


def _told(what: str, decision: Decision) -> str:
    told = {"what": what, "became": became(decision), "rule": decision.rule}
    return _("%(what)s %(became)s. Rule %(rule)s.") % told


def to_author(decision: Decision, sanction: Sanction | None) -> str:
    told = _told(_yours(decision.case), decision)
    return f"{told} {sanction_words(sanction)}".rstrip()


def to_reporter(decision: Decision) -> str:
    return _told(_reported(decision.case.post), decision)


def to_earlier_reporter(decision: Decision, is_appeal: bool) -> str:  # noqa: FBT001
    """Of what they were told once, and what is so no more."""
    told = to_reporter(decision)
    return " ".join([told, _("Another moderator decided so, on appeal.")]) if is_appeal else told


def to_branch_author(decision: Decision) -> str:
    """Of a reply that went with the post that was judged, or came back with it."""
    if decision.outcome == Outcome.MOVE:
        place = place_of(decision.case.post.thread)
        said = _("What you replied in %(place)s was moved, with its branch. Rule %(rule)s.")
        return said % {"place": place, "rule": decision.rule}
    thread = decision.case.post.thread
    told = _place(thread) | {"rule": decision.rule}
    is_back, is_claims = decision.outcome == Outcome.RESTORE, thread.kind == ThreadKind.CLAIM
    if is_back and is_claims:
        return (
            _(
                "What you replied in claim %(claim)s of %(essay)s is back in its place, with its"
                " branch. Rule %(rule)s."
            )
            % told
        )
    if is_back:
        return (
            _(
                "What you replied in the discussion of %(essay)s is back in its place, with its"
                " branch. Rule %(rule)s."
            )
            % told
        )
    if is_claims:
        return (
            _(
                "What you replied in claim %(claim)s of %(essay)s was hidden, with its branch."
                " Rule %(rule)s."
            )
            % told
        )
    return (
        _(
            "What you replied in the discussion of %(essay)s was hidden, with its branch."
            " Rule %(rule)s."
        )
        % told
    )


def of_appeal(decision: Decision, appellant: User) -> str:
    """What the log says of an appeal: not who wrote it, nor what."""
    number = {"number": decision.log_entry.number}
    if decision.case.is_about_member:
        return _("The member asks another moderator to look at decision %(number)s again.") % number
    if appellant.pk == decision.member_id:
        return _("Its author asks another moderator to look at decision %(number)s again.") % number
    if decision.outcome == Outcome.BRANCH:
        return (
            _(
                "The author of a reply that was hidden with it asks another moderator to look at"
                " decision %(number)s again."
            )
            % number
        )
    if gave_notice(appellant, decision):
        return (
            _(
                "Whoever gave a legal notice of it asks another moderator to look at decision"
                " %(number)s again."
            )
            % number
        )
    return (
        _("A member who reported it asks another moderator to look at decision %(number)s again.")
        % number
    )


def _appealed(case: Case) -> str:
    if case.is_about_member:
        return _("Your appeal against the decision on your conduct")
    post = case.post
    place = _place(post.thread)
    if post.thread.kind != ThreadKind.CLAIM:
        return (
            _("Your appeal against the decision on the post in the discussion of %(essay)s") % place
        )
    if post.is_statement:
        return (
            _("Your appeal against the decision on the statement of claim %(claim)s of %(essay)s")
            % place
        )
    return (
        _("Your appeal against the decision on the counterpoint to claim %(claim)s of %(essay)s")
        % place
    )


def to_appellant(appeal: Appeal) -> str:
    what = {"appeal": _appealed(appeal.decision.case)}
    if appeal.result == AppealResult.HELD:
        return _("%(appeal)s: another moderator came to the same decision.") % what
    answer = appeal.case.decision
    if ruling_of(appeal, answer) == Ruling.PARTLY:
        return _("%(appeal)s: the sanction has ended; the rest holds.") % what
    if not has_ended(appeal):
        return _("%(appeal)s: it was reversed.") % what
    if is_reversed(appeal, answer):
        return _("%(appeal)s: it was reversed, and the sanction has ended.") % what
    return _("%(appeal)s: the sanction has ended.") % what
